/* SPDX-License-Identifier: MIT */
/* The cells of a CSV file as they become a data set. */
#ifndef GLIA_IO_CSV_TABLE_H
#define GLIA_IO_CSV_TABLE_H

#include "io/csv_layout.h"
#include "io/csv_target.h"
#include "io/data.h"

/* What is wanted of the file. */
typedef struct glia__csv_wanted {
    const char *path;
    const glia__csv_options *options;
    const glia__names *inputs;  /* in this order; NULL: as the file has them */
    const glia__names *classes; /* with these numbers; NULL: as the file has them */
} glia__csv_wanted;

/* All zero but `wanted`: nothing read yet. */
typedef struct glia__csv_table {
    glia__csv_wanted wanted;
    glia__csv_first_row first_row;
    glia__csv_layout layout; /* its roles are NULL until the first row is complete */
    glia__csv_target target;
    double *inputs;
    size_t input_capacity; /* in rows */
    size_t rows;
} glia__csv_table;

/* The two calls of a glia__csv_visitor whose context is a table. */
glia_status glia__csv_table_cell(void *table, glia__place place, const char *text);
glia_status glia__csv_table_row_end(void *table, glia__place place);

/* Hand over what was read to an empty data set. */
glia_status glia__csv_table_finish(glia__csv_table *table, glia_data *data);

void glia__csv_table_free(glia__csv_table *table);

#endif
