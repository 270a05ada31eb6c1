/* SPDX-License-Identifier: MIT */
/* Lists of names, and finding a name in one by bisection. */
#include "io/names.h"

#include <stdlib.h>
#include <string.h>

#include "io/grow.h"
#include "io/io_status.h"

struct glia__name_entry {
    const char *name;
    size_t place;
};

glia_status glia__names_add(glia__names *names, const char *text, size_t length)
{
    char **grown = glia__io_grow(names->items, &names->capacity, names->count + 1, sizeof *grown);
    if (grown == NULL)
        return glia__io_fail_nomem();
    names->items = grown;
    char *copy = glia__io_copy_text(text, length);
    if (copy == NULL)
        return glia__io_fail_nomem();
    names->items[names->count++] = copy;
    return GLIA_OK;
}

glia_status glia__names_add_all(glia__names *names, const glia__names *added)
{
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < added->count && status == GLIA_OK; i++)
        status = glia__names_add(names, added->items[i], strlen(added->items[i]));
    return status;
}

void glia__names_free(glia__names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
    *names = (glia__names){0};
}

static int compare_entries(const void *a, const void *b)
{
    const struct glia__name_entry *first = a, *second = b;
    int order = strcmp(first->name, second->name);
    if (order != 0)
        return order;
    return (first->place > second->place) - (first->place < second->place);
}

glia_status glia__name_index_make(glia__name_index *index, const glia__names *names)
{
    struct glia__name_entry *entries = glia__io_allocate(names->count, sizeof *entries);
    if (entries == NULL)
        return glia__io_fail_nomem();
    for (size_t i = 0; i < names->count; i++)
        entries[i] = (struct glia__name_entry){names->items[i], i};
    qsort(entries, names->count, sizeof *entries, compare_entries);
    *index = (glia__name_index){entries, names->count};
    return GLIA_OK;
}

size_t glia__name_index_find(const glia__name_index *index, const char *name)
{
    size_t begin = 0, end = index->count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (strcmp(index->entries[middle].name, name) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    bool is_found = begin < index->count && strcmp(index->entries[begin].name, name) == 0;
    return is_found ? index->entries[begin].place : GLIA__NO_NAME;
}

size_t glia__name_index_repeated(const glia__name_index *index)
{
    for (size_t i = 1; i < index->count; i++)
        if (strcmp(index->entries[i - 1].name, index->entries[i].name) == 0)
            return index->entries[i].place;
    return GLIA__NO_NAME;
}

void glia__name_index_free(glia__name_index *index)
{
    free(index->entries);
    *index = (glia__name_index){0};
}
