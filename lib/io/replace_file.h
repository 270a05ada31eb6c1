/* SPDX-License-Identifier: MIT */
/* Writing a file so that there is always the old one or the new one, whole. */
#ifndef GLIA_IO_REPLACE_FILE_H
#define GLIA_IO_REPLACE_FILE_H

#include <stdio.h>

#include <glia/glia.h>

#include "io/file_system.h"

typedef struct glia__replacement {
    FILE *file;                         /* to be written to; its errors stay with it until the end */
    int error;                          /* errno of a write that failed, where it was looked at; else 0 */
    int taken;                          /* of standard output, what to give back */
    const char *name;                   /* the caller's, for messages */
    char path[GLIA__IO_PATH_SIZE];      /* of the file that will be there */
    char temporary[GLIA__IO_PATH_SIZE]; /* beside it, renamed at the end; empty: written to directly */
} glia__replacement;

/* Begin to write `path`, which must stay meanwhile. NULL or "-" is standard output, which, as pipes and devices, is
 * written to directly. End with glia__replacement_finish(), whose answer says whether all went well. */
glia_status glia__replacement_begin(glia__replacement **replacement, const char *path);

/* Put the file in place if all that was written has arrived; remove it otherwise. */
glia_status glia__replacement_finish(glia__replacement *replacement);

#endif
