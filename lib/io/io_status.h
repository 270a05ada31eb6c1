/* SPDX-License-Identifier: MIT */
/* Failing with a message, as every call of libglia-io does: through glia_error_set(), with the file and the place in it
 * in front. */
#ifndef GLIA_IO_IO_STATUS_H
#define GLIA_IO_IO_STATUS_H

#include <stdbool.h>

#include <glia/glia.h>

#if defined __MINGW32__ /* where printf is another one by name */
#define GLIA__IO_PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined __GNUC__
#define GLIA__IO_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define GLIA__IO_PRINTF(text, first)
#endif

/* A caller's word or cell as a message repeats it: in quotes, cut where it is long, always UTF-8. */
typedef struct glia__quoted {
    char text[64];
} glia__quoted;

glia__quoted glia__quote(const char *text);
glia__quoted glia__quote_bytes(const char *text, size_t length);

/* Names as a message lists them: "a, b, c", or "a, b, ..." where there are too many. All zero: an empty list. */
typedef struct glia__list {
    char text[208];
    size_t length;
    bool is_full;
} glia__list;

void glia__list_add(glia__list *list, const char *name);

/* A path as a message repeats it: only its end where it is long, so that there is room for what is wrong. */
typedef struct glia__short_path {
    char text[224];
} glia__short_path;

glia__short_path glia__shorten_path(const char *path);

/* Where something stands in a text file: line and cell, both from 1. */
typedef struct glia__place {
    size_t line;
    size_t column;
} glia__place;

/* Fail with a message as of printf, without numbers that depend on the locale (%f, %g); answers `status`. */
glia_status glia__io_fail(glia_status status, const char *format, ...) GLIA__IO_PRINTF(2, 3);

/* Fail with GLIA_ERR_FORMAT and "path: message". */
glia_status glia__io_fail_format(const char *path, const char *format, ...) GLIA__IO_PRINTF(2, 3);

/* Fail with GLIA_ERR_FORMAT and "path:line:column: message". */
glia_status glia__io_fail_at(const char *path, glia__place place, const char *format, ...) GLIA__IO_PRINTF(3, 4);

/* Fail with GLIA_ERR_IO and "path: cannot <what>: <what the system says>"; `error` is an errno. */
glia_status glia__io_fail_system(const char *path, const char *what, int error);

glia_status glia__io_fail_nomem(void);

#endif
