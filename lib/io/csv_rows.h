/* SPDX-License-Identifier: MIT */
/* The rows and cells of a CSV file, with their true places in it. */
#ifndef GLIA_IO_CSV_ROWS_H
#define GLIA_IO_CSV_ROWS_H

#include "io/io_status.h"

/* Who is told of cells and ends of rows, in their order. Any answer but GLIA_OK ends the reading. */
typedef struct glia__csv_visitor {
    void *context;
    /* The text has no zero bytes but the closing one, no quotes around it, and no spaces that were not quoted. */
    glia_status (*cell)(void *context, glia__place place, const char *text);
    /* `place` is where one cell more would have been. */
    glia_status (*row_end)(void *context, glia__place place);
} glia__csv_visitor;

/* Read a file. Empty lines are passed over at its end and refused elsewhere. */
glia_status glia__csv_rows(const char *path, char delimiter, const glia__csv_visitor *visitor);

#endif
