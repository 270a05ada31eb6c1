/* SPDX-License-Identifier: MIT */
/* The calls on files as the system has them, counted and noted, of which one or more go wrong as told. */
#ifndef GLIA_MODEL_FAULTY_FILES_H
#define GLIA_MODEL_FAULTY_FILES_H

#include "model/file_calls.h"

typedef enum file_fault {
    FAULT_ERROR,      /* it fails with `error` */
    FAULT_KILL,       /* the process is killed before it */
    FAULT_KILL_INSIDE /* the process is killed after half of what it should write, or before it */
} file_fault;

/* Each call has a letter: L look, F follow a link, C create, O open, K look at what is open, M set mode, W write, R
 * read, D flush to the disk, X close, N rename, V remove. Begin with zeros: nothing goes wrong. */
typedef struct faulty_files {
    file_fault fault;
    int error;
    size_t first, last; /* numbers of the calls that go wrong, counted from 1 */
    char only;          /* the letter of those that do; 0: all */
    size_t most;        /* bytes that a read or write takes; 0: any number */
    size_t calls;       /* so far */
    char trace[256];    /* their letters */
} faulty_files;

/* What the table below goes by; it has no context of its own. */
extern faulty_files faults;
extern const glia__file_calls faulty_calls;

#endif
