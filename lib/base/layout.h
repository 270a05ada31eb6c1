/* SPDX-License-Identifier: MIT */
/* Several arrays in one block: each begins aligned, and a size that wraps is noticed at the end. */
#ifndef GLIA_BASE_LAYOUT_H
#define GLIA_BASE_LAYOUT_H

#include "base/memory.h"
#include "base/size.h"

typedef struct glia__layout {
    size_t size;
    bool is_too_large;
} glia__layout;

/* Room for count x element_size bytes; answers where in the block they begin. */
static inline size_t glia__layout_add(glia__layout *layout, size_t count, size_t element_size)
{
    size_t begin = layout->size, bytes, end;
    if (glia__size_multiply(&bytes, count, element_size) && glia__size_add(&end, begin, bytes) &&
        glia__size_add(&end, end, GLIA__ALIGNMENT - 1))
        layout->size = end / GLIA__ALIGNMENT * GLIA__ALIGNMENT;
    else
        layout->is_too_large = true;
    return begin;
}

/* Make a block as large as the layout. */
static inline glia_status glia__layout_reserve(const glia__layout *layout, glia__block *block,
                                               const glia__allocator *allocator)
{
    if (layout->is_too_large)
        return glia__fail(GLIA_ERR_SHAPE, "this takes more than memory can count");
    return glia__block_reserve(block, allocator, layout->size);
}

#endif
