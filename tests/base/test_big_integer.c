/* SPDX-License-Identifier: MIT */
/* The arithmetic of whole numbers of many words, by identities that tie the operations to one another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/big_integer.h"

static glia__big big(uint64_t value)
{
    glia__big a;
    glia__big_set(&a, value);
    return a;
}

static void assert_equal_to(const glia__big *a, uint64_t value)
{
    glia__big b = big(value);
    assert_int_equal(glia__big_compare(a, &b), 0);
}

static void test_set_leaves_out_leading_zero_words(void **state)
{
    (void)state;
    assert_int_equal(big(0).count, 0);
    assert_int_equal(big(UINT32_MAX).count, 1);
    assert_int_equal(big((uint64_t)1 << 32).count, 2);
}

static void test_multiply_add_matches_64_bit_arithmetic(void **state)
{
    (void)state;
    glia__big a = big(0);
    uint64_t expected = 0;
    for (uint32_t digit = 1; digit <= 9; digit++) {
        glia__big_multiply_add(&a, 100, digit);
        expected = expected * 100 + digit;
        assert_equal_to(&a, expected);
    }
}

static void test_add_and_subtract_carry_through_every_word(void **state)
{
    (void)state;
    glia__big a = big(1);
    glia__big one = big(1);
    glia__big_shift_left(&a, 1000);
    glia__big_subtract(&a, &one); /* 1000 bits, all set */
    assert_int_equal(glia__big_bits(&a), 1000);
    glia__big_add(&a, &one);
    assert_int_equal(glia__big_bits(&a), 1001);
    glia__big_add(&one, &a); /* the longer one second */
    glia__big_subtract(&one, &a);
    assert_equal_to(&one, 1);
    glia__big_subtract(&one, &one);
    assert_int_equal(one.count, 0);
}

static void test_shift_multiplies_by_powers_of_2(void **state)
{
    (void)state;
    for (int bits = 0; bits <= 200; bits++) {
        glia__big shifted = big(0x123456789);
        glia__big doubled = shifted;
        glia__big_shift_left(&shifted, bits);
        for (int i = 0; i < bits; i++)
            glia__big_multiply_add(&doubled, 2, 0);
        assert_int_equal(glia__big_compare(&shifted, &doubled), 0);
        assert_int_equal(glia__big_bits(&shifted), 33 + bits);
    }
}

static void test_shifted_zero_is_zero(void **state)
{
    (void)state;
    glia__big zero = big(0);
    glia__big_shift_left(&zero, 100);
    assert_int_equal(zero.count, 0);
    assert_int_equal(glia__big_bits(&zero), 0);
}

static void test_power_of_5_multiplies_as_often(void **state)
{
    (void)state;
    glia__big stepwise = big(7);
    for (int exponent = 0; exponent <= 60; exponent++) {
        glia__big at_once = big(7);
        glia__big_multiply_power_of_5(&at_once, exponent);
        assert_int_equal(glia__big_compare(&at_once, &stepwise), 0);
        glia__big_multiply_add(&stepwise, 5, 0);
    }
}

static void test_compare_orders_by_the_highest_difference(void **state)
{
    (void)state;
    glia__big small = big(UINT32_MAX);
    glia__big large = big((uint64_t)1 << 32);
    glia__big larger = big((uint64_t)2 << 32);
    assert_true(glia__big_compare(&small, &large) < 0);
    assert_true(glia__big_compare(&large, &small) > 0);
    assert_true(glia__big_compare(&large, &larger) < 0);
    assert_int_equal(glia__big_compare(&large, &large), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_leaves_out_leading_zero_words),
        cmocka_unit_test(test_multiply_add_matches_64_bit_arithmetic),
        cmocka_unit_test(test_add_and_subtract_carry_through_every_word),
        cmocka_unit_test(test_shift_multiplies_by_powers_of_2),
        cmocka_unit_test(test_shifted_zero_is_zero),
        cmocka_unit_test(test_power_of_5_multiplies_as_often),
        cmocka_unit_test(test_compare_orders_by_the_highest_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
