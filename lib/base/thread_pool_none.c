/* SPDX-License-Identifier: MIT */
/* What stands for thread_pool.c where the library is built without threads: there never is a pool. */
#include "base/thread_pool.h"

#include <assert.h>

size_t glia__thread_pool_limit(void)
{
    return 1;
}

glia__thread_pool *glia__thread_pool_create(const glia__allocator *allocator, size_t worker_count)
{
    (void)allocator;
    (void)worker_count;
    return NULL;
}

void glia__thread_pool_destroy(glia__thread_pool *pool)
{
    assert(pool == NULL);
    (void)pool;
}

void glia__thread_pool_run(glia__thread_pool *pool, size_t n, glia__task_fn *task, void *context)
{
    assert(pool != NULL);
    (void)pool;
    for (size_t i = 0; i < n; i++)
        task(context, i);
}
