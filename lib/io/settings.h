/* SPDX-License-Identifier: MIT */
/* The parser for the options of libglia-io: "key=value key=value", a value with spaces in double quotes, a quote in it
 * doubled. */
#ifndef GLIA_IO_SETTINGS_H
#define GLIA_IO_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include <glia/glia.h>

typedef enum glia__io_kind {
    GLIA__IO_TEXT,   /* any, but not empty */
    GLIA__IO_CHOICE, /* one of `words` */
    GLIA__IO_COUNT,  /* a whole number */
    GLIA__IO_NUMBER,
} glia__io_kind;

typedef struct glia__io_setting {
    const char *name;
    glia__io_kind kind;
    const char *const *words; /* of a choice, NULL after the last */
    double minimum, maximum;  /* of a count or number */
    double value;             /* the default: of a count or number, or the place of a choice in its words */
} glia__io_setting;

typedef struct glia__io_value {
    char *text;    /* as given; NULL if it was not */
    size_t column; /* where it was given, from 1 */
    double number; /* of all but a text */
} glia__io_value;

/* Read options into values[i] for settings[i], those not given with their defaults. `text` is read from `begin` on,
 * which only serves positions in messages; `what` names the text in them. Free the values, whatever the answer was,
 * with glia__io_values_free(). */
glia_status glia__io_settings_read(glia__io_value *values, const glia__io_setting *settings, size_t count,
                                   const char *what, const char *text, size_t begin);

void glia__io_values_free(glia__io_value *values, size_t count);

#endif
