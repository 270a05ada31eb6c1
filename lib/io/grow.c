/* SPDX-License-Identifier: MIT */
/* Memory in items: sizes that cannot wrap, and arrays that grow. */
#include "io/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 16

void *glia__io_allocate(size_t count, size_t item_size)
{
    return count <= SIZE_MAX / item_size ? malloc(count * item_size) : NULL;
}

void *glia__io_grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (items != NULL && needed <= *capacity)
        return items;
    size_t wanted = *capacity <= SIZE_MAX / 2 ? *capacity * 2 : SIZE_MAX;
    if (wanted < FIRST_CAPACITY)
        wanted = FIRST_CAPACITY;
    if (wanted < needed)
        wanted = needed;
    if (wanted > SIZE_MAX / item_size)
        return NULL;
    void *grown = realloc(items, wanted * item_size);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

char *glia__io_copy_text(const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? glia__io_allocate(length + 1, 1) : NULL;
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}
