/* SPDX-License-Identifier: MIT */
/* A file for a target whose library reads files only. */
#ifndef GLIA_FUZZ_FUZZ_FILE_H
#define GLIA_FUZZ_FUZZ_FILE_H

#include <stdint.h>
#include <stdlib.h>

/* A file among the temporary ones, removed when the process ends: one for each number, each time the same. */
const char *fuzz_file_write(size_t number, const uint8_t *bytes, size_t size);

#endif
