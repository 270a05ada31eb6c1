/* SPDX-License-Identifier: MIT */
/* Scratch for several callers at once: reused, grown, and never shared. */
#include "base/scratch_pool.h"

#include <pthread.h>
#include <string.h>

#include "api/harness.h"
#include "base/counted_allocator.h"
#include "base/size.h"

/* A pool that counts its memory. */
typedef struct counted_pool {
    counted_memory memory;
    glia__scratch_pool pool;
} counted_pool;

static void begin(counted_pool *counted)
{
    counted->memory = (counted_memory){0};
    glia__allocator allocator = counted_allocator(&counted->memory);
    glia__scratch_pool_begin(&counted->pool, &allocator);
}

static void end(counted_pool *counted)
{
    glia__scratch_pool_release(&counted->pool);
    assert_int_equal(counted->memory.blocks, 0);
    assert_int_equal(counted->memory.bytes, 0);
}

static void *take(counted_pool *counted, size_t size)
{
    unsigned char *bytes = glia__scratch_take(&counted->pool, size);
    assert_non_null(bytes);
    assert_int_equal((uintptr_t)bytes % GLIA__ALIGNMENT, 0);
    memset(bytes, 0xA5, size);
    return bytes;
}

static void test_pool_never_used_holds_nothing(void **state)
{
    (void)state;
    counted_pool counted;
    begin(&counted);
    assert_int_equal(counted.memory.calls, 0);
    end(&counted);
}

static void test_block_given_back_is_taken_again(void **state)
{
    (void)state;
    counted_pool counted;
    begin(&counted);
    for (size_t size = 100; size > 0; size--)
        glia__scratch_give(&counted.pool, take(&counted, size));
    assert_int_equal(counted.memory.calls, 1);
    end(&counted);
}

static void test_larger_block_replaces_a_free_one(void **state)
{
    (void)state;
    counted_pool counted;
    begin(&counted);
    glia__scratch_give(&counted.pool, take(&counted, 100));
    glia__scratch_give(&counted.pool, take(&counted, 1000));
    assert_int_equal(counted.memory.calls, 2);
    assert_int_equal(counted.memory.blocks, 1);
    end(&counted);
}

static void test_there_are_as_many_blocks_as_callers_at_once(void **state)
{
    (void)state;
    void *taken[5];
    counted_pool counted;
    begin(&counted);
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT_OF(taken); i++)
            taken[i] = take(&counted, 100);
        for (size_t i = 0; i < COUNT_OF(taken); i++)
            for (size_t j = 0; j < i; j++)
                assert_false(glia__memory_overlaps(taken[i], 100, taken[j], 100));
        for (size_t i = 0; i < COUNT_OF(taken); i++)
            glia__scratch_give(&counted.pool, taken[(i + round) % COUNT_OF(taken)]);
    }
    assert_int_equal(counted.memory.calls, COUNT_OF(taken));
    end(&counted);
}

static void test_blocks_of_more_callers_than_are_kept_are_released(void **state)
{
    (void)state;
    void *taken[GLIA__SCRATCH_KEPT + 10];
    counted_pool counted;
    begin(&counted);
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        taken[i] = take(&counted, 100);
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        glia__scratch_give(&counted.pool, taken[i]);
    assert_int_equal(counted.memory.blocks, GLIA__SCRATCH_KEPT);
    end(&counted);
}

static void test_failure_keeps_the_block_that_was_free(void **state)
{
    (void)state;
    counted_pool counted;
    begin(&counted);
    glia__scratch_give(&counted.pool, take(&counted, 100));
    counted_memory_fail(&counted.memory, 1);
    assert_null(glia__scratch_take(&counted.pool, 1000));
    assert_true(counted_memory_relent(&counted.memory));
    assert_int_equal(counted.memory.blocks, 1);
    size_t calls = counted.memory.calls;
    glia__scratch_give(&counted.pool, take(&counted, 100));
    assert_int_equal(counted.memory.calls, calls);
    end(&counted);
}

static void test_size_that_wraps_is_no_memory(void **state)
{
    (void)state;
    counted_pool counted;
    begin(&counted);
    assert_null(glia__scratch_take(&counted.pool, SIZE_MAX));
    assert_null(glia__scratch_take(&counted.pool, SIZE_MAX - GLIA__ALIGNMENT + 1));
    end(&counted);
}

enum {
    THREADS = 4,
    ROUNDS = 200000
};

/* One caller: writes into what it took, and sees nobody else's writing there. */
typedef struct caller {
    glia__scratch_pool *pool;
    unsigned char mark;
    int n_spoilt;
} caller;

static void *call_often(void *argument)
{
    caller *self = argument;
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t size = 1 + (i * self->mark) % 16;
        unsigned char *bytes = glia__scratch_take(self->pool, size);
        if (bytes == NULL) {
            self->n_spoilt++;
            continue;
        }
        memset(bytes, self->mark, size);
        for (size_t j = 0; j < size; j++)
            self->n_spoilt += bytes[j] != self->mark;
        glia__scratch_give(self->pool, bytes);
    }
    return NULL;
}

static void test_threads_never_share_a_block(void **state)
{
    (void)state;
    glia__scratch_pool pool;
    pthread_t threads[THREADS];
    caller callers[THREADS];
    glia__scratch_pool_begin(&pool, &glia__default_allocator);
    for (size_t i = 0; i < THREADS; i++) {
        callers[i] = (caller){.pool = &pool, .mark = (unsigned char)(i + 1)};
        assert_int_equal(pthread_create(&threads[i], NULL, call_often, &callers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(callers[i].n_spoilt, 0);
    }
    glia__scratch_pool_release(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool_never_used_holds_nothing),
        cmocka_unit_test(test_block_given_back_is_taken_again),
        cmocka_unit_test(test_larger_block_replaces_a_free_one),
        cmocka_unit_test(test_there_are_as_many_blocks_as_callers_at_once),
        cmocka_unit_test(test_blocks_of_more_callers_than_are_kept_are_released),
        cmocka_unit_test(test_failure_keeps_the_block_that_was_free),
        cmocka_unit_test(test_size_that_wraps_is_no_memory),
        cmocka_unit_test(test_threads_never_share_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
