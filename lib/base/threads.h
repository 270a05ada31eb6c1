/* SPDX-License-Identifier: MIT */
/* Who computes for a net: the caller alone, with workers of the net's own, or with the host's parallel_for. */
#ifndef GLIA_BASE_THREADS_H
#define GLIA_BASE_THREADS_H

#include <stdatomic.h>

#include "base/thread_pool.h"

typedef void glia__parallel_for_fn(void *user, size_t n, glia__task_fn *task, void *context);

typedef struct glia__threads {
    glia__allocator allocator;
    glia__parallel_for_fn *parallel_for; /* the host's; NULL: workers of our own */
    void *user;
    size_t wanted;           /* threads, as the caller said */
    size_t count;            /* threads that are of use; 1: the caller computes alone */
    glia__thread_pool *pool; /* NULL until the first run that needs it */
    atomic_flag is_taken;    /* by a call that is not the only one */
} glia__threads;

/* count: 1 or more. Nothing is started or allocated yet. */
void glia__threads_begin(glia__threads *threads, const glia__allocator *allocator, size_t count,
                         glia__parallel_for_fn *parallel_for, void *user);
void glia__threads_release(glia__threads *threads);

/* Not while they run. */
void glia__threads_set_count(glia__threads *threads, size_t count);

/* How many threads to cut work for; 1 for NULL. */
static inline size_t glia__threads_count(const glia__threads *threads)
{
    return threads == NULL ? 1 : threads->count;
}

/*
 * Call task(context, i) once for every i below n, in the caller's floating-point mode, and return when all calls have.
 * They may come at the same time or one after the other, so none may wait for another, and none may call this. Where
 * threads cannot be started, those there are do it all. NULL: the caller alone.
 */
void glia__threads_run(glia__threads *threads, size_t n, glia__task_fn *task, void *context);

/* For calls that may come at the same time: NULL for all but one, which gives them back (NULL is fine there). */
glia__threads *glia__threads_try_take(glia__threads *threads);
void glia__threads_give(glia__threads *taken);

#endif
