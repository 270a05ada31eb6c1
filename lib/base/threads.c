/* SPDX-License-Identifier: MIT */
/* Tasks go to the workers, to the host or to nobody else, and run in the caller's floating-point mode everywhere. */
#include "base/threads.h"

#include <assert.h>

#include "base/float_mode.h"

void glia__threads_begin(glia__threads *threads, const glia__allocator *allocator, size_t count,
                         glia__parallel_for_fn *parallel_for, void *user)
{
    *threads = (glia__threads){.allocator = *allocator, .parallel_for = parallel_for, .user = user};
    atomic_flag_clear(&threads->is_taken);
    glia__threads_set_count(threads, count);
}

void glia__threads_release(glia__threads *threads)
{
    glia__thread_pool_destroy(threads->pool);
    threads->pool = NULL;
}

/* Only the host knows what its own threads can do; of ours, more than the processors would take turns. */
void glia__threads_set_count(glia__threads *threads, size_t count)
{
    assert(count > 0);
    size_t before = threads->count;
    size_t limit = count == 1 || threads->parallel_for != NULL ? count : glia__thread_pool_limit();
    threads->wanted = count;
    threads->count = count < limit ? count : limit;
    if (threads->count != before)
        glia__threads_release(threads);
}

/* What a task needs on a thread that may be in another mode. */
typedef struct adopted_task {
    glia__task_fn *task;
    void *context;
    uint64_t float_mode;
} adopted_task;

static void run_adopted(void *context, size_t i)
{
    const adopted_task *adopted = context;
    glia__float_mode mode = glia__float_mode_enter(adopted->float_mode);
    adopted->task(adopted->context, i);
    glia__float_mode_leave(mode);
}

static void run_alone(size_t n, glia__task_fn *task, void *context)
{
    for (size_t i = 0; i < n; i++)
        task(context, i);
}

void glia__threads_run(glia__threads *threads, size_t n, glia__task_fn *task, void *context)
{
    if (n < 2 || glia__threads_count(threads) == 1) {
        run_alone(n, task, context);
        return;
    }
    adopted_task adopted = {task, context, glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS};
    if (threads->parallel_for != NULL) {
        threads->parallel_for(threads->user, n, run_adopted, &adopted);
        return;
    }
    if (threads->pool == NULL)
        threads->pool = glia__thread_pool_create(&threads->allocator, threads->count - 1);
    if (threads->pool != NULL)
        glia__thread_pool_run(threads->pool, n, run_adopted, &adopted);
    else
        run_alone(n, task, context);
}

glia__threads *glia__threads_try_take(glia__threads *threads)
{
    if (glia__threads_count(threads) == 1 ||
        atomic_flag_test_and_set_explicit(&threads->is_taken, memory_order_acquire))
        return NULL;
    return threads;
}

void glia__threads_give(glia__threads *taken)
{
    if (taken != NULL)
        atomic_flag_clear_explicit(&taken->is_taken, memory_order_release);
}
