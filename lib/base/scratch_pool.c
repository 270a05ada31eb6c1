/* SPDX-License-Identifier: MIT */
/* Free blocks lie in a row of places. Who exchanges one out of its place has it, and nobody else. */
#include "base/scratch_pool.h"

#include "base/size.h"

/* Stands in front of the bytes that are lent, in an alignment unit of its own. */
struct glia__scratch {
    size_t size; /* of the bytes behind */
};

_Static_assert(sizeof(glia__scratch) <= GLIA__ALIGNMENT, "the head of a block must leave it aligned");

void glia__scratch_pool_begin(glia__scratch_pool *pool, const glia__allocator *allocator)
{
    pool->allocator = *allocator;
    for (size_t i = 0; i < GLIA__SCRATCH_KEPT; i++)
        atomic_init(&pool->free[i], NULL);
}

static void release(glia__scratch_pool *pool, glia__scratch *scratch)
{
    glia__release(&pool->allocator, scratch, scratch->size + GLIA__ALIGNMENT);
}

/* The first free block there is, or NULL. */
static glia__scratch *pop(glia__scratch_pool *pool)
{
    glia__scratch *scratch = NULL;
    for (size_t i = 0; i < GLIA__SCRATCH_KEPT && scratch == NULL; i++)
        if (atomic_load_explicit(&pool->free[i], memory_order_relaxed) != NULL)
            scratch = atomic_exchange_explicit(&pool->free[i], NULL, memory_order_acquire);
    return scratch;
}

static void push(glia__scratch_pool *pool, glia__scratch *scratch)
{
    for (size_t i = 0; i < GLIA__SCRATCH_KEPT; i++) {
        glia__scratch *none = NULL;
        if (atomic_load_explicit(&pool->free[i], memory_order_relaxed) == NULL &&
            atomic_compare_exchange_strong_explicit(&pool->free[i], &none, scratch, memory_order_release,
                                                    memory_order_relaxed))
            return;
    }
    release(pool, scratch);
}

void glia__scratch_pool_release(glia__scratch_pool *pool)
{
    for (glia__scratch *scratch = pop(pool); scratch != NULL; scratch = pop(pool))
        release(pool, scratch);
}

static glia__scratch *allocate(glia__scratch_pool *pool, size_t size)
{
    size_t total;
    if (!glia__size_add(&total, size, GLIA__ALIGNMENT))
        return NULL;
    glia__scratch *scratch = glia__allocate(&pool->allocator, total);
    if (scratch != NULL)
        scratch->size = size;
    return scratch;
}

void *glia__scratch_take(glia__scratch_pool *pool, size_t size)
{
    glia__scratch *scratch = pop(pool);
    if (scratch == NULL || scratch->size < size) {
        glia__scratch *larger = allocate(pool, size);
        if (larger == NULL && scratch != NULL)
            push(pool, scratch);
        if (larger == NULL)
            return NULL;
        if (scratch != NULL)
            release(pool, scratch);
        scratch = larger;
    }
    return (char *)scratch + GLIA__ALIGNMENT;
}

void glia__scratch_give(glia__scratch_pool *pool, void *bytes)
{
    push(pool, (glia__scratch *)((char *)bytes - GLIA__ALIGNMENT));
}
