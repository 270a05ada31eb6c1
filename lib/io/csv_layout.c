/* SPDX-License-Identifier: MIT */
/* What the first row of a CSV file says about the columns. */
#include "io/csv_layout.h"

#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"
#include "io/grow.h"
#include "io/utf8_text.h"

/* What all steps of making a layout need. */
typedef struct maker {
    const char *path;
    const glia__csv_first_row *row;
    const glia__csv_options *options;
    const glia__names *inputs;
    glia__name_index columns; /* of the header */
} maker;

glia_status glia__csv_first_row_add(glia__csv_first_row *row, glia__place place, const char *text)
{
    size_t *grown = glia__io_grow(row->lines, &row->line_capacity, row->cells.count + 1, sizeof *grown);
    if (grown == NULL)
        return glia__io_fail_nomem();
    row->lines = grown;
    row->lines[row->cells.count] = place.line;
    return glia__names_add(&row->cells, text, strlen(text));
}

void glia__csv_first_row_free(glia__csv_first_row *row)
{
    glia__names_free(&row->cells);
    free(row->lines);
    *row = (glia__csv_first_row){0};
}

static bool is_header(const maker *in)
{
    if (in->options->header != GLIA__HEADER_AUTO)
        return in->options->header == GLIA__HEADER_YES;
    double number;
    for (size_t i = 0; i < in->row->cells.count; i++)
        if (glia__decimal_read(&number, in->row->cells.items[i]))
            return false;
    return true;
}

static glia__place place_of(const maker *in, size_t column)
{
    return (glia__place){.line = in->row->lines[column], .column = column + 1};
}

/* Names must be there, be UTF-8, and differ. */
static glia_status check_header(maker *in)
{
    const glia__names *names = &in->row->cells;
    for (size_t i = 0; i < names->count; i++) {
        if (*names->items[i] == '\0')
            return glia__io_fail_at(in->path, place_of(in, i), "the column has no name; name it in the header");
        if (!glia__is_utf8(names->items[i]))
            return glia__io_fail_at(in->path, place_of(in, i), "the column's name is not UTF-8; convert the file");
    }
    glia_status status = glia__name_index_make(&in->columns, names);
    if (status != GLIA_OK)
        return status;
    size_t repeated = glia__name_index_repeated(&in->columns);
    if (repeated == GLIA__NO_NAME)
        return GLIA_OK;
    return glia__io_fail_at(in->path, place_of(in, repeated), "a second column %s; give each a name of its own",
                            glia__quote(names->items[repeated]).text);
}

/* `what` says more of the column. */
static glia_status fail_no_column(const maker *in, const char *name, const char *what)
{
    glia__list columns = {0};
    for (size_t i = 0; i < in->row->cells.count; i++)
        glia__list_add(&columns, in->row->cells.items[i]);
    const char *hint = in->row->cells.count == 1 ? glia__csv_delimiter_hint(in->row->cells.items[0]) : "";
    return glia__io_fail_at(in->path, place_of(in, 0), "no column %s%s; there are %s%s", glia__quote(name).text, what,
                            columns.text, hint);
}

static glia_status fail_no_target(const maker *in, const glia__csv_layout *layout)
{
    const char *target = in->options->target;
    if (layout->has_header)
        return fail_no_column(in, target, "");
    return glia__io_fail_at(in->path, place_of(in, 0),
                            "no column %s; without header it is a number from 1 to %zu (header=yes if this is one)",
                            glia__quote(target).text, layout->column_count);
}

/* The column that the options call the target; GLIA__NO_NAME if it is not there. */
static size_t find_target(const maker *in, const glia__csv_layout *layout)
{
    if (layout->has_header)
        return glia__name_index_find(&in->columns, in->options->target);
    double number;
    bool is_column = glia__decimal_read(&number, in->options->target) && number >= 1 &&
                     number <= (double)layout->column_count && (double)(size_t)number == number;
    return is_column ? (size_t)number - 1 : GLIA__NO_NAME;
}

static glia_status place_target(const maker *in, glia__csv_layout *layout)
{
    layout->target_column = GLIA__NO_NAME;
    if (in->options->target == NULL)
        return GLIA_OK;
    layout->target_column = find_target(in, layout);
    bool is_fine = layout->target_column != GLIA__NO_NAME || in->options->is_target_optional;
    return is_fine ? GLIA_OK : fail_no_target(in, layout);
}

/* Inputs are the columns that have the names of in->inputs. */
static glia_status place_named_inputs(const maker *in, glia__csv_layout *layout)
{
    for (size_t i = 0; i < in->inputs->count; i++) {
        const char *name = in->inputs->items[i];
        size_t column = glia__name_index_find(&in->columns, name);
        if (column == GLIA__NO_NAME)
            return fail_no_column(in, name, ", which the network was trained on");
        if (column == layout->target_column)
            return glia__io_fail_at(in->path, place_of(in, column), "column %s is an input and cannot be the target",
                                    glia__quote(name).text);
        layout->roles[column] = i;
    }
    layout->input_size = in->inputs->count;
    return GLIA_OK;
}

/* Inputs are all columns but the target. */
static glia_status place_all_inputs(const maker *in, glia__csv_layout *layout)
{
    for (size_t i = 0; i < layout->column_count; i++)
        if (i != layout->target_column)
            layout->roles[i] = layout->input_size++;
    if (layout->input_size == 0)
        return glia__io_fail_at(in->path, place_of(in, 0), "the target is the only column; there must be inputs too");
    if (in->inputs != NULL && in->inputs->count != layout->input_size)
        return glia__io_fail_at(in->path, place_of(in, 0),
                                "%zu inputs where %zu are wanted (header=yes if this is one)", layout->input_size,
                                in->inputs->count);
    return GLIA_OK;
}

glia_status glia__csv_layout_make(glia__csv_layout *layout, const glia__csv_first_row *row,
                                  const glia__csv_options *options, const glia__names *inputs, const char *path)
{
    maker in = {.path = path, .row = row, .options = options, .inputs = inputs};
    glia__csv_layout made = {.has_header = is_header(&in), .column_count = row->cells.count};
    made.roles = glia__io_allocate(made.column_count, sizeof *made.roles);
    if (made.roles == NULL)
        return glia__io_fail_nomem();
    for (size_t i = 0; i < made.column_count; i++)
        made.roles[i] = GLIA__CSV_UNUSED;

    glia_status status = made.has_header ? check_header(&in) : GLIA_OK;
    if (status == GLIA_OK)
        status = place_target(&in, &made);
    if (status == GLIA_OK)
        status = made.has_header && inputs != NULL ? place_named_inputs(&in, &made) : place_all_inputs(&in, &made);
    glia__name_index_free(&in.columns);
    if (status == GLIA_OK)
        *layout = made;
    else
        free(made.roles);
    return status;
}

void glia__csv_layout_free(glia__csv_layout *layout)
{
    free(layout->roles);
    *layout = (glia__csv_layout){0};
}
