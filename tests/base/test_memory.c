/* SPDX-License-Identifier: MIT */
/* The default allocator, and blocks that grow. */
#include "base/memory.h"

#include <string.h>

#include "api/harness.h"
#include "base/counted_allocator.h"

static void test_default_allocator_aligns_as_asked(void **state)
{
    (void)state;
    const glia__allocator *allocator = &glia__default_allocator;
    for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
        void *blocks[20];
        for (size_t i = 0; i < COUNT_OF(blocks); i++) {
            blocks[i] = allocator->allocate(allocator->user, i * i + 1, alignment);
            assert_non_null(blocks[i]);
            assert_int_equal((uintptr_t)blocks[i] % alignment, 0);
            memset(blocks[i], 0xA5, i * i + 1);
        }
        for (size_t i = 0; i < COUNT_OF(blocks); i++)
            allocator->release(allocator->user, blocks[i], i * i + 1);
    }
}

/* The room for alignment must not wrap around the size. */
static void test_sizes_beyond_memory_are_no_memory(void **state)
{
    (void)state;
    for (size_t less = 0; less < 200; less += 8) {
        assert_null(glia__allocate(&glia__default_allocator, SIZE_MAX - less));
        assert_message_has("no memory");
    }
}

static void test_allocate_aligns_and_takes_0_for_1(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    void *block = glia__allocate(&allocator, 0);
    assert_non_null(block);
    assert_int_equal((uintptr_t)block % GLIA__ALIGNMENT, 0);
    assert_int_equal(memory.bytes, 1);
    glia__release(&allocator, block, 0);
    glia__release(&allocator, NULL, 100);
    assert_int_equal(memory.blocks, 0);
}

static void test_reserve_grows_and_never_shrinks(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__block block = {0};
    assert_ok(glia__block_reserve(&block, &allocator, 100));
    void *first = block.bytes;
    assert_ok(glia__block_reserve(&block, &allocator, 99));
    assert_ptr_equal(block.bytes, first);
    assert_int_equal(memory.calls, 1);
    assert_ok(glia__block_reserve(&block, &allocator, 101));
    assert_int_equal(block.size, 101);
    assert_int_equal(memory.bytes, 101);
    glia__block_release(&block, &allocator);
    assert_int_equal(memory.blocks, 0);
    assert_null(block.bytes);
    glia__block_release(&block, &allocator);
}

static void test_reserve_of_nothing_is_a_block(void **state)
{
    (void)state;
    glia__block block = {0};
    assert_ok(glia__block_reserve(&block, &glia__default_allocator, 0));
    assert_non_null(block.bytes);
    glia__block_release(&block, &glia__default_allocator);
}

static void test_extend_keeps_the_content_and_at_least_doubles(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__block block = {0};
    for (size_t count = 1; count <= 10000; count++) {
        assert_ok(glia__block_extend(&block, &allocator, count * sizeof(size_t)));
        ((size_t *)block.bytes)[count - 1] = count;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(((size_t *)block.bytes)[i], i + 1);
    assert_true(memory.calls <= 15); /* 2^14 > 10000 */
    assert_int_equal(memory.blocks, 1);
    glia__block_release(&block, &allocator);
}

typedef glia_status grow_fn(glia__block *block, const glia__allocator *allocator, size_t size);

static void test_failure_to_grow_changes_nothing(void **state)
{
    (void)state;
    grow_fn *const ways[] = {glia__block_reserve, glia__block_extend};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        counted_memory memory = {0};
        glia__allocator allocator = counted_allocator(&memory);
        glia__block block = {0};
        assert_ok(ways[i](&block, &allocator, 6));
        memcpy(block.bytes, "before", 6);
        glia__block before = block;
        counted_memory_fail(&memory, 1);
        assert_status(ways[i](&block, &allocator, 1000), GLIA_ERR_NOMEM);
        assert_memory_equal(&block, &before, sizeof block);
        assert_memory_equal(block.bytes, "before", 6);
        assert_true(counted_memory_relent(&memory));
        glia__block_release(&block, &allocator);
        assert_int_equal(memory.blocks, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_allocator_aligns_as_asked),
        cmocka_unit_test(test_sizes_beyond_memory_are_no_memory),
        cmocka_unit_test(test_allocate_aligns_and_takes_0_for_1),
        cmocka_unit_test(test_reserve_grows_and_never_shrinks),
        cmocka_unit_test(test_reserve_of_nothing_is_a_block),
        cmocka_unit_test(test_extend_keeps_the_content_and_at_least_doubles),
        cmocka_unit_test(test_failure_to_grow_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
