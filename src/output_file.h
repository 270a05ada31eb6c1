/* SPDX-License-Identifier: MIT */
/* Files that a command writes: put together in memory, then there whole or not at all. */
#ifndef GLIA_SRC_OUTPUT_FILE_H
#define GLIA_SRC_OUTPUT_FILE_H

#include <stdio.h>

typedef struct tool_output {
    FILE *stream; /* to write to */
    char *bytes;  /* what has been written, once the output is finished */
    size_t size;
} tool_output;

/*
 * Whether a file could appear at a path, and not in the place of `input`, which is read (NULL: nothing is); asked
 * before the work whose result it would hold. NULL and "-" are standard output. TOOL_GO_ON, or the exit status after a
 * message.
 */
int tool_output_check(const char *path, const char *input);

/* As tool_output_check(), for a network, which must be a file. */
int tool_output_check_model(const char *path, const char *input);

/* Begin an output, which must stay where it is, and be finished. */
void tool_output_begin(tool_output *output);

/* Write the file. Answers TOOL_DONE, or TOOL_FAILED after a message: then there is no new file. */
int tool_output_finish(tool_output *output, const char *path);

#endif
