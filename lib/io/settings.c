/* SPDX-License-Identifier: MIT */
/* The parser for the options of libglia-io. */
#include "io/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"
#include "io/grow.h"
#include "io/io_status.h"

/* The text, and where in it the parser is. */
typedef struct reader {
    const char *what;
    const char *text;
    const char *at;
} reader;

static size_t column_of(const reader *in, const char *at)
{
    return (size_t)(at - in->text) + 1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(reader *in)
{
    while (is_space(*in->at))
        in->at++;
}

/* The key of "key=", as a text of its own, to be freed whatever the answer was. Goes behind the '='. */
static glia_status read_key(char **key, reader *in)
{
    const char *begin = in->at;
    size_t length = strcspn(begin, "= \t\r\n");
    *key = glia__io_copy_text(begin, length);
    if (*key == NULL)
        return glia__io_fail_nomem();
    if (begin[length] != '=')
        return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: expected key=value, found %s", in->what,
                             column_of(in, begin), glia__quote(*key).text);
    in->at += length + 1;
    return GLIA_OK;
}

/* A value in quotes, the first of which is at in->at. `value` has room for it. */
static glia_status read_quoted(char *value, reader *in)
{
    size_t column = column_of(in, in->at++);
    while (*in->at != '\0' && (in->at[0] != '"' || in->at[1] == '"')) {
        if (*in->at == '"')
            in->at++; /* of two quotes one is kept */
        *value++ = *in->at++;
    }
    *value = '\0';
    if (*in->at == '\0')
        return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: the closing quote is missing", in->what, column);
    in->at++;
    if (*in->at != '\0' && !is_space(*in->at))
        return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: expected a space after the closing quote", in->what,
                             column_of(in, in->at));
    return GLIA_OK;
}

static glia_status read_value(glia__io_value *value, reader *in)
{
    size_t length = strcspn(in->at, " \t\r\n");
    bool is_quoted = *in->at == '"';
    value->column = column_of(in, in->at);
    value->text = glia__io_copy_text(in->at, is_quoted ? strlen(in->at) : length);
    if (value->text == NULL)
        return glia__io_fail_nomem();
    if (is_quoted)
        return read_quoted(value->text, in);
    in->at += length;
    return GLIA_OK;
}

static glia_status fail_choice(const reader *in, const glia__io_setting *setting, const glia__io_value *value)
{
    glia__list accepted = {0};
    for (const char *const *word = setting->words; *word != NULL; word++)
        glia__list_add(&accepted, *word);
    return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: %s wants one of %s, not %s", in->what, value->column,
                         setting->name, accepted.text, glia__quote(value->text).text);
}

static glia_status check_choice(glia__io_value *value, const glia__io_setting *setting, const reader *in)
{
    for (size_t i = 0; setting->words[i] != NULL; i++) {
        if (strcmp(setting->words[i], value->text) != 0)
            continue;
        value->number = (double)i;
        return GLIA_OK;
    }
    return fail_choice(in, setting, value);
}

static glia_status check_number(glia__io_value *value, const glia__io_setting *setting, const reader *in)
{
    double number;
    bool is_good = glia__decimal_read(&number, value->text) && number >= setting->minimum && number <= setting->maximum;
    if (is_good && (setting->kind == GLIA__IO_NUMBER || floor(number) == number)) {
        value->number = number;
        return GLIA_OK;
    }
    char minimum[GLIA__DECIMAL_SIZE], maximum[GLIA__DECIMAL_SIZE];
    glia__decimal_write(minimum, setting->minimum);
    glia__decimal_write(maximum, setting->maximum);
    return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: %s wants a %s from %s to %s, not %s", in->what, value->column,
                         setting->name, setting->kind == GLIA__IO_COUNT ? "whole number" : "number", minimum, maximum,
                         glia__quote(value->text).text);
}

static glia_status check_value(glia__io_value *value, const glia__io_setting *setting, const reader *in)
{
    if (*value->text == '\0')
        return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: %s wants a value", in->what, value->column, setting->name);
    if (setting->kind == GLIA__IO_TEXT)
        return GLIA_OK;
    return setting->kind == GLIA__IO_CHOICE ? check_choice(value, setting, in) : check_number(value, setting, in);
}

static glia_status fail_unknown(const reader *in, size_t column, const char *key, const glia__io_setting *settings,
                                size_t count)
{
    glia__list accepted = {0};
    for (size_t i = 0; i < count; i++)
        glia__list_add(&accepted, settings[i].name);
    return glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: unknown setting %s; accepted are %s", in->what, column,
                         glia__quote(key).text, accepted.text);
}

/* Read one "key=value". */
static glia_status read_setting(glia__io_value *values, const glia__io_setting *settings, size_t count, reader *in)
{
    char *key = NULL;
    size_t column = column_of(in, in->at);
    glia_status status = read_key(&key, in);
    if (status != GLIA_OK)
        goto cleanup;

    size_t i = 0;
    while (i < count && strcmp(settings[i].name, key) != 0)
        i++;
    if (i == count)
        status = fail_unknown(in, column, key, settings, count);
    else if (values[i].text != NULL)
        status = glia__io_fail(GLIA_ERR_TEXT, "%s, column %zu: %s is given twice", in->what, column, key);
    if (status != GLIA_OK)
        goto cleanup;

    status = read_value(&values[i], in);
    if (status == GLIA_OK)
        status = check_value(&values[i], &settings[i], in);

cleanup:
    free(key);
    return status;
}

glia_status glia__io_settings_read(glia__io_value *values, const glia__io_setting *settings, size_t count,
                                   const char *what, const char *text, size_t begin)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (glia__io_value){.number = settings[i].value};
    reader in = {.what = what, .text = text, .at = text + begin};
    glia_status status = GLIA_OK;
    for (skip_spaces(&in); status == GLIA_OK && *in.at != '\0'; skip_spaces(&in))
        status = read_setting(values, settings, count, &in);
    return status;
}

void glia__io_values_free(glia__io_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(values[i].text);
        values[i].text = NULL;
    }
}
