/* SPDX-License-Identifier: MIT */
/* Bad model files for the tests: made of a good one by replacing a piece of its header, after which padding, length and
 * checksum are put right again, so that nothing else is wrong with them. */
#ifndef GLIA_MODEL_FILE_EDIT_H
#define GLIA_MODEL_FILE_EDIT_H

#include "api/model_bytes.h"

#define CHECKSUM_KEY "\"glia.crc32c\":\""

/* The file of a network with everything that a file can hold: its header has classes, the fields of libglia and a note,
 * the tensors 0.weight [3,2], 0.bias [3], 2.weight [2,3] and 2.bias [2], and moment1 and moment2 of each. */
harness_file file_edit_good_file(const char *note);

/* Where a piece stands in the header first; SIZE_MAX: nowhere. */
size_t file_edit_find(harness_file file, const char *piece);

/* The file with `length` bytes from `begin`, in its header, replaced by others. */
harness_file file_edit_replace(harness_file file, size_t begin, size_t length, const char *bytes, size_t count);

/* The file with the first of such pieces replaced. */
harness_file file_edit_replace_piece(harness_file file, const char *piece, const char *replacement);

void file_edit_write_header_size(harness_file file, uint64_t size);

/* Loading the file fails so and leaves nothing behind; `what` is wrong with it. */
void file_edit_assert_refused(harness_file file, glia_status expected, const char *what);

/* A piece of the good header, with the note "plain", and what stands there instead. */
typedef struct file_edit {
    const char *piece, *replacement;
} file_edit;

void file_edit_assert_all_refused(const file_edit *edits, size_t count, glia_status expected);

#endif
