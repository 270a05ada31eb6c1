/* SPDX-License-Identifier: MIT */
/* Lists of names: of columns, of classes, of the cells of a first row. */
#ifndef GLIA_IO_NAMES_H
#define GLIA_IO_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include <glia/glia.h>

/* All zero: an empty list. */
typedef struct glia__names {
    char **items;
    size_t count;
    size_t capacity;
} glia__names;

/* Append a copy of a name. */
glia_status glia__names_add(glia__names *names, const char *text, size_t length);

/* Append copies of all of them; on failure some may be there. */
glia_status glia__names_add_all(glia__names *names, const glia__names *added);

/* Free the names and leave an empty list. */
void glia__names_free(glia__names *names);

/* The places of names in a list, to be found by name. */
typedef struct glia__name_index {
    struct glia__name_entry *entries;
    size_t count;
} glia__name_index;

#define GLIA__NO_NAME SIZE_MAX

/* Make an index of a list, which must outlive it. Free it with glia__name_index_free(). */
glia_status glia__name_index_make(glia__name_index *index, const glia__names *names);

/* The place of a name; of the first, if there are several; GLIA__NO_NAME if there is none. */
size_t glia__name_index_find(const glia__name_index *index, const char *name);

/* The place of a name that occurs before it too; GLIA__NO_NAME if all differ. */
size_t glia__name_index_repeated(const glia__name_index *index);

void glia__name_index_free(glia__name_index *index);

#endif
