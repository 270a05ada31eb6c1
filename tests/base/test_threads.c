/* SPDX-License-Identifier: MIT */
/* Tasks on workers, on the host's threads and alone: each once, in the caller's floating-point mode, for one caller. */
#include "base/threads.h"

#include <fenv.h>
#include <pthread.h>
#include <stdatomic.h>

#include "api/harness.h"
#include "base/counted_allocator.h"
#include "base/float_mode.h"

enum {
    N_MAX = 300
};

/* A host: runs tasks backwards, in a floating-point mode of its own. */
typedef struct backwards_host {
    int n_calls;
    int n_changed_modes; /* tasks that left another mode behind */
    uint64_t mode;
} backwards_host;

static void run_backwards(void *user, size_t n, glia__task_fn *task, void *context)
{
    backwards_host *host = user;
    host->n_calls++;
    glia__float_mode mode = glia__float_mode_enter(host->mode);
    for (size_t i = n; i-- > 0;) {
        task(context, i);
        host->n_changed_modes += (glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS) != host->mode;
    }
    glia__float_mode_leave(mode);
}

/* What each task saw, and how often it ran. */
typedef struct task_record {
    atomic_int n_runs[N_MAX];
    uint64_t modes[N_MAX];
    size_t order[N_MAX]; /* when it ran */
    atomic_size_t n_done;
} task_record;

static void note_task(void *context, size_t i)
{
    task_record *record = context;
    atomic_fetch_add(&record->n_runs[i], 1);
    record->modes[i] = glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS;
    record->order[i] = atomic_fetch_add(&record->n_done, 1);
}

/* Run n tasks; answers how many of N_MAX did not run as often as they should. */
static int run_tasks(glia__threads *threads, size_t n, task_record *record)
{
    *record = (task_record){0};
    glia__threads_run(threads, n, note_task, record);
    int errors = 0;
    for (size_t i = 0; i < N_MAX; i++)
        errors += atomic_load(&record->n_runs[i]) != (i < n);
    return errors;
}

/* Threads of the library's own, with counted memory. */
typedef struct counted_threads {
    counted_memory memory;
    glia__threads threads;
} counted_threads;

static void begin(counted_threads *counted, size_t count)
{
    counted->memory = (counted_memory){0};
    glia__allocator allocator = counted_allocator(&counted->memory);
    glia__threads_begin(&counted->threads, &allocator, count, NULL, NULL);
}

static void end(counted_threads *counted)
{
    glia__threads_release(&counted->threads);
    assert_int_equal(counted->memory.blocks, 0);
    assert_int_equal(counted->memory.bytes, 0);
}

static void test_one_thread_runs_tasks_in_order_and_needs_nothing(void **state)
{
    (void)state;
    task_record record;
    counted_threads counted;
    begin(&counted, 1);
    glia__threads *const alone[] = {NULL, &counted.threads};
    for (size_t which = 0; which < COUNT_OF(alone); which++) {
        assert_int_equal(glia__threads_count(alone[which]), 1);
        assert_int_equal(run_tasks(alone[which], N_MAX, &record), 0);
        for (size_t i = 0; i < N_MAX; i++)
            assert_int_equal(record.order[i], i);
    }
    assert_int_equal(counted.memory.calls, 0);
    end(&counted);
}

static void test_every_task_runs_once_on_workers(void **state)
{
    (void)state;
    task_record record;
    for (size_t count = 1; count < 10; count++) {
        counted_threads counted;
        begin(&counted, count);
        for (size_t n = 0; n <= N_MAX; n += n < 20 ? 1 : 40)
            assert_int_equal(run_tasks(&counted.threads, n, &record), 0);
        end(&counted);
    }
}

static void test_every_task_runs_once_on_the_host(void **state)
{
    (void)state;
    task_record record;
    backwards_host host = {.mode = GLIA__FLOAT_MODE_EXACT};
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__threads threads;
    glia__threads_begin(&threads, &allocator, 1000, run_backwards, &host);
    assert_int_equal(glia__threads_count(&threads), 1000);
    for (size_t n = 0; n <= N_MAX; n++) {
        assert_int_equal(run_tasks(&threads, n, &record), 0);
        assert_int_equal(host.n_calls, n < 2 ? 0 : n - 1); /* a single task has no need of it */
    }
    assert_int_equal(memory.calls, 0);
    glia__threads_release(&threads);
}

static void test_host_is_not_asked_where_the_caller_wants_one_thread(void **state)
{
    (void)state;
    task_record record;
    backwards_host host = {0};
    glia__threads threads;
    glia__threads_begin(&threads, &glia__default_allocator, 1, run_backwards, &host);
    assert_int_equal(run_tasks(&threads, N_MAX, &record), 0);
    assert_int_equal(host.n_calls, 0);
    glia__threads_release(&threads);
}

static void test_workers_begin_with_the_first_run_for_two(void **state)
{
    (void)state;
    task_record record;
    counted_threads counted;
    begin(&counted, 2);
    if (glia__threads_count(&counted.threads) < 2)
        skip();
    assert_int_equal(run_tasks(&counted.threads, 0, &record), 0);
    assert_int_equal(run_tasks(&counted.threads, 1, &record), 0);
    assert_int_equal(counted.memory.calls, 0);
    for (int round = 0; round < 10; round++)
        assert_int_equal(run_tasks(&counted.threads, 2, &record), 0);
    assert_int_equal(counted.memory.calls, 1);
    end(&counted);
}

static void test_there_are_no_more_threads_than_can_get_on(void **state)
{
    (void)state;
    counted_threads counted;
    begin(&counted, SIZE_MAX);
    assert_int_equal(counted.threads.wanted, SIZE_MAX);
    assert_true(glia__threads_count(&counted.threads) <= glia__thread_pool_limit());
    end(&counted);
}

static void test_new_number_ends_the_workers_of_another(void **state)
{
    (void)state;
    task_record record;
    counted_threads counted;
    begin(&counted, 2);
    if (glia__threads_count(&counted.threads) < 2)
        skip();
    assert_int_equal(run_tasks(&counted.threads, N_MAX, &record), 0);
    glia__threads_set_count(&counted.threads, 2);
    assert_int_equal(counted.memory.blocks, 1);
    glia__threads_set_count(&counted.threads, 1);
    assert_int_equal(counted.memory.blocks, 0);
    assert_int_equal(glia__threads_count(&counted.threads), 1);
    assert_int_equal(run_tasks(&counted.threads, N_MAX, &record), 0);
    glia__threads_set_count(&counted.threads, 2);
    assert_int_equal(run_tasks(&counted.threads, N_MAX, &record), 0);
    end(&counted);
}

static void test_no_memory_is_one_thread_and_no_failure(void **state)
{
    (void)state;
    task_record record;
    counted_threads counted;
    begin(&counted, 2);
    glia_error_set(GLIA_ERR_TEXT, "before");
    counted_memory_fail(&counted.memory, 1);
    assert_int_equal(run_tasks(&counted.threads, N_MAX, &record), 0);
    counted_memory_relent(&counted.memory);
    assert_int_equal(counted.memory.blocks, 0);
    assert_int_equal(run_tasks(&counted.threads, N_MAX, &record), 0);
    assert_string_equal(glia_error_message(), "before");
    end(&counted);
}

/* Run tasks from a caller in this mode; answers how many were in another, or changed the caller's. */
static int count_strange_modes(glia__threads *threads, uint64_t mode)
{
    task_record record;
    glia__float_mode before = glia__float_mode_enter(mode);
    int errors = run_tasks(threads, N_MAX, &record);
    errors += (glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS) != mode;
    glia__float_mode_leave(before);
    for (size_t i = 0; i < N_MAX; i++)
        errors += record.modes[i] != mode;
    return errors;
}

/* The modes of training, of exact calls, and one that a caller may be in, as the processor keeps them: an emulated one
 * may not flush. */
static void list_modes(uint64_t modes[3])
{
    const uint64_t words[] = {GLIA__FLOAT_MODE_TRAINING, GLIA__FLOAT_MODE_EXACT};
    int rounding = fegetround();
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        glia__float_mode before = glia__float_mode_enter(words[i]);
        modes[i] = glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS;
        glia__float_mode_leave(before);
    }
    fesetround(FE_UPWARD);
    modes[2] = glia__float_word() & ~GLIA__FLOAT_MODE_FLAGS;
    fesetround(rounding);
}

static void test_workers_compute_in_the_callers_mode(void **state)
{
    (void)state;
    uint64_t modes[3];
    counted_threads counted;
    list_modes(modes);
    begin(&counted, 4);
    for (int round = 0; round < 300; round++)
        assert_int_equal(count_strange_modes(&counted.threads, modes[round % 3]), 0);
    end(&counted);
}

static void test_host_computes_in_the_callers_mode_and_keeps_its_own(void **state)
{
    (void)state;
    uint64_t modes[3];
    backwards_host host = {0};
    glia__threads threads;
    list_modes(modes);
    glia__threads_begin(&threads, &glia__default_allocator, 4, run_backwards, &host);
    for (size_t callers = 0; callers < 3; callers++)
        for (size_t hosts = 0; hosts < 3; hosts++) {
            host.mode = modes[hosts];
            assert_int_equal(count_strange_modes(&threads, modes[callers]), 0);
            assert_int_equal(host.n_changed_modes, 0);
        }
    glia__threads_release(&threads);
}

/* A thread with threads of its own to command. */
static void *run_many(void *errors)
{
    task_record record;
    glia__threads threads;
    glia__threads_begin(&threads, &glia__default_allocator, 3, NULL, NULL);
    for (int round = 0; round < 300; round++)
        *(int *)errors += run_tasks(&threads, (size_t)round, &record);
    glia__threads_release(&threads);
    return NULL;
}

static void test_two_callers_with_threads_of_their_own_are_apart(void **state)
{
    (void)state;
    pthread_t callers[2];
    int errors[2] = {0};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&callers[i], NULL, run_many, &errors[i]), 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(callers[i], NULL), 0);
        assert_int_equal(errors[i], 0);
    }
}

static void test_threads_are_taken_by_one(void **state)
{
    (void)state;
    backwards_host host = {0};
    glia__threads threads;
    glia__threads_begin(&threads, &glia__default_allocator, 4, run_backwards, &host);
    for (int round = 0; round < 3; round++) {
        assert_ptr_equal(glia__threads_try_take(&threads), &threads);
        assert_null(glia__threads_try_take(&threads));
        glia__threads_give(NULL);
        assert_null(glia__threads_try_take(&threads));
        glia__threads_give(&threads);
    }
    glia__threads_release(&threads);
}

static void test_one_thread_is_nothing_to_take(void **state)
{
    (void)state;
    counted_threads counted;
    begin(&counted, 1);
    assert_null(glia__threads_try_take(NULL));
    assert_null(glia__threads_try_take(&counted.threads));
    end(&counted);
}

/* A caller among several who want the same threads. */
typedef struct rival {
    glia__threads *threads;
    int errors, n_taken;
} rival;

static void *take_and_run(void *argument)
{
    rival *self = argument;
    task_record record;
    for (int round = 0; round < 2000; round++) {
        glia__threads *taken = glia__threads_try_take(self->threads);
        self->n_taken += taken != NULL;
        self->errors += run_tasks(taken, 5, &record);
        glia__threads_give(taken);
    }
    return NULL;
}

static void test_rivals_compute_with_the_threads_or_alone(void **state)
{
    (void)state;
    pthread_t callers[3];
    rival rivals[COUNT_OF(callers)];
    counted_threads counted;
    begin(&counted, 3);
    for (size_t i = 0; i < COUNT_OF(callers); i++) {
        rivals[i] = (rival){.threads = &counted.threads};
        assert_int_equal(pthread_create(&callers[i], NULL, take_and_run, &rivals[i]), 0);
    }
    int n_taken = 0;
    for (size_t i = 0; i < COUNT_OF(callers); i++) {
        assert_int_equal(pthread_join(callers[i], NULL), 0);
        assert_int_equal(rivals[i].errors, 0);
        n_taken += rivals[i].n_taken;
    }
    assert_true(n_taken > 0 || glia__threads_count(&counted.threads) == 1);
    end(&counted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_thread_runs_tasks_in_order_and_needs_nothing),
        cmocka_unit_test(test_every_task_runs_once_on_workers),
        cmocka_unit_test(test_every_task_runs_once_on_the_host),
        cmocka_unit_test(test_host_is_not_asked_where_the_caller_wants_one_thread),
        cmocka_unit_test(test_workers_begin_with_the_first_run_for_two),
        cmocka_unit_test(test_there_are_no_more_threads_than_can_get_on),
        cmocka_unit_test(test_new_number_ends_the_workers_of_another),
        cmocka_unit_test(test_no_memory_is_one_thread_and_no_failure),
        cmocka_unit_test(test_workers_compute_in_the_callers_mode),
        cmocka_unit_test(test_host_computes_in_the_callers_mode_and_keeps_its_own),
        cmocka_unit_test(test_two_callers_with_threads_of_their_own_are_apart),
        cmocka_unit_test(test_threads_are_taken_by_one),
        cmocka_unit_test(test_one_thread_is_nothing_to_take),
        cmocka_unit_test(test_rivals_compute_with_the_threads_or_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
