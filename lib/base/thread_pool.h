/* SPDX-License-Identifier: MIT */
/* Worker threads that share the tasks of a caller. Where the library is built without threads there never is a pool. */
#ifndef GLIA_BASE_THREAD_POOL_H
#define GLIA_BASE_THREAD_POOL_H

#include "base/memory.h"

typedef struct glia__thread_pool glia__thread_pool;

typedef void glia__task_fn(void *context, size_t i);

/* How many threads can get on at the same time: as many as the processors that the calling thread may use. */
size_t glia__thread_pool_limit(void);

/*
 * Start `worker_count` workers, or as many as the system gives: without any, callers compute alone. They inherit the
 * processors of the calling thread. NULL, and the thread's error message as it was, if there is no memory: whoever
 * asked can compute alone, so nothing has failed.
 */
glia__thread_pool *glia__thread_pool_create(const glia__allocator *allocator, size_t worker_count);

/* Also in a forked child, which has the memory of its parent's pool and none of the workers. NULL is fine. */
void glia__thread_pool_destroy(glia__thread_pool *pool);

/*
 * Call task(context, i) once for every i below n, on the caller and the workers, and return when all calls have. They
 * begin in the order of i. One caller at a time, and no task may call this. In a forked child it first starts workers.
 */
void glia__thread_pool_run(glia__thread_pool *pool, size_t n, glia__task_fn *task, void *context);

#endif
