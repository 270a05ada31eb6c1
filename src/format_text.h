/* SPDX-License-Identifier: MIT */
/*
 * Memory, texts put together from parts, and numbers with no more digits than it takes to read them back. The tool
 * ends with a message when there is no memory: nothing it could do then would help.
 */
#ifndef GLIA_SRC_FORMAT_TEXT_H
#define GLIA_SRC_FORMAT_TEXT_H

#include <stddef.h>
#include <stdio.h>

#include "report.h"

/* `count` things of `size` bytes, all zero; free() it. Never NULL. */
void *tool_allocate(size_t count, size_t size);

/* The text that printf would print; free() it. Never NULL. */
char *tool_format(const char *format, ...) TOOL_LIKE_PRINTF;

/* The text between two `quote`s, those in it doubled, as CSV and gnuplot read it; free() it. */
char *tool_quote(const char *text, char quote);

#define TOOL_NUMBER_BYTES 40 /* "-1.7976931348623157e+308" and some */

/* A number with the fewest digits that read back as the same float, or double. Answers `text`. */
const char *tool_float_text(char text[TOOL_NUMBER_BYTES], float value);
const char *tool_double_text(char text[TOOL_NUMBER_BYTES], double value);

/* Print a field of CSV: quoted where it must be. */
void tool_write_field(FILE *stream, const char *text);

#endif
