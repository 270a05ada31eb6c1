/* SPDX-License-Identifier: MIT */
/* Learning means and deviations from data. */
#include <string.h>

#include "base/counted_allocator.h"
#include "net/network_harness.h"

static glia_samples samples_of(const real *inputs, size_t rows, const real *row_weights)
{
    return (glia_samples){.rows = rows, .inputs = inputs, .row_weights = row_weights};
}

/* The columns are 1, 3, 5 and 2, 2, 2. */
static const real columns[] = {1, 2, 3, 2, 5, 2};

/* What a standardize layer has learnt. */
static void assert_learnt(const glia__layer *layer, size_t column, double mean, double deviation)
{
    assert_close((double)layer->arrays[0].values[column], mean);
    assert_close((double)layer->arrays[1].values[column], deviation);
}

static void test_adapt_learns_mean_and_deviation(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, standardize");
    glia_samples samples = samples_of(columns, 3, NULL);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_learnt(&network.layers[0], 0, 3, sqrt(8.0 / 3));
    assert_learnt(&network.layers[0], 1, 2, 1);
    glia__network_release(&network);
}

static void test_adapt_counts_a_row_of_weight_2_as_two(void **state)
{
    (void)state;
    static const real twice[] = {1, 2, 3, 2, 3, 2, 5, 2}, weights[] = {1, 2, 1};
    glia__network weighted = network_make("input 2, standardize"), repeated = network_make("input 2, standardize");
    glia_samples samples = samples_of(columns, 3, weights);
    assert_ok(glia__network_adapt(&weighted, &samples));
    samples = samples_of(twice, 4, NULL);
    assert_ok(glia__network_adapt(&repeated, &samples));
    assert_same_bits(weighted.values, repeated.values, weighted.value_count);
    glia__network_release(&weighted);
    glia__network_release(&repeated);
}

/* More rows than a block, a mean that is large beside the deviation. */
static void test_adapt_keeps_its_digits_over_many_rows(void **state)
{
    (void)state;
    enum {
        ROWS = 1000
    };
    real inputs[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        inputs[i] = i % 2 == 0 ? 4097 : 4095;
    glia__network network = network_make("input 1, standardize");
    glia_samples samples = samples_of(inputs, ROWS, NULL);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_learnt(&network.layers[0], 0, 4096, 1);
    glia__network_release(&network);
}

/* Whatever its mean is rounded to, and whatever stands in rows that do not count. */
static void test_adapt_finds_that_a_column_does_not_vary(void **state)
{
    (void)state;
    enum {
        ROWS = 1000
    };
    real inputs[ROWS], weights[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        inputs[i] = i == 0 ? 77 : (real)0.1;
        weights[i] = i > 0;
    }
    glia__network network = network_make("input 1, standardize");
    glia_samples samples = samples_of(inputs, ROWS, weights);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_true(network.layers[0].arrays[0].values[0] == (real)0.1);
    assert_true(network.layers[0].arrays[1].values[0] == 1);
    glia__network_release(&network);
}

/* The second layer sees 2 (x - 3) / deviation + 1: mean 1, deviation 2. */
static void test_adapt_of_a_later_layer_looks_through_the_earlier_ones(void **state)
{
    (void)state;
    static const real parameters[] = {2, 1}, inputs[] = {1, 3, 5};
    glia__network network = network_make("input 1, standardize, dense 1, dropout 0.5, standardize");
    glia_samples samples = samples_of(inputs, 3, NULL);
    memcpy(network.values, parameters, sizeof parameters);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_learnt(&network.layers[3], 0, 1, 2);
    assert_same_bits(network.values, parameters, 2);
    glia__network_release(&network);
}

static void test_adapt_without_such_a_layer_changes_nothing(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3"), same = network_make("input 2, dense 3");
    glia_samples samples = samples_of(columns, 3, NULL);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_same_bits(network.values, same.values, network.value_count);
    glia__network_release(&network);
    glia__network_release(&same);
}

/* The first layer has learnt already when the second meets the infinity. */
static void test_adapt_to_numbers_not_finite_changes_nothing(void **state)
{
    (void)state;
    static const real inputs[] = {1, 2, 3};
    const real bad_inputs[] = {1, (real)INFINITY, 3}, bad_weight = REAL_MAX;
    glia__network network = network_make("input 1, standardize, dense 1 bias=no, relu, standardize");
    real before[5];
    memcpy(before, network.values, sizeof before);
    glia_samples samples = samples_of(bad_inputs, 3, NULL);
    assert_status(glia__network_adapt(&network, &samples), GLIA_ERR_ARGUMENT);
    assert_same_bits(network.values, before, 5);

    before[0] = network.values[0] = bad_weight;
    samples = samples_of(inputs, 3, NULL);
    assert_status(glia__network_adapt(&network, &samples), GLIA_ERR_ARGUMENT);
    assert_message_has("standardize");
    assert_same_bits(network.values, before, 5);
    glia__network_release(&network);
}

static void test_adapt_without_memory_changes_nothing(void **state)
{
    (void)state;
    counted_memory memory = {0};
    glia__network network = network_make("input 2, standardize");
    const glia__allocator own = network.allocator;
    glia_samples samples = samples_of(columns, 3, NULL);
    network.allocator = counted_allocator(&memory);
    counted_memory_fail(&memory, 1);
    assert_status(glia__network_adapt(&network, &samples), GLIA_ERR_NOMEM);
    assert_learnt(&network.layers[0], 0, 0, 1);
    (void)counted_memory_relent(&memory);
    assert_ok(glia__network_adapt(&network, &samples));
    assert_int_equal(memory.blocks, 0);
    network.allocator = own;
    glia__network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adapt_learns_mean_and_deviation),
        cmocka_unit_test(test_adapt_counts_a_row_of_weight_2_as_two),
        cmocka_unit_test(test_adapt_keeps_its_digits_over_many_rows),
        cmocka_unit_test(test_adapt_finds_that_a_column_does_not_vary),
        cmocka_unit_test(test_adapt_of_a_later_layer_looks_through_the_earlier_ones),
        cmocka_unit_test(test_adapt_without_such_a_layer_changes_nothing),
        cmocka_unit_test(test_adapt_to_numbers_not_finite_changes_nothing),
        cmocka_unit_test(test_adapt_without_memory_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
