/* SPDX-License-Identifier: MIT */
/* standardize: columns less their mean, by their deviation. */
#include "net/network_harness.h"

enum {
    MEAN,
    DEVIATION
};

static void set_columns(const glia__network *network, const real *mean, const real *deviation)
{
    const glia__layer *layer = &network->layers[0];
    for (size_t i = 0; i < layer->input_size; i++) {
        layer->arrays[MEAN].values[i] = mean[i];
        layer->arrays[DEVIATION].values[i] = deviation[i];
    }
}

static void test_standardize_declares_columns_that_are_not_trained(void **state)
{
    (void)state;
    glia__network network = network_make("input 3, standardize");
    const glia__layer *layer = &network.layers[0];
    assert_int_equal(layer->array_count, 2);
    assert_string_equal(layer->arrays[MEAN].name, "glia.0.mean");
    assert_string_equal(layer->arrays[DEVIATION].name, "glia.0.deviation");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(layer->arrays[i].rank, 1);
        assert_int_equal(layer->arrays[i].count, 3);
        assert_false(layer->arrays[i].is_trained || layer->arrays[i].is_weight);
    }
    assert_int_equal(network.parameter_count, 0);
    assert_int_equal(network.value_count, 6);
    glia__network_release(&network);
}

static void test_standardize_begins_as_identity(void **state)
{
    (void)state;
    static const real x[] = {1, -2, (real)0.3};
    glia__network network = network_make("input 3, standardize");
    glia__pass pass = network_pass(&network, 1);
    real y[3];
    network.layers[0].type->forward(&network.layers[0], &pass, y, x);
    assert_same_bits(y, x, 3);
    glia__network_release(&network);
}

static void test_standardize_forward_by_hand(void **state)
{
    (void)state;
    static const real mean[] = {1, -2}, deviation[] = {2, (real)0.5}, x[] = {5, -2, 0, 1}, expected[] = {2, 0, -0.5, 6};
    glia__network network = network_make("input 2, standardize");
    glia__pass pass = network_pass(&network, 2);
    real y[4];
    set_columns(&network, mean, deviation);
    network.layers[0].type->forward(&network.layers[0], &pass, y, x);
    assert_same_bits(y, expected, 4);
    network.layers[0].type->predict(&network.layers[0], &pass, y, x);
    assert_same_bits(y, expected, 4);
    glia__network_release(&network);
}

static void test_standardize_backward_divides_by_the_deviation(void **state)
{
    (void)state;
    static const real mean[] = {1, -2}, deviation[] = {2, (real)0.5}, d_y[] = {5, -2, 0, 1};
    static const real expected[] = {2.5, -4, 0, 2};
    glia__network network = network_make("input 2, standardize");
    glia__pass pass = network_pass(&network, 2);
    real d_x[4];
    set_columns(&network, mean, deviation);
    glia__layer_backward at = {.d_input = d_x, .d_output = d_y};
    network.layers[0].type->backward(&network.layers[0], &pass, &at);
    assert_same_bits(d_x, expected, 4);
    glia__network_release(&network);
}

static void test_standardize_backward_matches_finite_differences(void **state)
{
    (void)state;
    static const real mean[] = {1, -2, 0}, deviation[] = {2, (real)0.5, 3};
    glia__network network = network_make("input 3, standardize");
    glia__pass pass = network_pass(&network, 4);
    real input[12];
    set_columns(&network, mean, deviation);
    harness_fill(input, COUNT_OF(input), 1);
    network_check_layer(&network.layers[0], &pass, input);
    glia__network_release(&network);
}

static void test_standardize_adapt_takes_1_for_a_column_that_does_not_vary(void **state)
{
    (void)state;
    static const double mean[] = {3, 4, 5}, variance[] = {0, 2.25, 1e-320};
    glia__network network = network_make("input 3, standardize");
    glia__layer *layer = &network.layers[0];
    layer->type->adapt(layer, mean, variance);
    for (size_t i = 0; i < 3; i++)
        assert_true(layer->arrays[MEAN].values[i] == (real)mean[i]);
    assert_true(layer->arrays[DEVIATION].values[0] == 1);
    assert_true(layer->arrays[DEVIATION].values[1] == (real)1.5);
    assert_true(layer->arrays[DEVIATION].values[2] > 0); /* in float its root is 0 */
    glia__network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_standardize_declares_columns_that_are_not_trained),
        cmocka_unit_test(test_standardize_begins_as_identity),
        cmocka_unit_test(test_standardize_forward_by_hand),
        cmocka_unit_test(test_standardize_backward_divides_by_the_deviation),
        cmocka_unit_test(test_standardize_backward_matches_finite_differences),
        cmocka_unit_test(test_standardize_adapt_takes_1_for_a_column_that_does_not_vary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
