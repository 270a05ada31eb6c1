/* SPDX-License-Identifier: MIT */
/* The options of glia_data_read_csv(): the table of its settings. */
#include "io/csv_options.h"

#include <stdlib.h>
#include <string.h>

#include "io/io_status.h"
#include "io/settings.h"

enum {
    TARGET,
    TARGET_TYPE,
    TARGET_OPTIONAL,
    HEADER,
    DELIMITER,
    SETTING_COUNT
};

static const char *const target_types[] = {"auto", "classes", "numbers", NULL}; /* as in glia__target_type */
static const char *const headers[] = {"auto", "yes", "no", NULL};               /* as in glia__header */
static const char *const no_or_yes[] = {"no", "yes", NULL};

static const glia__io_setting settings[SETTING_COUNT] = {
    [TARGET] = {.name = "target", .kind = GLIA__IO_TEXT},
    [TARGET_TYPE] = {.name = "target_type", .kind = GLIA__IO_CHOICE, .words = target_types},
    [TARGET_OPTIONAL] = {.name = "target_optional", .kind = GLIA__IO_CHOICE, .words = no_or_yes},
    [HEADER] = {.name = "header", .kind = GLIA__IO_CHOICE, .words = headers},
    [DELIMITER] = {.name = "delimiter", .kind = GLIA__IO_TEXT},
};

static glia_status read_delimiter(char *delimiter, const glia__io_value *value)
{
    static const char not_allowed[] = "+-.\"\r\n0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *text = value->text == NULL ? "," : value->text;
    if (strcmp(text, "tab") == 0)
        text = "\t";
    if (text[1] != '\0' || (unsigned char)*text >= 0x80 || strchr(not_allowed, *text) != NULL)
        return glia__io_fail(GLIA_ERR_TEXT,
                             "CSV options, column %zu: delimiter wants tab, or one character as , or ; or |, not %s",
                             value->column, glia__quote(text).text);
    *delimiter = *text;
    return GLIA_OK;
}

glia_status glia__csv_options_read(glia__csv_options *options, const char *text)
{
    glia__io_value values[SETTING_COUNT];
    glia_status status =
        glia__io_settings_read(values, settings, SETTING_COUNT, "CSV options", text == NULL ? "" : text, 0);
    char delimiter = ',';
    if (status == GLIA_OK)
        status = read_delimiter(&delimiter, &values[DELIMITER]);
    if (status != GLIA_OK)
        goto cleanup;

    *options = (glia__csv_options){
        .target = values[TARGET].text,
        .target_type = (glia__target_type)values[TARGET_TYPE].number,
        .is_target_optional = values[TARGET_OPTIONAL].number != 0,
        .header = (glia__header)values[HEADER].number,
        .delimiter = delimiter,
    };
    values[TARGET].text = NULL; /* the options own it now */

cleanup:
    glia__io_values_free(values, SETTING_COUNT);
    return status;
}

const char *glia__csv_delimiter_hint(const char *cell)
{
    if (strchr(cell, ';') != NULL)
        return " (delimiter=; if that is between cells)";
    return strchr(cell, '\t') != NULL ? " (delimiter=tab if that is between cells)" : "";
}

void glia__csv_options_free(glia__csv_options *options)
{
    free(options->target);
    options->target = NULL;
}
