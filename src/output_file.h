/* SPDX-License-Identifier: MIT */
/*
 * A file that appears whole or not at all: written under another name in the same folder, flushed to disk, renamed.
 * What is no regular file (a pipe, /dev/null) is written to directly, and so is standard output.
 */
#ifndef GLIA_SRC_OUTPUT_FILE_H
#define GLIA_SRC_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

typedef struct tool_output {
    FILE *stream;    /* to write to */
    char *name;      /* what messages call it */
    char *place;     /* where it will be; NULL when written to directly */
    char *temporary; /* where it is until it is whole; NULL likewise */
} tool_output;

/* Whether a file could appear at a path, asked before the work whose result it would hold. TOOL_GO_ON or the status. */
int tool_output_check(const char *path);

/* Whether what stands at a path is no regular file, and so cannot be replaced. */
bool tool_output_is_special(const char *path);

/* Begin a file; path NULL or "-": standard output. TOOL_GO_ON, and then finish or discard it, or the exit status. */
int tool_output_begin(tool_output *output, const char *path);

/* Put the file into its place. Answers TOOL_DONE, or TOOL_FAILED after a message: then there is no new file. */
int tool_output_finish(tool_output *output);

/* Leave no trace of it. */
void tool_output_discard(tool_output *output);

#endif
