/* SPDX-License-Identifier: MIT */
/*
 * Scratch for calls that may run at the same time on one network. There come to be as many blocks as there were callers
 * at once; after that they are reused. Nobody ever waits for anybody: a thread of higher priority, or a forked child,
 * would wait for ever for one that does not run.
 */
#ifndef GLIA_BASE_SCRATCH_POOL_H
#define GLIA_BASE_SCRATCH_POOL_H

#include <stdatomic.h>

#include "base/memory.h"

/* Blocks that are kept; more callers at once than this allocate and release theirs in each call. */
#define GLIA__SCRATCH_KEPT 64

typedef struct glia__scratch glia__scratch;

typedef struct glia__scratch_pool {
    glia__allocator allocator;
    _Atomic(glia__scratch *) free[GLIA__SCRATCH_KEPT]; /* NULL: no block here */
} glia__scratch_pool;

void glia__scratch_pool_begin(glia__scratch_pool *pool, const glia__allocator *allocator);
void glia__scratch_pool_release(glia__scratch_pool *pool); /* nothing may be taken */

/* `size` bytes, aligned to GLIA__ALIGNMENT, until given back; NULL if there is no memory. */
void *glia__scratch_take(glia__scratch_pool *pool, size_t size);
void glia__scratch_give(glia__scratch_pool *pool, void *bytes);

#endif
