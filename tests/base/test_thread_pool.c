/* SPDX-License-Identifier: MIT */
/* Workers: every task once, at the same time, in children too, with fewer threads than asked for, and no signals.
 * Windows has no children, signals and cancellation. */
#define _GNU_SOURCE /* sched_setaffinity */
#include "base/thread_pool.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#if !defined _WIN32
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "api/harness.h"
#include "base/counted_allocator.h"

enum {
    WORKERS = 5, /* more than most machines that run this have processors to spare */
    N_MAX = 1000
};

/* Of the system's threads, all after the first `n_startable` fail to start. */
static int n_startable;

#if !defined _WIN32
/* The linker leads pthread_create here. */
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument)
{
    if (n_startable == 0)
        return EAGAIN;
    n_startable--;
    return __real_pthread_create(thread, attributes, start, argument);
}
#endif

static int let_all_start(void **state)
{
    (void)state;
    n_startable = 1000;
    return 0;
}

static glia__thread_pool *make_pool(size_t worker_count)
{
    glia__thread_pool *pool = glia__thread_pool_create(&glia__default_allocator, worker_count);
    assert_non_null(pool);
    return pool;
}

static void pause_for(long microseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000 * microseconds}, NULL);
}

/* How often each index ran, and how long each takes. */
typedef struct tally {
    atomic_int runs[N_MAX];
    long microseconds;
} tally;

static void count_run(void *context, size_t i)
{
    tally *counts = context;
    atomic_fetch_add(&counts->runs[i], 1);
    if (counts->microseconds > 0)
        pause_for(counts->microseconds);
}

/* How many of the first n indices did not run once, and how many of the others ran. */
static int run_and_count_errors(glia__thread_pool *pool, size_t n, long microseconds)
{
    static tally counts; /* of one caller at a time */
    for (size_t i = 0; i < N_MAX; i++)
        atomic_init(&counts.runs[i], 0);
    counts.microseconds = microseconds;
    glia__thread_pool_run(pool, n, count_run, &counts);
    int errors = 0;
    for (size_t i = 0; i < N_MAX; i++)
        errors += atomic_load(&counts.runs[i]) != (i < n);
    return errors;
}

static void test_every_index_runs_once(void **state)
{
    (void)state;
    for (size_t worker_count = 0; worker_count <= WORKERS; worker_count++) {
        glia__thread_pool *pool = make_pool(worker_count);
        for (size_t n = 0; n <= N_MAX; n += n < 20 ? 1 : 49)
            for (int round = 0; round < 5; round++)
                assert_int_equal(run_and_count_errors(pool, n, 0), 0);
        glia__thread_pool_destroy(pool);
    }
}

/* Long enough that who waits goes to sleep: workers between the runs, the caller behind them. */
static void test_sleepers_are_woken(void **state)
{
    (void)state;
    glia__thread_pool *pool = make_pool(WORKERS);
    for (int round = 0; round < 20; round++) {
        pause_for(500);
        assert_int_equal(run_and_count_errors(pool, WORKERS + 2, 200), 0);
    }
    pause_for(500);
    glia__thread_pool_destroy(pool);
}

/* Tasks that end when all have begun, so that each has a thread of its own; and the thread's mask of signals. */
typedef struct meeting {
    size_t n;
    atomic_size_t n_there;
    pthread_t threads[WORKERS + 1];
#if !defined _WIN32
    sigset_t masks[WORKERS + 1];
#endif
} meeting;

static void meet(void *context, size_t i)
{
    meeting *all = context;
    all->threads[i] = pthread_self();
#if !defined _WIN32
    pthread_sigmask(SIG_SETMASK, NULL, &all->masks[i]);
#endif
    atomic_fetch_add(&all->n_there, 1);
    while (atomic_load(&all->n_there) < all->n)
        sched_yield();
}

static void run_meeting(glia__thread_pool *pool, meeting *all, size_t n)
{
    *all = (meeting){.n = n};
    glia__thread_pool_run(pool, n, meet, all);
}

static void test_all_threads_compute_at_the_same_time(void **state)
{
    (void)state;
    meeting all;
    glia__thread_pool *pool = make_pool(WORKERS);
    run_meeting(pool, &all, WORKERS + 1);
    for (size_t i = 0; i < all.n; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(pthread_equal(all.threads[i], all.threads[j]));
    glia__thread_pool_destroy(pool);
}

#if !defined _WIN32
static void test_workers_block_what_is_sent_to_the_process(void **state)
{
    (void)state;
    const int sent[] = {SIGALRM, SIGCHLD, SIGHUP, SIGINT, SIGIO, SIGPIPE, SIGPROF, SIGTERM, SIGUSR1, SIGUSR2};
    const int raised_by_itself[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV};
    meeting all;
    glia__thread_pool *pool = make_pool(WORKERS);
    run_meeting(pool, &all, WORKERS + 1);
    for (size_t i = 0; i < all.n; i++) {
        bool is_worker = !pthread_equal(all.threads[i], pthread_self());
        for (size_t s = 0; s < COUNT_OF(sent); s++)
            assert_int_equal(sigismember(&all.masks[i], sent[s]), is_worker);
        for (size_t s = 0; s < COUNT_OF(raised_by_itself); s++)
            assert_int_equal(sigismember(&all.masks[i], raised_by_itself[s]), 0);
    }
    glia__thread_pool_destroy(pool);
}
#endif

static void test_pool_may_end_before_its_workers_begin(void **state)
{
    (void)state;
    for (int round = 0; round < 50; round++)
        glia__thread_pool_destroy(make_pool(WORKERS));
    glia__thread_pool_destroy(NULL);
}

#if !defined _WIN32
static void test_threads_that_do_not_start_are_done_without(void **state)
{
    (void)state;
    for (int n = 0; n < WORKERS; n++) {
        meeting all;
        n_startable = n;
        glia__thread_pool *pool = make_pool(WORKERS);
        assert_int_equal(run_and_count_errors(pool, 100, 0), 0);
        run_meeting(pool, &all, (size_t)n + 1);
        glia__thread_pool_destroy(pool);
    }
}
#endif

static void test_no_memory_is_no_failure(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia_error_set(GLIA_ERR_TEXT, "before");
    counted_memory_fail(&memory, 1);
    assert_null(glia__thread_pool_create(&allocator, WORKERS));
    assert_true(counted_memory_relent(&memory));
    assert_null(glia__thread_pool_create(&allocator, SIZE_MAX / 2));
    assert_string_equal(glia_error_message(), "before");
}

static void test_pool_is_one_block_of_the_allocator(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__thread_pool *pool = glia__thread_pool_create(&allocator, WORKERS);
    for (int round = 0; round < 10; round++)
        assert_int_equal(run_and_count_errors(pool, 100, 0), 0);
    assert_int_equal(memory.calls, 1);
    assert_int_equal(memory.blocks, 1);
    glia__thread_pool_destroy(pool);
    assert_int_equal(memory.blocks, 0);
    assert_int_equal(memory.bytes, 0);
}

#if !defined _WIN32
/* ThreadSanitizer cannot follow the threads that a forked child starts, and QEMU in user mode ends with an assertion of
 * its own. */
#if defined __SANITIZE_THREAD__ || defined GLIA_TESTS_UNDER_QEMU
#define SKIP_WITHOUT_THREADS_IN_CHILDREN() skip()
#else
#define SKIP_WITHOUT_THREADS_IN_CHILDREN() (void)0
#endif

/* What the child says with its exit: 0 is good. */
static int wait_for(pid_t child)
{
    int status;
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void test_child_computes_with_workers_of_its_own(void **state)
{
    (void)state;
    SKIP_WITHOUT_THREADS_IN_CHILDREN();
    meeting all;
    glia__thread_pool *pool = make_pool(WORKERS);
    assert_int_equal(run_and_count_errors(pool, 100, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        int errors = run_and_count_errors(pool, 100, 0);
        run_meeting(pool, &all, WORKERS + 1);
        glia__thread_pool_destroy(pool);
        _exit(errors != 0);
    }
    assert_int_equal(wait_for(child), 0);
    run_meeting(pool, &all, WORKERS + 1);
    glia__thread_pool_destroy(pool);
}

/* Workers that spin, and that sleep. */
static void test_child_may_destroy_the_pool_of_its_parent(void **state)
{
    (void)state;
    glia__thread_pool *pool = make_pool(WORKERS);
    for (long microseconds = 0; microseconds <= 1000; microseconds += 1000) {
        assert_int_equal(run_and_count_errors(pool, 100, 0), 0);
        pause_for(microseconds);
        pid_t child = fork();
        if (child == 0) {
            glia__thread_pool_destroy(pool);
            _exit(0);
        }
        assert_int_equal(wait_for(child), 0);
    }
    glia__thread_pool_destroy(pool);
}

/* A run whose tasks wait for the word to go on, on a thread of its own. */
typedef struct held_run {
    glia__thread_pool *pool;
    pthread_t caller;
    atomic_size_t n_begun;
    atomic_bool may_go_on, has_ended;
} held_run;

static void hold_worker(void *context, size_t i)
{
    (void)i;
    held_run *run = context;
    atomic_fetch_add(&run->n_begun, 1);
    while (atomic_load(&run->n_begun) < 2) /* until the other thread has the other task */
        sched_yield();
    while (!pthread_equal(pthread_self(), run->caller) && !atomic_load(&run->may_go_on))
        sched_yield();
}

static void *call_held_run(void *argument)
{
    held_run *run = argument;
    run->caller = pthread_self();
    glia__thread_pool_run(run->pool, 2, hold_worker, run);
    atomic_store(&run->has_ended, true);
    pthread_testcancel();
    return NULL;
}

static pthread_t begin_held_run(held_run *run)
{
    pthread_t caller;
    *run = (held_run){.pool = make_pool(1)};
    assert_int_equal(pthread_create(&caller, NULL, call_held_run, run), 0);
    while (atomic_load(&run->n_begun) < 2)
        sched_yield();
    pause_for(1000); /* so that the caller sleeps, or soon will */
    return caller;
}

static void test_child_may_use_a_pool_that_was_busy(void **state)
{
    (void)state;
    SKIP_WITHOUT_THREADS_IN_CHILDREN();
    held_run run;
    pthread_t caller = begin_held_run(&run);
    pid_t child = fork();
    if (child == 0) {
        int errors = run_and_count_errors(run.pool, 100, 0);
        glia__thread_pool_destroy(run.pool);
        _exit(errors != 0);
    }
    atomic_store(&run.may_go_on, true);
    assert_int_equal(pthread_join(caller, NULL), 0);
    glia__thread_pool_destroy(run.pool);
    assert_int_equal(wait_for(child), 0);
}

static void test_cancelled_caller_stays_until_the_run_ends(void **state)
{
    (void)state;
    held_run run;
    void *result = NULL;
    pthread_t caller = begin_held_run(&run);
    assert_int_equal(pthread_cancel(caller), 0);
    pause_for(1000);
    atomic_store(&run.may_go_on, true);
    assert_int_equal(pthread_join(caller, &result), 0);
    assert_ptr_equal(result, PTHREAD_CANCELED);
    assert_true(atomic_load(&run.has_ended));
    glia__thread_pool_destroy(run.pool);
}
#endif

#ifdef __linux__
static void *limit_on_one_processor(void *limit)
{
    cpu_set_t usable, one;
    CPU_ZERO(&one);
    sched_getaffinity(0, sizeof usable, &usable);
    for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &usable))
            CPU_SET(i, &one);
    sched_setaffinity(0, sizeof one, &one);
    *(size_t *)limit = glia__thread_pool_limit();

    /* Here nobody spins, and it goes on all the same. */
    glia__thread_pool *pool = glia__thread_pool_create(&glia__default_allocator, WORKERS);
    int errors = 0;
    for (int round = 0; round < 100; round++)
        errors += run_and_count_errors(pool, 100, 0);
    glia__thread_pool_destroy(pool);
    return errors == 0 ? limit : NULL;
}

static void test_limit_is_what_the_thread_may_use(void **state)
{
    (void)state;
    pthread_t thread;
    size_t limit = 0;
    void *result;
    assert_true(glia__thread_pool_limit() >= 1);
    assert_int_equal(pthread_create(&thread, NULL, limit_on_one_processor, &limit), 0);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, &limit);
    assert_int_equal(limit, 1);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_every_index_runs_once, let_all_start),
        cmocka_unit_test_setup(test_sleepers_are_woken, let_all_start),
        cmocka_unit_test_setup(test_all_threads_compute_at_the_same_time, let_all_start),
        cmocka_unit_test_setup(test_pool_may_end_before_its_workers_begin, let_all_start),
        cmocka_unit_test_setup(test_no_memory_is_no_failure, let_all_start),
        cmocka_unit_test_setup(test_pool_is_one_block_of_the_allocator, let_all_start),
#if !defined _WIN32
        cmocka_unit_test_setup(test_workers_block_what_is_sent_to_the_process, let_all_start),
        cmocka_unit_test_setup(test_threads_that_do_not_start_are_done_without, let_all_start),
        cmocka_unit_test_setup(test_child_computes_with_workers_of_its_own, let_all_start),
        cmocka_unit_test_setup(test_child_may_destroy_the_pool_of_its_parent, let_all_start),
        cmocka_unit_test_setup(test_child_may_use_a_pool_that_was_busy, let_all_start),
        cmocka_unit_test_setup(test_cancelled_caller_stays_until_the_run_ends, let_all_start),
#endif
#ifdef __linux__
        cmocka_unit_test_setup(test_limit_is_what_the_thread_may_use, let_all_start),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
