/* SPDX-License-Identifier: MIT */
/* Memory from the host: one allocator for a network and all that belongs to it. */
#ifndef GLIA_BASE_MEMORY_H
#define GLIA_BASE_MEMORY_H

#include "base/status.h"

#define GLIA__ALIGNMENT 64 /* bytes: a cache line, and the widest vector of today's processors */

typedef struct glia__allocator {
    void *user;
    void *(*allocate)(void *user, size_t size, size_t alignment);
    void (*release)(void *user, void *block, size_t size);
} glia__allocator;

/* malloc and free, with alignment. */
extern const glia__allocator glia__default_allocator;

/* `size` bytes, at least 1, aligned to GLIA__ALIGNMENT; NULL, with the error message set, if there are none. */
void *glia__allocate(const glia__allocator *allocator, size_t size);

/* Give back what glia__allocate gave for this size. NULL is fine. */
void glia__release(const glia__allocator *allocator, void *block, size_t size);

/* Memory that grows when a call needs more than any call before it. */
typedef struct glia__block {
    void *bytes;
    size_t size;
} glia__block;

/* Make room for `size` bytes; the content is lost where the block has to grow. On failure nothing changes. */
glia_status glia__block_reserve(glia__block *block, const glia__allocator *allocator, size_t size);

/* The same, and keep the content; at least doubles, so that appending costs little. */
glia_status glia__block_extend(glia__block *block, const glia__allocator *allocator, size_t size);

void glia__block_release(glia__block *block, const glia__allocator *allocator);

#endif
