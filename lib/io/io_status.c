/* SPDX-License-Identifier: MIT */
/* Failing with a message: the one door through which every error text of libglia-io goes. */
#include "io/io_status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "io/file_system.h"
#include "io/utf8_text.h"

#define MESSAGE_SIZE 512 /* of which glia_error_set() keeps one less */

/* Whether a byte continues a character of UTF-8, so that no text may be cut before it. */
static bool is_inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

glia__quoted glia__quote(const char *text)
{
    return glia__quote_bytes(text, strlen(text));
}

glia__quoted glia__quote_bytes(const char *text, size_t length)
{
    glia__quoted quoted;
    size_t limit = sizeof quoted.text - sizeof "'...'";
    size_t kept = length <= limit ? length : limit;
    while (kept > 0 && kept < length && is_inside_character(text[kept]))
        kept--;
    snprintf(quoted.text, sizeof quoted.text, "'%.*s%s'", (int)kept, text, kept < length ? "..." : "");
    bool is_utf8 = glia__is_utf8(quoted.text);
    for (char *at = quoted.text; !is_utf8 && *at != '\0'; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    return quoted;
}

void glia__list_add(glia__list *list, const char *name)
{
    static const char rest[] = ", ...";
    if (list->is_full)
        return;
    size_t room = sizeof list->text - sizeof rest - list->length;
    const char *separator = list->length > 0 ? ", " : "";
    list->is_full = strlen(separator) + strlen(name) > room;
    snprintf(list->text + list->length, sizeof list->text - list->length, "%s%s", separator,
             list->is_full ? "..." : name);
    list->length = strlen(list->text);
}

glia__short_path glia__shorten_path(const char *path)
{
    glia__short_path shortened;
    size_t limit = sizeof shortened.text - sizeof "...";
    size_t length = strlen(path);
    const char *tail = length <= limit ? path : path + length - limit;
    while (tail > path && is_inside_character(*tail))
        tail++;
    snprintf(shortened.text, sizeof shortened.text, "%s%s", tail > path ? "..." : "", tail);
    return shortened;
}

glia_status glia__io_fail(glia_status status, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return glia_error_set(status, message);
}

glia_status glia__io_fail_format(const char *path, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return glia__io_fail(GLIA_ERR_FORMAT, "%s: %s", glia__shorten_path(path).text, message);
}

glia_status glia__io_fail_at(const char *path, glia__place place, const char *format, ...)
{
    char message[MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return glia__io_fail(GLIA_ERR_FORMAT, "%s:%zu:%zu: %s", glia__shorten_path(path).text, place.line, place.column,
                         message);
}

glia_status glia__io_fail_system(const char *path, const char *what, int error)
{
    char reason[128];
    glia__io_reason(reason, sizeof reason, error);
    return glia__io_fail(GLIA_ERR_IO, "%s: cannot %s: %s", glia__shorten_path(path).text, what, reason);
}

glia_status glia__io_fail_nomem(void)
{
    return glia_error_set(GLIA_ERR_NOMEM, "out of memory");
}
