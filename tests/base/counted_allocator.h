/* SPDX-License-Identifier: MIT */
/* The counting, failing memory of the tests of the public calls, as libglia has it inside. */
#ifndef GLIA_BASE_COUNTED_ALLOCATOR_H
#define GLIA_BASE_COUNTED_ALLOCATOR_H

#include "api/counted_memory.h"
#include "base/memory.h"

static inline glia__allocator counted_allocator(counted_memory *memory)
{
    glia_options options = counted_memory_options(memory);
    return (glia__allocator){.user = options.user, .allocate = options.allocate, .release = options.release};
}

#endif
