/* SPDX-License-Identifier: MIT */
/* What the tests of libglia-io share: files in the folder of a test, data sets of them, and how to compare these. */
#ifndef GLIA_IO_IO_HARNESS_H
#define GLIA_IO_IO_HARNESS_H

#include "api/scratch_folder.h"

#include <glia/io.h>

/* The path of a file in the folder. */
typedef struct io_path {
    char text[SCRATCH_PATH_SIZE];
} io_path;

io_path io_path_of(const char *name);

/* Write a file and answer with its path. */
io_path io_write(const char *name, const void *bytes, size_t size);
io_path io_write_text(const char *name, const char *text);

/* A whole file with a 0 behind it, to be freed; *size may be NULL. */
char *io_read_file(const char *path, size_t *size);

/* A file has this text. */
void io_assert_file(const char *path, const char *expected);

/* The data set of a CSV file with this text; the test fails if it is refused. */
glia_data *io_read_csv(const char *text, const char *options);

/* The numbers, lent. */
glia64_samples io_samples64(glia_data *data);
glia_samples io_samples(glia_data *data);

/* Inputs, targets and classes are the same, bit for bit. */
void io_assert_same_numbers(glia_data *a, glia_data *b);

/* A number of a sequence that `state` stands in, for tests that need many; all bits are random. */
uint64_t io_next_random(uint64_t *state);

#endif
