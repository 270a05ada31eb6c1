/* SPDX-License-Identifier: MIT */
/* The target column of a CSV file: whether it has classes or numbers, and how classes are numbered. */
#include "io/csv_target.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"
#include "io/grow.h"
#include "io/utf8_text.h"

#define WHOLE_MAX 9007199254740992.0 /* 2^53: beyond it doubles do not tell whole numbers apart */

/* A row's class by name, to be sorted. */
typedef struct label_entry {
    const char *name;
    double number;
    size_t row;
} label_entry;

static glia_status add_text(glia__csv_target *target, const char *text)
{
    size_t size = strlen(text) + 1;
    char *grown = glia__io_grow(target->texts, &target->texts_capacity, target->texts_size + size, 1);
    if (grown == NULL)
        return glia__io_fail_nomem();
    target->texts = grown;
    memcpy(target->texts + target->texts_size, text, size);
    target->texts_size += size;
    return GLIA_OK;
}

static bool is_whole(double number)
{
    return fabs(number) <= WHOLE_MAX && floor(number) == number;
}

static glia_status check_label(glia__csv_target *target, glia__place place, const char *text, double *number)
{
    if (*text == '\0')
        return glia__io_fail_at(target->path, place, "the target is missing; every row needs one");
    bool is_number = glia__decimal_read(number, text) && !isinf(*number);
    if (!is_number && target->type == GLIA__TARGET_NUMBERS)
        return glia__io_fail_at(target->path, place, "%s is no finite number; targets must be numbers",
                                glia__quote(text).text);
    if (!is_number && !target->has_names) {
        target->has_names = true;
        target->first_name = target->count;
    }
    if (is_number && !is_whole(*number))
        target->has_fractions = true;
    return GLIA_OK;
}

glia_status glia__csv_target_add(glia__csv_target *target, glia__place place, const char *text)
{
    double number = 0;
    glia_status status = check_label(target, place, text, &number);
    if (status != GLIA_OK)
        return status;
    glia__csv_label *grown = glia__io_grow(target->labels, &target->label_capacity, target->count + 1, sizeof *grown);
    if (grown == NULL)
        return glia__io_fail_nomem();
    target->labels = grown;
    target->column = place.column;
    size_t offset = target->texts_size;
    status = add_text(target, text);
    if (status == GLIA_OK)
        target->labels[target->count++] = (glia__csv_label){offset, place.line, number};
    return status;
}

static const char *text_of(const glia__csv_target *target, size_t row)
{
    return target->texts + target->labels[row].offset;
}

static glia__place place_of(const glia__csv_target *target, size_t row)
{
    return (glia__place){.line = target->labels[row].line, .column = target->column};
}

static glia_status take_numbers(const glia__csv_target *target, glia_data *data)
{
    data->targets64 = glia__io_allocate(target->count, sizeof *data->targets64);
    if (data->targets64 == NULL)
        return glia__io_fail_nomem();
    for (size_t row = 0; row < target->count; row++)
        data->targets64[row] = target->labels[row].number;
    data->target_size = 1;
    return GLIA_OK;
}

static glia_status fail_unknown_class(const glia__csv_target *target, size_t row, const glia__names *classes)
{
    glia__list known = {0};
    for (size_t i = 0; i < classes->count; i++)
        glia__list_add(&known, classes->items[i]);
    return glia__io_fail_at(target->path, place_of(target, row), "unknown class %s; known are %s",
                            glia__quote(text_of(target, row)).text, known.text);
}

/* Number the classes as `classes` has them. */
static glia_status find_classes(const glia__csv_target *target, glia_data *data, const glia__names *classes)
{
    glia__name_index index;
    glia_status status = glia__name_index_make(&index, classes);
    if (status != GLIA_OK)
        return status;
    for (size_t row = 0; row < target->count && status == GLIA_OK; row++) {
        size_t place = glia__name_index_find(&index, text_of(target, row));
        if (place == GLIA__NO_NAME)
            status = fail_unknown_class(target, row, classes);
        else
            data->classes[row] = (int32_t)place;
    }
    glia__name_index_free(&index);
    return status == GLIA_OK ? glia__names_add_all(&data->class_names, classes) : status;
}

static int compare_names(const void *a, const void *b)
{
    const label_entry *first = a, *second = b;
    int order = strcmp(first->name, second->name);
    return order != 0 ? order : (first->row > second->row) - (first->row < second->row);
}

static int compare_numbers(const void *a, const void *b)
{
    const label_entry *first = a, *second = b;
    int order = (first->number > second->number) - (first->number < second->number);
    return order != 0 ? order : compare_names(a, b);
}

/* The rows in the order of their classes, to be freed; NULL if there is no memory. */
static label_entry *sort_labels(const glia__csv_target *target)
{
    label_entry *entries = glia__io_allocate(target->count, sizeof *entries);
    if (entries == NULL)
        return NULL;
    for (size_t row = 0; row < target->count; row++)
        entries[row] = (label_entry){text_of(target, row), target->labels[row].number, row};
    bool all_whole = !target->has_names && !target->has_fractions;
    qsort(entries, target->count, sizeof *entries, all_whole ? compare_numbers : compare_names);
    return entries;
}

/* A class that begins at `entry`; `before` is the entry before it, or NULL. */
static glia_status add_class(const glia__csv_target *target, glia_data *data, const label_entry *entry,
                             const label_entry *before)
{
    glia__place place = place_of(target, entry->row);
    if (!glia__is_utf8(entry->name))
        return glia__io_fail_at(target->path, place, "the class's name is not UTF-8; convert the file");
    if (before != NULL && !target->has_names && before->number == entry->number)
        return glia__io_fail_at(
            target->path, place, "%s is the same number as %s on line %zu; write a class the same way everywhere",
            glia__quote(entry->name).text, glia__quote(before->name).text, target->labels[before->row].line);
    if (data->class_names.count == INT32_MAX)
        return glia__io_fail_at(target->path, place, "more classes than can be numbered");
    return glia__names_add(&data->class_names, entry->name, strlen(entry->name));
}

/* Number the classes in ascending order. */
static glia_status number_classes(const glia__csv_target *target, glia_data *data)
{
    label_entry *entries = sort_labels(target);
    if (entries == NULL)
        return glia__io_fail_nomem();
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < target->count && status == GLIA_OK; i++) {
        const label_entry *before = i > 0 ? &entries[i - 1] : NULL;
        if (before == NULL || strcmp(before->name, entries[i].name) != 0)
            status = add_class(target, data, &entries[i], before);
        if (status == GLIA_OK)
            data->classes[entries[i].row] = (int32_t)(data->class_names.count - 1);
    }
    free(entries);
    return status;
}

glia_status glia__csv_target_finish(const glia__csv_target *target, glia_data *data, const glia__names *classes)
{
    bool is_auto = target->type == GLIA__TARGET_AUTO && classes == NULL;
    if (is_auto && target->has_names && target->has_fractions)
        return glia__io_fail_at(target->path, place_of(target, target->first_name),
                                "%s is no finite number where other targets have fractions; correct it, or give "
                                "target_type=classes",
                                glia__quote(text_of(target, target->first_name)).text);
    if (target->type == GLIA__TARGET_NUMBERS || (is_auto && target->has_fractions))
        return take_numbers(target, data);

    data->classes = glia__io_allocate(target->count, sizeof *data->classes);
    if (data->classes == NULL)
        return glia__io_fail_nomem();
    return classes != NULL ? find_classes(target, data, classes) : number_classes(target, data);
}

void glia__csv_target_free(glia__csv_target *target)
{
    free(target->labels);
    free(target->texts);
}
