/* SPDX-License-Identifier: MIT */
/* Building a text in a caller's buffer: counts what it takes, writes what fits. */
#ifndef GLIA_BASE_WRITER_H
#define GLIA_BASE_WRITER_H

#include <stddef.h>
#include <stdint.h>

/* Write everything once with capacity 0 to learn the length, and again into a buffer of length + 1. */
typedef struct glia__writer {
    char *buffer;
    size_t capacity; /* bytes in buffer; 0: only count */
    size_t length;   /* of the whole text so far, written or not; without the terminating 0 */
} glia__writer;

void glia__write_bytes(glia__writer *writer, const char *bytes, size_t count);
void glia__write_text(glia__writer *writer, const char *text);
void glia__write_count(glia__writer *writer, uint64_t number);
void glia__write_number(glia__writer *writer, double number); /* the shortest digits that read back the same */

/* Fill up with spaces to a column counted from `line_begin`, a length of the text. */
void glia__write_padding(glia__writer *writer, size_t line_begin, size_t column);

#endif
