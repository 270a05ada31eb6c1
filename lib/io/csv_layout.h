/* SPDX-License-Identifier: MIT */
/* What the first row of a CSV file says about the columns: whether it is a header, and what each is read as. */
#ifndef GLIA_IO_CSV_LAYOUT_H
#define GLIA_IO_CSV_LAYOUT_H

#include "io/csv_options.h"
#include "io/io_status.h"
#include "io/names.h"

/* The cells of the first row and the lines on which they begin. All zero: none yet. */
typedef struct glia__csv_first_row {
    glia__names cells;
    size_t *lines;
    size_t line_capacity;
} glia__csv_first_row;

glia_status glia__csv_first_row_add(glia__csv_first_row *row, glia__place place, const char *text);

void glia__csv_first_row_free(glia__csv_first_row *row);

/* The role of a column that is no input. */
#define GLIA__CSV_UNUSED SIZE_MAX

typedef struct glia__csv_layout {
    bool has_header;
    size_t column_count;
    size_t input_size;
    size_t *roles;        /* [column_count]: the column's place in a row of inputs */
    size_t target_column; /* from 0; GLIA__NO_NAME: there is no target */
} glia__csv_layout;

/* Derive the layout. `inputs` are the names of the inputs in the order wanted; NULL: every column but the target, in
 * the file's order. */
glia_status glia__csv_layout_make(glia__csv_layout *layout, const glia__csv_first_row *row,
                                  const glia__csv_options *options, const glia__names *inputs, const char *path);

void glia__csv_layout_free(glia__csv_layout *layout);

#endif
