/* SPDX-License-Identifier: MIT */
/* The threads of Windows for the pool; see system_threads.h. There are no signals, no cancellation and no fork. */
#ifndef GLIA_BASE_SYSTEM_THREADS_WINDOWS_H
#define GLIA_BASE_SYSTEM_THREADS_WINDOWS_H

#include <process.h>
#include <windows.h>

typedef SRWLOCK glia__mutex;
typedef CONDITION_VARIABLE glia__condition;
typedef HANDLE glia__thread;
typedef unsigned glia__thread_result;

#define GLIA__MUTEX_INITIALIZER     SRWLOCK_INIT
#define GLIA__CONDITION_INITIALIZER CONDITION_VARIABLE_INIT
#define GLIA__THREAD_CALL           __stdcall
#define GLIA__THREAD_DONE           0

static inline void glia__mutex_lock(glia__mutex *mutex)
{
    AcquireSRWLockExclusive(mutex);
}

static inline void glia__mutex_unlock(glia__mutex *mutex)
{
    ReleaseSRWLockExclusive(mutex);
}

static inline void glia__mutex_destroy(glia__mutex *mutex)
{
    (void)mutex;
}

static inline void glia__condition_wait(glia__condition *condition, glia__mutex *mutex)
{
    SleepConditionVariableSRW(condition, mutex, INFINITE, 0);
}

static inline void glia__condition_wake_all(glia__condition *condition)
{
    WakeAllConditionVariable(condition);
}

static inline void glia__condition_destroy(glia__condition *condition)
{
    (void)condition;
}

static inline bool glia__thread_start(glia__thread *thread, size_t stack_bytes,
                                      glia__thread_result(__stdcall *run)(void *), void *argument)
{
    *thread =
        (HANDLE)_beginthreadex(NULL, (unsigned)stack_bytes, run, argument, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    return *thread != NULL;
}

static inline void glia__thread_join(glia__thread thread)
{
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
}

typedef struct glia__signals {
    char unused;
} glia__signals;

static inline void glia__signals_block(glia__signals *before)
{
    (void)before;
}

static inline void glia__signals_restore(const glia__signals *before)
{
    (void)before;
}

static inline int glia__cancellation_defer(void)
{
    return 0;
}

static inline void glia__cancellation_restore(int before)
{
    (void)before;
}

static inline uint64_t glia__nanoseconds(void)
{
    LARGE_INTEGER now, per_second;
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&per_second);
    uint64_t ticks = (uint64_t)now.QuadPart, rate = (uint64_t)per_second.QuadPart;
    return ticks / rate * 1000000000u + ticks % rate * 1000000000u / rate;
}

static inline void glia__give_way(void)
{
    SwitchToThread();
}

static inline int64_t glia__process(void)
{
    return 0; /* there is no fork */
}

/* A process whose threads are in several groups of processors has no mask, but then may use them all. */
static inline size_t glia__usable_processors(void)
{
    DWORD_PTR process = 0, machine = 0;
    size_t count = 0;
    if (GetProcessAffinityMask(GetCurrentProcess(), &process, &machine) && process != 0)
        for (; process != 0; process &= process - 1)
            count++;
    else
        count = GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
    return count;
}

#endif
