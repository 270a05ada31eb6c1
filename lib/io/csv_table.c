/* SPDX-License-Identifier: MIT */
/* The cells of a CSV file as they become a data set. The first row is held back until it is known whether it is a
 * header; of every other row each cell is read where it comes. */
#include "io/csv_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"
#include "io/grow.h"

/* Room for one row more. */
static glia_status reserve_row(glia__csv_table *table)
{
    size_t row_size = table->layout.input_size;
    if (row_size > SIZE_MAX / sizeof *table->inputs)
        return glia__io_fail_nomem();
    double *grown = glia__io_grow(table->inputs, &table->input_capacity, table->rows + 1, row_size * sizeof *grown);
    if (grown == NULL)
        return glia__io_fail_nomem();
    table->inputs = grown;
    return GLIA_OK;
}

/* What may be behind a text where an input should be, and what to do. */
static const char *advise(const glia__csv_table *table, const char *text)
{
    const char *hint = glia__csv_delimiter_hint(text);
    if (*hint != '\0')
        return hint;
    bool is_first_row = table->rows == 0 && !table->layout.has_header;
    if (is_first_row && table->wanted.options->header == GLIA__HEADER_AUTO)
        return " (header=yes if this row has names)";
    return "; correct the cell, or take the column out";
}

static glia_status fail_input(const glia__csv_table *table, glia__place place, const char *text)
{
    if (*text == '\0')
        return glia__io_fail_at(table->wanted.path, place, "the input is missing; every cell needs a number");
    return glia__io_fail_at(table->wanted.path, place, "%s is no finite number; inputs must be numbers%s",
                            glia__quote(text).text, advise(table, text));
}

static glia_status take_cell(glia__csv_table *table, glia__place place, const char *text)
{
    const glia__csv_layout *layout = &table->layout;
    if (place.column > layout->column_count)
        return glia__io_fail_at(table->wanted.path, place, "a cell too many: the first row has %zu",
                                layout->column_count);
    glia_status status = place.column == 1 ? reserve_row(table) : GLIA_OK;
    if (status != GLIA_OK)
        return status;
    if (place.column - 1 == layout->target_column)
        return glia__csv_target_add(&table->target, place, text);
    size_t role = layout->roles[place.column - 1];
    if (role == GLIA__CSV_UNUSED)
        return GLIA_OK;
    double number;
    if (!glia__decimal_read(&number, text) || isinf(number))
        return fail_input(table, place, text);
    table->inputs[table->rows * layout->input_size + role] = number;
    return GLIA_OK;
}

glia_status glia__csv_table_cell(void *context, glia__place place, const char *text)
{
    glia__csv_table *table = context;
    if (table->layout.roles == NULL)
        return glia__csv_first_row_add(&table->first_row, place, text);
    return take_cell(table, place, text);
}

/* The first row is complete: it is a header, or a row like the others. */
static glia_status take_first_row(glia__csv_table *table)
{
    const glia__csv_wanted *wanted = &table->wanted;
    const glia__csv_first_row *row = &table->first_row;
    glia_status status = glia__csv_layout_make(&table->layout, row, wanted->options, wanted->inputs, wanted->path);
    if (status != GLIA_OK || table->layout.has_header)
        return status;
    for (size_t i = 0; i < row->cells.count && status == GLIA_OK; i++)
        status = take_cell(table, (glia__place){.line = row->lines[i], .column = i + 1}, row->cells.items[i]);
    table->rows += status == GLIA_OK;
    return status;
}

glia_status glia__csv_table_row_end(void *context, glia__place place)
{
    glia__csv_table *table = context;
    if (table->layout.roles == NULL)
        return take_first_row(table);
    if (place.column <= table->layout.column_count)
        return glia__io_fail_at(table->wanted.path, place, "a cell is missing: the first row has %zu",
                                table->layout.column_count);
    table->rows++;
    return GLIA_OK;
}

/* The inputs are called as wanted, as the header has it, or x1, x2, ... */
static glia_status name_inputs(const glia__csv_table *table, glia_data *data)
{
    if (table->wanted.inputs != NULL)
        return glia__names_add_all(&data->columns, table->wanted.inputs);
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < table->layout.column_count && status == GLIA_OK; i++) {
        char numbered[32];
        snprintf(numbered, sizeof numbered, "x%zu", data->columns.count + 1);
        const char *name = table->layout.has_header ? table->first_row.cells.items[i] : numbered;
        if (i != table->layout.target_column)
            status = glia__names_add(&data->columns, name, strlen(name));
    }
    return status;
}

static glia_status name_target(const glia__csv_table *table, glia_data *data)
{
    const char *name = data->classes != NULL ? "class" : "target";
    if (table->layout.has_header)
        name = table->first_row.cells.items[table->layout.target_column];
    return glia__names_add(&data->columns, name, strlen(name));
}

glia_status glia__csv_table_finish(glia__csv_table *table, glia_data *data)
{
    if (table->layout.roles == NULL)
        return glia__io_fail_at(table->wanted.path, (glia__place){1, 1}, "the file is empty; there must be rows");
    if (table->rows == 0)
        return glia__io_fail_at(table->wanted.path, (glia__place){table->first_row.lines[0], 1},
                                "a header without rows; there must be some");
    data->rows = table->rows;
    data->input_size = table->layout.input_size;
    data->inputs64 = table->inputs;
    table->inputs = NULL; /* the data set owns them now */

    glia_status status = name_inputs(table, data);
    if (status != GLIA_OK || table->layout.target_column == GLIA__NO_NAME)
        return status;
    status = glia__csv_target_finish(&table->target, data, table->wanted.classes);
    return status == GLIA_OK ? name_target(table, data) : status;
}

void glia__csv_table_free(glia__csv_table *table)
{
    glia__csv_first_row_free(&table->first_row);
    glia__csv_layout_free(&table->layout);
    glia__csv_target_free(&table->target);
    free(table->inputs);
}
