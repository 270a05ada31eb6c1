/* SPDX-License-Identifier: MIT */
/* What the tests of libglia-io share: a folder for the files of a test, and assertions that say what was answered. */
#ifndef GLIA_IO_IO_HARNESS_H
#define GLIA_IO_IO_HARNESS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <glia/io.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* The call answers with this status; if it is an error, with a message of one line. */
#define assert_status(call, expected) io_assert_status((call), (expected), #call, __FILE__, __LINE__)
#define assert_ok(call)               assert_status(call, GLIA_OK)

/* The last failing call's message contains this. */
#define assert_message_has(part) io_assert_message_has((part), __FILE__, __LINE__)

void io_assert_status(glia_status status, glia_status expected, const char *call, const char *file, int line);
void io_assert_message_has(const char *part, const char *file, int line);

/* CMocka's setup and teardown of a group: make the folder, remove it with the files in it. */
int io_folder_make(void **state);
int io_folder_remove(void **state);

/* The path of a file in the folder. */
typedef struct io_path {
    char text[320];
} io_path;

io_path io_path_of(const char *name);

/* How many files are in the folder. */
size_t io_file_count(void);

/* Write a file and answer with its path. */
io_path io_write(const char *name, const void *bytes, size_t size);
io_path io_write_text(const char *name, const char *text);

/* A whole file with a 0 behind it, to be freed; *size may be NULL. */
char *io_read_file(const char *path, size_t *size);

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
