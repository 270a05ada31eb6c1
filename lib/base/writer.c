/* SPDX-License-Identifier: MIT */
/* Building a text in a caller's buffer. */
#include "base/writer.h"

#include <string.h>

#include "base/number.h"

void glia__write_bytes(glia__writer *writer, const char *bytes, size_t count)
{
    if (writer->length < writer->capacity) {
        size_t room = writer->capacity - writer->length - 1;
        size_t written = count < room ? count : room;
        memcpy(writer->buffer + writer->length, bytes, written);
        writer->buffer[writer->length + written] = '\0';
    }
    writer->length += count;
}

void glia__write_text(glia__writer *writer, const char *text)
{
    glia__write_bytes(writer, text, strlen(text));
}

void glia__write_count(glia__writer *writer, uint64_t number)
{
    char digits[20]; /* of 2^64 - 1 */
    size_t begin = sizeof digits;
    do {
        digits[--begin] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    glia__write_bytes(writer, digits + begin, sizeof digits - begin);
}

void glia__write_number(glia__writer *writer, double number)
{
    char digits[GLIA__NUMBER_SIZE];
    glia__write_bytes(writer, digits, glia__number_write(digits, number));
}

void glia__write_padding(glia__writer *writer, size_t line_begin, size_t column)
{
    while (writer->length - line_begin < column)
        glia__write_bytes(writer, " ", 1);
}
