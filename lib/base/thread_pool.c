/* SPDX-License-Identifier: MIT */
/*
 * The workers and their caller meet at two numbers: how many tasks are left to begin, and how many have not ended. Who
 * waits for one of them spins for a while, since mostly the next run is near, and then sleeps. Nobody waits for a
 * worker that has not begun a task: one that the system keeps from running costs its help and no more.
 */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/thread_pool.h"

#include <assert.h>
#include <stdatomic.h>

#include "base/size.h"
#include "base/system_threads.h"

#define SPIN_NANOSECONDS  50000  /* about what it takes to put a thread to sleep and to wake it again */
#define SPIN_ROUND        32     /* looks at the number between two at the clock */
#define STINT_NANOSECONDS 300000 /* how long a worker keeps its processor before it offers it to others */
#define STACK_BYTES       524288 /* tasks want 32 KiB; where memory is locked, all of it is really there */
#define STOP              SIZE_MAX

/* A number that others wait to see become zero, or cease to be. Who waits spins on it, so its cache line is its own. */
typedef struct watched_number {
    _Alignas(GLIA__ALIGNMENT) atomic_size_t value;
    atomic_size_t sleeper_count;
    glia__condition changed;
} watched_number;

struct glia__thread_pool {
    watched_number left;       /* tasks that have not begun; STOP: the workers shall end */
    watched_number unfinished; /* tasks that have not ended */

    /* The run: set before `left`, and as it is until no task is unfinished. */
    size_t n;
    glia__task_fn *task;
    void *context;

    glia__mutex mutex; /* of those who go to sleep */
    uint64_t spin_nanoseconds;
    glia__allocator allocator;
    size_t size; /* of this block */

    int64_t process; /* whose workers they are */
    size_t wanted;   /* workers, for which there is room below */
    size_t worker_count;
    glia__thread workers[];
};

size_t glia__thread_pool_limit(void)
{
    size_t usable = glia__usable_processors();
    return usable > 0 ? usable : SIZE_MAX; /* not to be known: as many as are asked for */
}

/* Leave the memory bus and the other half of the core alone for a moment. */
static inline void relax(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("isb");
#endif
}

static inline bool is_zero(const watched_number *number)
{
    return atomic_load(&number->value) == 0;
}

/* Whether the number became what is wanted within the time. */
static bool spin_until(const watched_number *number, bool wants_zero, uint64_t limit)
{
    if (is_zero(number) == wants_zero)
        return true;
    if (limit == 0)
        return false;
    uint64_t begin = glia__nanoseconds();
    do {
        for (size_t i = 0; i < SPIN_ROUND; i++) {
            relax();
            if (is_zero(number) == wants_zero)
                return true;
        }
    } while (glia__nanoseconds() - begin < limit);
    return false;
}

/* A caller that is cancelled here would leave with workers at its tasks, so that has to wait. */
static void sleep_until(glia__thread_pool *pool, watched_number *number, bool wants_zero)
{
    int cancellation = glia__cancellation_defer();
    glia__mutex_lock(&pool->mutex);
    atomic_fetch_add(&number->sleeper_count, 1);
    while (is_zero(number) != wants_zero)
        glia__condition_wait(&number->changed, &pool->mutex);
    atomic_fetch_sub(&number->sleeper_count, 1);
    glia__mutex_unlock(&pool->mutex);
    glia__cancellation_restore(cancellation);
}

static void wait_until(glia__thread_pool *pool, watched_number *number, bool wants_zero)
{
    if (!spin_until(number, wants_zero, pool->spin_nanoseconds))
        sleep_until(pool, number, wants_zero);
}

/* After the number has changed. A sleeper counts itself before it looks at the number, so if it is not seen here, it
 * sees the change; if it is, the mutex is free only once it sleeps. */
static void wake(glia__thread_pool *pool, watched_number *number)
{
    if (atomic_load(&number->sleeper_count) == 0)
        return;
    glia__mutex_lock(&pool->mutex);
    glia__condition_wake_all(&number->changed);
    glia__mutex_unlock(&pool->mutex);
}

/* Count one task less to begin. Answers with the number before: 0 or STOP if there was no task. */
static size_t begin_task(glia__thread_pool *pool)
{
    size_t left = atomic_load(&pool->left.value);
    while (left != 0 && left != STOP && !atomic_compare_exchange_weak(&pool->left.value, &left, left - 1))
        ;
    return left;
}

/* Take tasks until none is left; false: the workers shall end. Only who has begun a task reads the run, which then
 * cannot end before that task does: this may come late and find itself in the next run. */
static bool share_run(glia__thread_pool *pool)
{
    size_t done = 0, left = begin_task(pool);
    for (; left != 0 && left != STOP; left = begin_task(pool)) {
        pool->task(pool->context, pool->n - left);
        done++;
    }
    if (done > 0 && atomic_fetch_sub(&pool->unfinished.value, done) == done)
        wake(pool, &pool->unfinished);
    return left != STOP;
}

/* A thread that uses up its share of a processor loses it to another program for milliseconds. In the middle of a task
 * that would hold the caller up as long, so a worker gives way of its own accord where it has none; where nobody waits
 * for the processor, that takes half a microsecond. */
static glia__thread_result GLIA__THREAD_CALL work(void *argument)
{
    glia__thread_pool *pool = argument;
    uint64_t begin = glia__nanoseconds();
    bool continues = true;
    while (continues) {
        wait_until(pool, &pool->left, false);
        continues = share_run(pool);
        if (glia__nanoseconds() - begin > STINT_NANOSECONDS) {
            glia__give_way();
            begin = glia__nanoseconds();
        }
    }
    return GLIA__THREAD_DONE;
}

static void start_workers(glia__thread_pool *pool)
{
    glia__signals before;
    glia__signals_block(&before);
    while (pool->worker_count < pool->wanted &&
           glia__thread_start(&pool->workers[pool->worker_count], STACK_BYTES, work, pool))
        pool->worker_count++;
    glia__signals_restore(&before);
}

/* Threads that take turns on a processor should not spin: the one waited for needs it. */
static void begin(glia__thread_pool *pool, const glia__allocator *allocator, size_t size, size_t worker_count)
{
    *pool = (glia__thread_pool){
        .left = {.changed = GLIA__CONDITION_INITIALIZER},
        .unfinished = {.changed = GLIA__CONDITION_INITIALIZER},
        .mutex = GLIA__MUTEX_INITIALIZER,
        .spin_nanoseconds = worker_count < glia__thread_pool_limit() ? SPIN_NANOSECONDS : 0,
        .allocator = *allocator,
        .size = size,
        .process = glia__process(),
        .wanted = worker_count,
    };
    start_workers(pool);
}

glia__thread_pool *glia__thread_pool_create(const glia__allocator *allocator, size_t worker_count)
{
    size_t size;
    if (!glia__size_multiply(&size, worker_count, sizeof(glia__thread)) ||
        !glia__size_add(&size, size, sizeof(glia__thread_pool)))
        return NULL;
    glia__thread_pool *pool = allocator->allocate(allocator->user, size, GLIA__ALIGNMENT);
    if (pool != NULL)
        begin(pool, allocator, size, worker_count);
    return pool;
}

static void stop_workers(glia__thread_pool *pool)
{
    int cancellation = glia__cancellation_defer();
    atomic_store(&pool->left.value, STOP);
    wake(pool, &pool->left);
    for (size_t i = 0; i < pool->worker_count; i++)
        glia__thread_join(pool->workers[i]);
    glia__cancellation_restore(cancellation);
}

/* In a forked child the mutex may be held, and the conditions waited for, by threads that are not there. */
void glia__thread_pool_destroy(glia__thread_pool *pool)
{
    if (pool == NULL)
        return;
    if (pool->process == glia__process()) {
        stop_workers(pool);
        glia__mutex_destroy(&pool->mutex);
        glia__condition_destroy(&pool->unfinished.changed);
        glia__condition_destroy(&pool->left.changed);
    }
    const glia__allocator allocator = pool->allocator;
    glia__release(&allocator, pool, pool->size);
}

void glia__thread_pool_run(glia__thread_pool *pool, size_t n, glia__task_fn *task, void *context)
{
    if (pool->process != glia__process()) {
        const glia__allocator allocator = pool->allocator;
        begin(pool, &allocator, pool->size, pool->wanted);
    }
    assert(is_zero(&pool->unfinished) && n < STOP);
    pool->n = n;
    pool->task = task;
    pool->context = context;
    atomic_store(&pool->unfinished.value, n);
    atomic_store(&pool->left.value, n);
    wake(pool, &pool->left);
    share_run(pool);
    wait_until(pool, &pool->unfinished, true);
}
