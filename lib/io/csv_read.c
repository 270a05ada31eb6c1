/* SPDX-License-Identifier: MIT */
/* Reading CSV files: the public calls. */
#include "io/csv_rows.h"
#include "io/csv_table.h"
#include "io/json_names.h"

static glia_status read_table(glia_data **data, const glia__csv_wanted *wanted)
{
    glia__csv_table table = {
        .wanted = *wanted,
        .target = {.path = wanted->path, .type = wanted->options->target_type},
    };
    glia__csv_visitor visitor = {&table, glia__csv_table_cell, glia__csv_table_row_end};
    glia_data *made = glia__data_create();
    glia_status status = made == NULL ? GLIA_ERR_NOMEM : GLIA_OK;
    if (status == GLIA_OK)
        status = glia__csv_rows(wanted->path, wanted->options->delimiter, &visitor);
    if (status == GLIA_OK)
        status = glia__csv_table_finish(&table, made);
    if (status == GLIA_OK)
        status = glia__data_describe(made);
    if (status == GLIA_OK)
        *data = made;
    else
        glia_data_destroy(made);
    glia__csv_table_free(&table);
    return status;
}

/* What the JSON arrays say; either may be NULL. */
static glia_status read_names(glia__names *inputs, glia__names *classes, const char *columns_json,
                              const char *classes_json)
{
    glia_status status = GLIA_OK;
    if (columns_json != NULL)
        status = glia__json_names_read(inputs, columns_json, "columns");
    if (status == GLIA_OK && classes_json != NULL)
        status = glia__json_names_read(classes, classes_json, "classes");
    return status;
}

static glia_status check_options(const glia__csv_options *options, const char *classes)
{
    if (options->target_type == GLIA__TARGET_NUMBERS && classes != NULL)
        return glia_error_set(GLIA_ERR_TEXT, "CSV options: target_type=numbers, but the network tells classes apart");
    return GLIA_OK;
}

glia_status glia_data_read_csv_as(glia_data **data, const char *path, const char *options, const char *columns,
                                  const char *classes)
{
    if (data == NULL || path == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_read_csv: data and path must not be NULL");
    glia__csv_options read_options = {0};
    glia__names input_names = {0}, class_names = {0};
    glia_status status = glia__csv_options_read(&read_options, options);
    if (status == GLIA_OK)
        status = check_options(&read_options, classes);
    if (status == GLIA_OK)
        status = read_names(&input_names, &class_names, columns, classes);
    if (status == GLIA_OK) {
        glia__csv_wanted wanted = {
            .path = path,
            .options = &read_options,
            .inputs = columns != NULL ? &input_names : NULL,
            .classes = classes != NULL ? &class_names : NULL,
        };
        status = read_table(data, &wanted);
    }
    glia__names_free(&input_names);
    glia__names_free(&class_names);
    glia__csv_options_free(&read_options);
    return status;
}

glia_status glia_data_read_csv(glia_data **data, const char *path, const char *options)
{
    return glia_data_read_csv_as(data, path, options, NULL, NULL);
}
