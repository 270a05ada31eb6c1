/* SPDX-License-Identifier: MIT */
/* A guarded list of free blocks. The guard is held for a few instructions, so waiting for it is a short spin. */
#include "base/scratch_pool.h"

#include "base/size.h"

/* Stands in front of the bytes that are lent, in an alignment unit of its own. */
struct glia__scratch {
    glia__scratch *next;
    size_t size; /* of the bytes behind */
};

_Static_assert(sizeof(glia__scratch) <= GLIA__ALIGNMENT, "the head of a block must leave it aligned");

void glia__scratch_pool_begin(glia__scratch_pool *pool, const glia__allocator *allocator)
{
    pool->allocator = *allocator;
    pool->free = NULL;
    atomic_flag_clear(&pool->guard);
}

static void release(glia__scratch_pool *pool, glia__scratch *scratch)
{
    glia__release(&pool->allocator, scratch, scratch->size + GLIA__ALIGNMENT);
}

void glia__scratch_pool_release(glia__scratch_pool *pool)
{
    while (pool->free != NULL) {
        glia__scratch *first = pool->free;
        pool->free = first->next;
        release(pool, first);
    }
}

static void push(glia__scratch_pool *pool, glia__scratch *scratch)
{
    while (atomic_flag_test_and_set_explicit(&pool->guard, memory_order_acquire))
        ;
    scratch->next = pool->free;
    pool->free = scratch;
    atomic_flag_clear_explicit(&pool->guard, memory_order_release);
}

static glia__scratch *pop(glia__scratch_pool *pool)
{
    while (atomic_flag_test_and_set_explicit(&pool->guard, memory_order_acquire))
        ;
    glia__scratch *first = pool->free;
    if (first != NULL)
        pool->free = first->next;
    atomic_flag_clear_explicit(&pool->guard, memory_order_release);
    return first;
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
