/* SPDX-License-Identifier: MIT */
/* The activations as layers: forward by hand, backward against finite differences, where they may stand. */
#include <string.h>

#include "net/network_harness.h"

enum {
    WIDTH = 4
};

static void assert_forward(const char *architecture, const real x[WIDTH], const double expected[WIDTH])
{
    glia__network network = network_make(architecture);
    const glia__layer *layer = &network.layers[0];
    glia__pass pass = network_pass(&network, 1);
    real y[WIDTH], in_place[WIDTH];
    layer->type->forward(layer, &pass, y, x);
    for (size_t i = 0; i < WIDTH; i++)
        assert_close((double)y[i], expected[i]);
    layer->type->predict(layer, &pass, in_place, x);
    assert_same_bits(in_place, y, WIDTH);
    memcpy(in_place, x, sizeof in_place);
    layer->type->forward(layer, &pass, in_place, layer->type->is_in_place ? in_place : x);
    assert_same_bits(in_place, y, WIDTH);
    glia__network_release(&network);
}

static const real x[WIDTH] = {-2, 0, (real)0.5, 3};

static void test_identity_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, identity", x, (const double[]){-2, 0, 0.5, 3});
}

static void test_step_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, step", x, (const double[]){0, 1, 1, 1});
}

static void test_relu_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, relu", x, (const double[]){0, 0, 0.5, 3});
}

static void test_leaky_relu_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, leaky_relu", x, (const double[]){-0.02, 0, 0.5, 3});
    assert_forward("input 4, leaky_relu slope=0.5", x, (const double[]){-1, 0, 0.5, 3});
}

/* 1 / (1 + e^2), 1/2, 1 / (1 + e^-1/2), 1 / (1 + e^-3) */
static void test_sigmoid_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, sigmoid", x,
                   (const double[]){0.11920292202211755, 0.5, 0.62245933120185459, 0.95257412682243336});
}

static void test_tanh_by_hand(void **state)
{
    (void)state;
    assert_forward("input 4, tanh", x,
                   (const double[]){-0.96402758007581690, 0, 0.46211715726000979, 0.99505475368673046});
}

/* e^-2, 1, e^1/2, e^3 by their sum, 22.869593476... */
static void test_softmax_by_hand(void **state)
{
    (void)state;
    const double e[] = {exp(-2), 1, exp(0.5), exp(3)}, sum = e[0] + e[1] + e[2] + e[3];
    assert_forward("input 4, softmax", x, (const double[]){e[0] / sum, e[1] / sum, e[2] / sum, e[3] / sum});
}

/* Inputs at least 0.1 away from the kink at 0. */
static void test_backward_matches_finite_differences(void **state)
{
    (void)state;
    static const char *const architectures[] = {
        "input 5, identity", "input 5, sigmoid",    "input 5, tanh",    "input 5, relu",
        "input 5, softmax",  "input 5, leaky_relu", "input 2, softmax", "input 5, leaky_relu slope=0.7",
    };
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia__network network = network_make(architectures[i]);
        glia__pass pass = network_pass(&network, 3);
        real input[3 * 5];
        harness_fill(input, COUNT_OF(input), i);
        for (size_t j = 0; j < COUNT_OF(input); j++)
            input[j] += input[j] < 0 ? (real)-0.1 : (real)0.1;
        network_check_layer(&network.layers[0], &pass, input);
        glia__network_release(&network);
    }
}

static void test_activations_keep_the_width_and_have_no_arrays(void **state)
{
    (void)state;
    glia__network network = network_make("input 5, relu, identity, tanh, sigmoid, leaky_relu, softmax, step");
    for (size_t i = 0; i < network.layer_count; i++) {
        assert_int_equal(network.layers[i].output_size, 5);
        assert_int_equal(network.layers[i].array_count, 0);
    }
    assert_int_equal(network.value_count, 0);
    glia__network_release(&network);
}

static void test_softmax_of_width_1_is_refused(void **state)
{
    (void)state;
    network_assert_refused("input 1, softmax", GLIA_ERR_SHAPE, "softmax wants a width of 2 or more, not 1");
    network_assert_refused("input 3, dense 1 softmax, dense 2", GLIA_ERR_SHAPE, "softmax wants a width of 2");
}

static void test_step_before_the_end_is_refused(void **state)
{
    (void)state;
    network_assert_refused("input 1, step, dense 2", GLIA_ERR_SHAPE, "step has no gradient and may only stand last");
    network_assert_refused("input 1, dense 2 step, identity", GLIA_ERR_SHAPE, "step has no gradient");
}

static void test_slope_outside_0_to_1_is_refused(void **state)
{
    (void)state;
    network_assert_refused("input 1, leaky_relu slope=-0.1", GLIA_ERR_TEXT, "slope wants a number from 0 to below 1");
    network_assert_refused("input 1, leaky_relu slope=1", GLIA_ERR_TEXT, "slope wants a number from 0 to below 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity_by_hand),
        cmocka_unit_test(test_step_by_hand),
        cmocka_unit_test(test_relu_by_hand),
        cmocka_unit_test(test_leaky_relu_by_hand),
        cmocka_unit_test(test_sigmoid_by_hand),
        cmocka_unit_test(test_tanh_by_hand),
        cmocka_unit_test(test_softmax_by_hand),
        cmocka_unit_test(test_backward_matches_finite_differences),
        cmocka_unit_test(test_activations_keep_the_width_and_have_no_arrays),
        cmocka_unit_test(test_softmax_of_width_1_is_refused),
        cmocka_unit_test(test_step_before_the_end_is_refused),
        cmocka_unit_test(test_slope_outside_0_to_1_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
