/* SPDX-License-Identifier: MIT */
/* Philox4x32-10 against the known answers of its authors, and what is drawn from it. The seeds are fixed, so each test
 * sees the same numbers always. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

/* The seed is the key; the four arguments after it are laid out as random.c lays out the counter. */
static void assert_block(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t block, const uint32_t expected[4])
{
    uint32_t words[4];
    glia__random_block(words, seed, stream, pass, block);
    for (int i = 0; i < 4; i++)
        assert_int_equal(words[i], expected[i]);
}

/* The three vectors published with Random123: counter and key all zeros, all ones, and digits of pi. */
static void test_block_matches_the_known_answers(void **state)
{
    (void)state;
    const uint32_t of_zeros[4] = {0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8};
    const uint32_t of_ones[4] = {0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD};
    const uint32_t of_pi[4] = {0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1};
    assert_block(0, 0, 0, 0, of_zeros);
    assert_block(UINT64_MAX, UINT32_MAX, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFF, of_ones);
    assert_block(0x299F31D0A4093822, 0x03707344, 0x85A313198A2E, 0x08D3243F6A88, of_pi);
}

static void test_random_is_half_a_block_lower_word_first(void **state)
{
    (void)state;
    for (uint64_t index = 0; index < 6; index++) {
        uint32_t words[4];
        glia__random_block(words, 42, 3, 7, index / 2);
        uint32_t low = words[index % 2 == 0 ? 0 : 2];
        uint32_t high = words[index % 2 == 0 ? 1 : 3];
        assert_true(glia__random(42, 3, 7, index) == ((uint64_t)high << 32 | low));
    }
}

static void test_random_depends_on_every_bit_of_its_arguments(void **state)
{
    (void)state;
    uint64_t base = glia__random(5, 6, 7, 8);
    for (int bit = 0; bit < 64; bit++)
        assert_true(glia__random(5 ^ (uint64_t)1 << bit, 6, 7, 8) != base);
    for (int bit = 0; bit < 32; bit++)
        assert_true(glia__random(5, 6 ^ (uint32_t)1 << bit, 7, 8) != base);
    for (int bit = 0; bit < 48; bit++) {
        assert_true(glia__random(5, 6, 7 ^ (uint64_t)1 << bit, 8) != base);
        assert_true(glia__random(5, 6, 7, 8 ^ (uint64_t)1 << bit) != base);
    }
}

/* The mean of n uniform numbers lies within 5 sqrt(1 / (12 n)) of 1/2, but for one seed in two million. */
static void test_uniform_fills_0_to_1(void **state)
{
    (void)state;
    const int n = 100000;
    double sum = 0;
    double smallest = 1;
    double largest = 0;
    for (int i = 0; i < n; i++) {
        double u = glia__random_uniform(1, 2, 3, (uint64_t)i);
        assert_true(u >= 0 && u < 1);
        sum += u;
        smallest = u < smallest ? u : smallest;
        largest = u > largest ? u : largest;
    }
    assert_true(sum / n > 0.5 - 0.00457 && sum / n < 0.5 + 0.00457);
    assert_true(smallest < 0.001 && largest > 0.999);
}

static void test_uniform_is_the_upper_53_bits(void **state)
{
    (void)state;
    for (uint64_t index = 0; index < 1000; index++) {
        double u = glia__random_uniform(9, 8, 7, index);
        assert_true((uint64_t)(u * 0x1p53) == glia__random(9, 8, 7, index) >> 11);
    }
}

static void test_order_is_a_permutation(void **state)
{
    (void)state;
    enum {
        MAX = 40
    };
    for (size_t count = 0; count <= MAX; count++) {
        size_t order[MAX + 1];
        int seen[MAX] = {0};
        order[count] = 12345;
        glia__random_order(order, count, 1, 2, 3);
        for (size_t i = 0; i < count; i++) {
            assert_true(order[i] < count);
            assert_int_equal(seen[order[i]]++, 0);
        }
        assert_int_equal(order[count], 12345); /* nothing is written past the end */
    }
}

static void test_order_depends_on_seed_stream_and_pass_alone(void **state)
{
    (void)state;
    size_t first[20];
    size_t again[20];
    size_t other[3][20];
    glia__random_order(first, 20, 1, 2, 3);
    glia__random_order(again, 20, 1, 2, 3);
    glia__random_order(other[0], 20, 2, 2, 3);
    glia__random_order(other[1], 20, 1, 3, 3);
    glia__random_order(other[2], 20, 1, 2, 4);
    assert_memory_equal(first, again, sizeof first);
    for (int i = 0; i < 3; i++)
        assert_memory_not_equal(first, other[i], sizeof first);
}

/* All 24 orders of four, over 24 000 passes: chi square with 23 degrees of freedom exceeds 61 for one seed in 35 000.
 */
static void test_order_makes_every_permutation_equally_likely(void **state)
{
    (void)state;
    const int passes = 24000;
    int counts[256] = {0};
    for (int pass = 0; pass < passes; pass++) {
        size_t order[4];
        glia__random_order(order, 4, 11, 0, (uint64_t)pass);
        counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
    }
    int kinds = 0;
    double chi_square = 0;
    for (int i = 0; i < 256; i++) {
        double excess = counts[i] - passes / 24;
        if (counts[i] == 0)
            continue;
        kinds++;
        chi_square += excess * excess / (passes / 24);
    }
    assert_int_equal(kinds, 24);
    assert_true(chi_square < 61);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_block_matches_the_known_answers),
        cmocka_unit_test(test_random_is_half_a_block_lower_word_first),
        cmocka_unit_test(test_random_depends_on_every_bit_of_its_arguments),
        cmocka_unit_test(test_uniform_fills_0_to_1),
        cmocka_unit_test(test_uniform_is_the_upper_53_bits),
        cmocka_unit_test(test_order_is_a_permutation),
        cmocka_unit_test(test_order_depends_on_seed_stream_and_pass_alone),
        cmocka_unit_test(test_order_makes_every_permutation_equally_likely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
