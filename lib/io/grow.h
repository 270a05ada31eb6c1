/* SPDX-License-Identifier: MIT */
/* Memory in items: sizes that cannot wrap, and arrays that grow. */
#ifndef GLIA_IO_GROW_H
#define GLIA_IO_GROW_H

#include <stddef.h>

/* Room for `count` items, 1 or more; NULL if there is none. Give it back with free(). */
void *glia__io_allocate(size_t count, size_t item_size);

/* `items` moved to where there is room for `needed`, with as much again where it grows, and *capacity updated; NULL,
 * and both as before, if there is no memory. `items` may be NULL while *capacity is 0. */
void *glia__io_grow(void *items, size_t *capacity, size_t needed, size_t item_size);

/* A copy of `length` bytes with a 0 behind them; NULL if there is no memory. */
char *glia__io_copy_text(const char *text, size_t length);

#endif
