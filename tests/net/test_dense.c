/* SPDX-License-Identifier: MIT */
/* dense: its arrays, forward and backward by hand, and against finite differences. */
#include <string.h>

#include "net/network_harness.h"

static const real weight[] = {1, 2, 3, 4, 5, 6}, bias[] = {10, 20, 30}, x[] = {1, 1, 2, -1};

/* input 2, dense 3 with the numbers above. */
static glia__network by_hand(const char *architecture)
{
    glia__network network = network_make(architecture);
    glia__layer *layer = &network.layers[0];
    memcpy(layer->arrays[0].values, weight, sizeof weight);
    if (layer->array_count > 1)
        memcpy(layer->arrays[1].values, bias, sizeof bias);
    return network;
}

static void assert_values(const real *actual, const real *expected, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_near((double)actual[i], (double)expected[i], 0);
}

static void test_dense_declares_weight_and_bias(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3");
    const glia__layer *layer = &network.layers[0];
    assert_int_equal(layer->array_count, 2);
    assert_string_equal(layer->arrays[0].name, "0.weight");
    assert_int_equal(layer->arrays[0].rank, 2);
    assert_int_equal(layer->arrays[0].shape[0], 2);
    assert_int_equal(layer->arrays[0].shape[1], 3);
    assert_true(layer->arrays[0].is_trained && layer->arrays[0].is_weight);
    assert_string_equal(layer->arrays[1].name, "0.bias");
    assert_int_equal(layer->arrays[1].rank, 1);
    assert_int_equal(layer->arrays[1].shape[0], 3);
    assert_true(layer->arrays[1].is_trained && !layer->arrays[1].is_weight);
    glia__network_release(&network);
}

static void test_dense_without_bias_has_a_weight_alone(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3 bias=no");
    assert_int_equal(network.layers[0].array_count, 1);
    assert_int_equal(network.parameter_count, 6);
    glia__network_release(&network);
}

static void test_dense_bias_begins_at_0(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3 relu");
    for (size_t i = 0; i < 3; i++)
        assert_true(network.layers[0].arrays[1].values[i] == 0);
    glia__network_release(&network);
}

static void test_dense_initializer_goes_with_the_activation(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        glia__initializer expected;
    } cases[] = {
        {"input 2, dense 3", GLIA__LECUN_NORMAL},           {"input 2, dense 3 identity", GLIA__LECUN_NORMAL},
        {"input 2, dense 3 step", GLIA__LECUN_NORMAL},      {"input 2, dense 3 relu", GLIA__HE_NORMAL},
        {"input 2, dense 3 leaky_relu", GLIA__HE_NORMAL},   {"input 2, dense 3 tanh", GLIA__GLOROT_UNIFORM},
        {"input 2, dense 3 sigmoid", GLIA__GLOROT_UNIFORM}, {"input 2, dense 3 softmax", GLIA__GLOROT_UNIFORM},
        {"input 2, dense 3 relu init=zeros", GLIA__ZEROS},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        real expected[6];
        glia__initialize_weights(expected, 2, 3, cases[i].expected, network.seed, 0x01000000);
        assert_same_bits(network.layers[0].arrays[0].values, expected, 6);
        glia__network_release(&network);
    }
}

static void test_dense_refuses_widths_that_are_missing_or_too_large(void **state)
{
    (void)state;
    network_assert_refused("input 2, dense", GLIA_ERR_SHAPE, "column 10: the width of this layer is missing");
    network_assert_refused("input 2, dense 0", GLIA_ERR_TEXT, "units wants a whole number from 1");
    network_assert_refused("input 4294967295, dense 4294967295", GLIA_ERR_SHAPE, "than memory can count");
}

static void test_dense_forward_by_hand(void **state)
{
    (void)state;
    static const real with_bias[] = {15, 27, 39, 8, 19, 30}, without_bias[] = {5, 7, 9, -2, -1, 0};
    glia__network network = by_hand("input 2, dense 3");
    glia__pass pass = network_pass(&network, 2);
    real y[6];
    network.layers[0].type->forward(&network.layers[0], &pass, y, x);
    assert_values(y, with_bias, 6);
    network.layers[0].type->predict(&network.layers[0], &pass, y, x);
    assert_values(y, with_bias, 6);
    glia__network_release(&network);

    network = by_hand("input 2, dense 3 bias=no");
    network.layers[0].type->forward(&network.layers[0], &pass, y, x);
    assert_values(y, without_bias, 6);
    glia__network_release(&network);
}

static const real d_y[] = {1, 0, -1, 2, 1, 0};

static void test_dense_backward_by_hand(void **state)
{
    (void)state;
    static const real expected[] = {-2, -2, 4, 13};
    glia__network network = by_hand("input 2, dense 3");
    glia__pass pass = network_pass(&network, 2);
    real d_x[4];
    const glia__layer_backward at = {.d_input = d_x, .d_output = d_y};
    network.layers[0].type->backward(&network.layers[0], &pass, &at);
    assert_values(d_x, expected, 4);
    glia__network_release(&network);
}

/* The gradient of the arrays for a share of the two inputs; both arrays hold 100 everywhere before. */
static void differentiate(const char *architecture, glia__share share, bool adds, real *d_weight, real *d_bias)
{
    glia__network network = by_hand(architecture);
    glia__pass pass = network_pass(&network, 2);
    for (size_t i = 0; i < 6; i++)
        d_weight[i] = 100;
    for (size_t i = 0; i < 3; i++)
        d_bias[i] = 100;
    const glia__layer_gradient at = {
        .d_arrays = {d_weight, network.layers[0].array_count > 1 ? d_bias : NULL},
        .input = x,
        .d_output = d_y,
        .share = share,
        .adds = adds,
    };
    network.layers[0].type->differentiate(&network.layers[0], &pass, &at);
    glia__network_release(&network);
}

static void test_dense_gradient_overwrites_or_is_added(void **state)
{
    (void)state;
    static const real d_weight_alone[] = {5, 2, -1, -1, -1, -1}, d_bias_alone[] = {3, 1, -1};
    static const real d_weight_added[] = {105, 102, 99, 99, 99, 99}, d_bias_added[] = {103, 101, 99};
    real d_weight[6], d_bias[3];
    differentiate("input 2, dense 3", (glia__share){0, 2}, false, d_weight, d_bias);
    assert_values(d_weight, d_weight_alone, 6);
    assert_values(d_bias, d_bias_alone, 3);
    differentiate("input 2, dense 3", (glia__share){0, 2}, true, d_weight, d_bias);
    assert_values(d_weight, d_weight_added, 6);
    assert_values(d_bias, d_bias_added, 3);
}

/* The bias goes with the first input. */
static void test_dense_gradient_of_a_share_leaves_the_rest_alone(void **state)
{
    (void)state;
    static const real d_weight_first[] = {5, 2, -1, 100, 100, 100}, d_bias_first[] = {3, 1, -1};
    static const real d_weight_second[] = {100, 100, 100, -1, -1, -1}, d_bias_second[] = {100, 100, 100};
    real d_weight[6], d_bias[3];
    differentiate("input 2, dense 3", (glia__share){0, 1}, false, d_weight, d_bias);
    assert_values(d_weight, d_weight_first, 6);
    assert_values(d_bias, d_bias_first, 3);
    differentiate("input 2, dense 3", (glia__share){1, 2}, false, d_weight, d_bias);
    assert_values(d_weight, d_weight_second, 6);
    assert_values(d_bias, d_bias_second, 3);
}

static void test_dense_gradient_without_bias(void **state)
{
    (void)state;
    static const real expected[] = {5, 2, -1, -1, -1, -1};
    real d_weight[6], d_bias[3];
    differentiate("input 2, dense 3 bias=no", (glia__share){0, 2}, false, d_weight, d_bias);
    assert_values(d_weight, expected, 6);
}

static void test_dense_backward_matches_finite_differences(void **state)
{
    (void)state;
    static const char *const architectures[] = {"input 7, dense 5", "input 3, dense 9 bias=no", "input 1, dense 1"};
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia__network network = network_make(architectures[i]);
        glia__pass pass = network_pass(&network, 4);
        real input[4 * 7];
        harness_fill(input, COUNT_OF(input), i);
        network_check_layer(&network.layers[0], &pass, input);
        glia__network_release(&network);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dense_declares_weight_and_bias),
        cmocka_unit_test(test_dense_without_bias_has_a_weight_alone),
        cmocka_unit_test(test_dense_bias_begins_at_0),
        cmocka_unit_test(test_dense_initializer_goes_with_the_activation),
        cmocka_unit_test(test_dense_refuses_widths_that_are_missing_or_too_large),
        cmocka_unit_test(test_dense_forward_by_hand),
        cmocka_unit_test(test_dense_backward_by_hand),
        cmocka_unit_test(test_dense_gradient_overwrites_or_is_added),
        cmocka_unit_test(test_dense_gradient_of_a_share_leaves_the_rest_alone),
        cmocka_unit_test(test_dense_gradient_without_bias),
        cmocka_unit_test(test_dense_backward_matches_finite_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
