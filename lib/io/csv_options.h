/* SPDX-License-Identifier: MIT */
/* The options of glia_data_read_csv(). */
#ifndef GLIA_IO_CSV_OPTIONS_H
#define GLIA_IO_CSV_OPTIONS_H

#include <stdbool.h>

#include <glia/glia.h>

typedef enum glia__target_type {
    GLIA__TARGET_AUTO,
    GLIA__TARGET_CLASSES,
    GLIA__TARGET_NUMBERS,
} glia__target_type;

typedef enum glia__header {
    GLIA__HEADER_AUTO,
    GLIA__HEADER_YES,
    GLIA__HEADER_NO,
} glia__header;

typedef struct glia__csv_options {
    char *target; /* NULL: none */
    glia__target_type target_type;
    bool is_target_optional;
    glia__header header;
    char delimiter;
} glia__csv_options;

/* Read the text, which may be NULL. Free what was read with glia__csv_options_free(). */
glia_status glia__csv_options_read(glia__csv_options *options, const char *text);

/* What to say of a cell that may be several, between another delimiter than the one given; "": nothing. */
const char *glia__csv_delimiter_hint(const char *cell);

void glia__csv_options_free(glia__csv_options *options);

#endif
