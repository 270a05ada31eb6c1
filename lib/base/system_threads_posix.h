/* SPDX-License-Identifier: MIT */
/* POSIX threads for the pool; see system_threads.h. Whoever includes it defines _GNU_SOURCE before, for affinity. */
#ifndef GLIA_BASE_SYSTEM_THREADS_POSIX_H
#define GLIA_BASE_SYSTEM_THREADS_POSIX_H

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

typedef pthread_mutex_t glia__mutex;
typedef pthread_cond_t glia__condition;
typedef pthread_t glia__thread;
typedef void *glia__thread_result;

#define GLIA__MUTEX_INITIALIZER     PTHREAD_MUTEX_INITIALIZER
#define GLIA__CONDITION_INITIALIZER PTHREAD_COND_INITIALIZER
#define GLIA__THREAD_CALL
#define GLIA__THREAD_DONE NULL

static inline void glia__mutex_lock(glia__mutex *mutex)
{
    pthread_mutex_lock(mutex);
}

static inline void glia__mutex_unlock(glia__mutex *mutex)
{
    pthread_mutex_unlock(mutex);
}

static inline void glia__mutex_destroy(glia__mutex *mutex)
{
    pthread_mutex_destroy(mutex);
}

static inline void glia__condition_wait(glia__condition *condition, glia__mutex *mutex)
{
    pthread_cond_wait(condition, mutex);
}

static inline void glia__condition_wake_all(glia__condition *condition)
{
    pthread_cond_broadcast(condition);
}

static inline void glia__condition_destroy(glia__condition *condition)
{
    pthread_cond_destroy(condition);
}

static inline bool glia__thread_start(glia__thread *thread, size_t stack_bytes, glia__thread_result (*run)(void *),
                                      void *argument)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    pthread_attr_setstacksize(&attributes, stack_bytes);
    bool is_started = pthread_create(thread, &attributes, run, argument) == 0;
    pthread_attr_destroy(&attributes);
    return is_started;
}

static inline void glia__thread_join(glia__thread thread)
{
    pthread_join(thread, NULL);
}

typedef sigset_t glia__signals;

/* Block what is sent to the process, which is for the host's threads, and leave what an instruction of the thread's own
 * raises: the host may have handlers that repair its cause, or that report a crash. */
static inline void glia__signals_block(glia__signals *before)
{
    static const int own[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
    sigset_t blocked;
    sigfillset(&blocked);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&blocked, own[i]);
    pthread_sigmask(SIG_BLOCK, &blocked, before);
}

static inline void glia__signals_restore(const glia__signals *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static inline int glia__cancellation_defer(void)
{
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    return before;
}

static inline void glia__cancellation_restore(int before)
{
    pthread_setcancelstate(before, NULL);
}

static inline uint64_t glia__nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static inline void glia__give_way(void)
{
    sched_yield();
}

static inline int64_t glia__process(void)
{
    return getpid();
}

static inline size_t glia__usable_processors(void)
{
#ifdef __linux__
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0)
        return (size_t)CPU_COUNT(&usable);
#endif
#ifdef _SC_NPROCESSORS_ONLN
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (online > 0)
        return (size_t)online;
#endif
    return 0;
}

#endif
