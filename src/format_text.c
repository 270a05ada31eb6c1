/* SPDX-License-Identifier: MIT */
/* Texts and numbers as the tool writes them. */
#include "format_text.h"

#include <float.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void *tool_allocate(size_t count, size_t size)
{
    void *block = calloc(count > 0 ? count : 1, size);
    if (block == NULL)
        exit(tool_fail("out of memory"));
    return block;
}

char *tool_format(const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length < 0)
        exit(tool_fail("a text is too long"));
    char *text = tool_allocate((size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *tool_quote(const char *text, char quote)
{
    char *quoted = tool_allocate(2 * strlen(text) + 3, 1);
    char *at = quoted;
    *at++ = quote;
    for (; *text != '\0'; text++) {
        if (*text == quote)
            *at++ = quote;
        *at++ = *text;
    }
    *at = quote;
    return quoted;
}

const char *tool_float_text(char text[TOOL_NUMBER_BYTES], float value)
{
    int digits = 1;
    do
        snprintf(text, TOOL_NUMBER_BYTES, "%.*g", digits, (double)value);
    while (strtof(text, NULL) != value && digits++ < FLT_DECIMAL_DIG);
    return text;
}

const char *tool_double_text(char text[TOOL_NUMBER_BYTES], double value)
{
    int digits = 1;
    do
        snprintf(text, TOOL_NUMBER_BYTES, "%.*g", digits, value);
    while (strtod(text, NULL) != value && digits++ < DBL_DECIMAL_DIG);
    return text;
}

void tool_write_field(FILE *stream, const char *text)
{
    size_t length = strlen(text);
    bool has_outer_space = length > 0 && (strchr(" \t", text[0]) != NULL || strchr(" \t", text[length - 1]) != NULL);
    if (length > 0 && !has_outer_space && strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, stream);
        return;
    }
    char *quoted = tool_quote(text, '"');
    fputs(quoted, stream);
    free(quoted);
}
