/* SPDX-License-Identifier: MIT */
/* The target column of a CSV file: kept as text until the file has ended, then made into classes or numbers. */
#ifndef GLIA_IO_CSV_TARGET_H
#define GLIA_IO_CSV_TARGET_H

#include "io/csv_options.h"
#include "io/data.h"
#include "io/io_status.h"

/* One row's target. */
typedef struct glia__csv_label {
    size_t offset; /* of its text among all texts */
    size_t line;
    double number; /* if the text is one */
} glia__csv_label;

/* All zero but `path` and `type`: no row yet. */
typedef struct glia__csv_target {
    const char *path;
    glia__target_type type;
    size_t column; /* in the file, from 1; known with the first row */
    glia__csv_label *labels;
    size_t count;
    size_t label_capacity;
    char *texts; /* each with its closing 0 */
    size_t texts_size;
    size_t texts_capacity;
    bool has_fractions; /* a number that is not whole */
    bool has_names;     /* a text that is no number */
    size_t first_name;  /* the row of the first */
} glia__csv_target;

glia_status glia__csv_target_add(glia__csv_target *target, glia__place place, const char *text);

/* Give `data` its targets, or its classes and their names: those of `classes`, or of the file if that is NULL. */
glia_status glia__csv_target_finish(const glia__csv_target *target, glia_data *data, const glia__names *classes);

void glia__csv_target_free(glia__csv_target *target);

#endif
