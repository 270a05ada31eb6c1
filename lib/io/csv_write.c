/* SPDX-License-Identifier: MIT */
/* Writing a data set as CSV. Errors of the stream stay with it and are asked for at the end. */
#include <stdio.h>
#include <string.h>

#include "io/data.h"
#include "io/decimal.h"
#include "io/io_status.h"
#include "io/replace_file.h"

/* A cell as a reader gets it back: in quotes where it would not be one cell else, or would lose spaces. */
static void write_text(FILE *file, const char *text)
{
    size_t length = strlen(text);
    bool has_special = strpbrk(text, ",\"\r\n") != NULL;
    bool has_outer_space = length > 0 && (strchr(" \t", text[0]) != NULL || strchr(" \t", text[length - 1]) != NULL);
    if (!has_special && !has_outer_space) {
        fputs(text, file);
        return;
    }
    putc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', file);
        putc(*text, file);
    }
    putc('"', file);
}

static void write_header(FILE *file, const glia_data *data)
{
    size_t count = data->input_size + (data->classes != NULL ? 1 : data->target_size);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            putc(',', file);
        if (data->columns.count > 0)
            write_text(file, data->columns.items[i]);
        else if (i < data->input_size)
            fprintf(file, "x%zu", i + 1);
        else
            fputs("class", file);
    }
    putc('\n', file);
}

static void write_row(FILE *file, const glia_data *data, size_t row)
{
    char number[GLIA__DECIMAL_SIZE];
    for (size_t i = 0; i < data->input_size; i++) {
        if (data->is_float)
            glia__decimal_write_float(number, data->inputs[row * data->input_size + i]);
        else
            glia__decimal_write(number, data->inputs64[row * data->input_size + i]);
        if (i > 0)
            putc(',', file);
        fputs(number, file);
    }
    for (size_t i = 0; i < data->target_size; i++) {
        glia__decimal_write(number, data->targets64[row * data->target_size + i]);
        fprintf(file, ",%s", number);
    }
    if (data->classes != NULL) {
        putc(',', file);
        write_text(file, data->class_names.items[data->classes[row]]);
    }
    putc('\n', file);
}

glia_status glia_data_write_csv(const glia_data *data, const char *path)
{
    if (data == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_write_csv: data must not be NULL");
    glia__replacement *replacement = NULL;
    glia_status status = glia__replacement_begin(&replacement, path);
    if (status != GLIA_OK)
        return status;
    write_header(replacement->file, data);
    for (size_t row = 0; row < data->rows; row++)
        write_row(replacement->file, data, row);
    return glia__replacement_finish(replacement);
}
