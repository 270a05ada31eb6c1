/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test that writes files. */
#ifndef GLIA_API_SCRATCH_FOLDER_H
#define GLIA_API_SCRATCH_FOLDER_H

#include <stddef.h>

#include "harness.h"

enum {
    SCRATCH_PATH_SIZE = 512
};

/* CMocka's setup and teardown: make the folder, remove it with the files in it. */
int scratch_folder_make(void **state);
int scratch_folder_remove(void **state);

/* The path of a file in the folder. */
const char *scratch_path(char path[SCRATCH_PATH_SIZE], const char *name);

/* How many files are in the folder. */
size_t scratch_file_count(void);

/* The number that the next open file gets: the same again once all that were opened since are closed. */
int scratch_next_descriptor(void);

/* Write and read whole files; what is read has a 0 behind it. */
void scratch_write(const char *path, harness_file file);
harness_file scratch_read(const char *path);

#endif
