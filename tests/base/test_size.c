/* SPDX-License-Identifier: MIT */
/* Sizes that cannot wrap, arrays that share a byte, and several arrays in one block. */
#include "base/layout.h"

#include "api/harness.h"
#include "base/counted_allocator.h"

static void test_multiply_answers_whether_it_fits(void **state)
{
    (void)state;
    const struct {
        size_t a, b;
        bool fits;
    } cases[] = {
        {0, 0, true},
        {0, SIZE_MAX, true},
        {SIZE_MAX, 0, true},
        {1, SIZE_MAX, true},
        {SIZE_MAX, 1, true},
        {SIZE_MAX / 2, 2, true},
        {SIZE_MAX / 2 + 1, 2, false},
        {2, SIZE_MAX / 2 + 1, false},
        {SIZE_MAX, SIZE_MAX, false},
        {(size_t)1 << (sizeof(size_t) * 4), (size_t)1 << (sizeof(size_t) * 4), false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t product = 42;
        assert_int_equal(glia__size_multiply(&product, cases[i].a, cases[i].b), cases[i].fits);
        assert_true(product == (cases[i].fits ? cases[i].a * cases[i].b : 42));
    }
}

static void test_add_answers_whether_it_fits(void **state)
{
    (void)state;
    const struct {
        size_t a, b;
        bool fits;
    } cases[] = {
        {0, 0, true},         {0, SIZE_MAX, true},  {SIZE_MAX, 0, true},         {SIZE_MAX - 1, 1, true},
        {SIZE_MAX, 1, false}, {1, SIZE_MAX, false}, {SIZE_MAX, SIZE_MAX, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t sum = 42;
        assert_int_equal(glia__size_add(&sum, cases[i].a, cases[i].b), cases[i].fits);
        assert_true(sum == (cases[i].fits ? cases[i].a + cases[i].b : 42));
    }
}

static void test_memory_overlaps_where_a_byte_is_shared(void **state)
{
    (void)state;
    const char bytes[16] = {0};
    const struct {
        size_t a, a_size, b, b_size;
        bool overlaps;
    } cases[] = {
        {0, 4, 4, 4, false}, {0, 5, 4, 4, true},  {4, 4, 0, 4, false}, {4, 4, 0, 5, true},
        {0, 16, 7, 1, true}, {7, 1, 0, 16, true}, {3, 3, 3, 3, true},  {0, 1, 15, 1, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(
            glia__memory_overlaps(bytes + cases[i].a, cases[i].a_size, bytes + cases[i].b, cases[i].b_size),
            cases[i].overlaps);
}

static void test_layout_aligns_arrays_that_do_not_overlap(void **state)
{
    (void)state;
    const size_t counts[] = {1, 3, 0, 64, 65, 7}, element_sizes[] = {1, 8, 4, 1, 1, sizeof(double)};
    glia__layout layout = {0};
    size_t end = 0;
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        size_t begin = glia__layout_add(&layout, counts[i], element_sizes[i]);
        assert_int_equal(begin % GLIA__ALIGNMENT, 0);
        assert_true(begin >= end);
        end = begin + counts[i] * element_sizes[i];
        assert_true(layout.size >= end);
    }
    assert_false(layout.is_too_large);
}

static void test_layout_notices_a_size_that_wraps(void **state)
{
    (void)state;
    const size_t sizes[][2] = {{SIZE_MAX, 2}, {SIZE_MAX, 1}, {SIZE_MAX - 8, 1}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        glia__layout layout = {0};
        glia__block block = {0};
        glia__layout_add(&layout, 1, 1);
        glia__layout_add(&layout, sizes[i][0], sizes[i][1]);
        glia__layout_add(&layout, 1, 1);
        assert_true(layout.is_too_large);
        assert_status(glia__layout_reserve(&layout, &block, &glia__default_allocator), GLIA_ERR_SHAPE);
        assert_null(block.bytes);
    }
}

static void test_layout_reserves_its_size(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__block block = {0};
    glia__layout layout = {0};
    glia__layout_add(&layout, 3, 8);
    glia__layout_add(&layout, 100, 1);
    assert_ok(glia__layout_reserve(&layout, &block, &allocator));
    assert_int_equal(memory.bytes, layout.size);
    glia__block_release(&block, &allocator);
    assert_int_equal(memory.blocks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_multiply_answers_whether_it_fits),
        cmocka_unit_test(test_add_answers_whether_it_fits),
        cmocka_unit_test(test_memory_overlaps_where_a_byte_is_shared),
        cmocka_unit_test(test_layout_aligns_arrays_that_do_not_overlap),
        cmocka_unit_test(test_layout_notices_a_size_that_wraps),
        cmocka_unit_test(test_layout_reserves_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
