/* SPDX-License-Identifier: MIT */
/* Aligned memory for allocators of tests, where C11's aligned_alloc is missing too. */
#ifndef GLIA_API_ALIGNED_MEMORY_H
#define GLIA_API_ALIGNED_MEMORY_H

#include <stdlib.h>

#if defined _WIN32
#include <malloc.h>
#endif

static inline void *aligned_memory_take(size_t size, size_t alignment)
{
#if defined _WIN32
    return _aligned_malloc(size, alignment);
#else
    return aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
#endif
}

static inline void aligned_memory_give(void *block)
{
#if defined _WIN32
    _aligned_free(block);
#else
    free(block);
#endif
}

#endif
