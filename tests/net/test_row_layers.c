/* SPDX-License-Identifier: MIT */
/* A row on its own in every kernel table: which networks send it through one kernel, that forward has the same bits as
 * layer by layer, and backward the same gradients but for roundings. */
#include "net/row_layers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernel_harness.h"
#include "net/network_harness.h"
#include "net/propagate.h"

#define SEED 41

enum {
    TEXT_SIZE = 160
};

/* Units below, at and above the lanes of every vector; one, whose weights are a column; inputs that fill vectors. */
static const char *const shapes[] = {
    "input 2, dense 3 %s, dense 2 %s",          "input 2, dense 8 %s, dense 1 %s",
    "input 1, dense 1 %s, dense 5 bias=no %s",  "input 19, dense 16 %s, dense 7 %s",
    "input 3, dense 17 bias=no %s, dense 4 %s", "input 5, dense 33 %s, dense 1 bias=no %s",
    "input 300, dense 2 %s, dense 9 %s",        "input 7, dense 40 %s, dense 40 %s",
};
static const char *const hidden[] = {"identity",           "relu",   "leaky_relu slope=0.3", "tanh", "sigmoid",
                                     "leaky_relu slope=0", "softmax"};
static const char *const last[] = {"identity", "relu", "leaky_relu slope=0.3", "tanh", "sigmoid", "softmax", "step"};

typedef void check_fn(const glia__network *network);

/* Every table, shape and activation, hidden or last, but softmax of width 1. */
static void check_networks(check_fn *check)
{
    for (size_t i = 0; i < COUNT_OF(shapes) * COUNT_OF(last) * COUNT_OF(hidden); i++) {
        const char *shape = shapes[i % COUNT_OF(shapes)], *at_end = last[i / COUNT_OF(shapes) % COUNT_OF(last)];
        char text[TEXT_SIZE];
        snprintf(text, sizeof text, shape, hidden[i / COUNT_OF(shapes) / COUNT_OF(last)], at_end);
        if (strstr(text, "dense 1 softmax") != NULL || strstr(text, "dense 1 bias=no softmax") != NULL)
            continue;
        glia__network network = network_make(text);
        harness_fill(network.values, network.value_count, SEED + i);
        for (size_t t = 0; kernel_table(t) != NULL; t++) {
            network.kernels = kernel_table(t);
            check(&network);
        }
        glia__network_release(&network);
    }
}

static real *random_reals(size_t count, uint64_t seed)
{
    real *values = network_reals(count);
    harness_fill(values, count, seed);
    return values;
}

static void test_small_dense_networks_take_a_row_whole(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        bool infers, trains;
    } cases[] = {
        {"input 2, dense 3 tanh, dense 2 softmax", true, true},
        {"input 4, dense 1", true, true},
        {"input 784, dense 128 relu, dense 10 softmax", true, false},
        {"input 2, standardize, dense 3", false, false},
        {"input 2, dense 3, dropout 0.5, dense 2", false, false},
        {"input 2, tanh, dense 3", false, false},
        {"input 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1", true, true},
        {"input 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1, dense 1", false, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        assert_int_equal(glia__infers_as_row(&network, 1), cases[i].infers);
        assert_int_equal(glia__trains_as_row(&network, 1), cases[i].trains);
        assert_int_equal(glia__pass_over(&network, 1).is_row, cases[i].trains);
        assert_false(glia__infers_as_row(&network, 2) || glia__pass_over(&network, 2).is_row);
        glia__network_release(&network);
    }
}

/* A forward, with what it leaves behind; as one row, or layer by layer. */
static real *forward(const glia__network *network, const real *input, bool is_row)
{
    glia__pass pass = network_pass(network, 1);
    size_t count;
    pass.kernels = network->kernels;
    pass.is_row = is_row;
    assert_ok(glia__activation_count(&count, network, 1));
    real *activations = network_reals(count);
    glia__propagate_forward(network, &pass, input, activations);
    return activations;
}

static void check_forward(const glia__network *network)
{
    real *input = random_reals(network->input_size, SEED);
    real *expected = forward(network, input, false), *activations = forward(network, input, true);
    assert_same_bits(activations, expected, network->activation_width);
    real *outputs = network_reals(network->output_size); /* exactly: nothing is written behind them */
    glia__row_layers_infer(network, input, outputs, activations);
    assert_same_bits(outputs, expected + network->activation_width - network->output_size, network->output_size);
    free(outputs);
    free(input);
    free(expected);
    free(activations);
}

static void test_forward_of_a_row_has_the_bits_of_layer_by_layer(void **state)
{
    (void)state;
    check_networks(check_forward);
}

/* NaN in one input: NaN in what depends on it, which is all. */
static void check_nan(const glia__network *network)
{
    real *input = random_reals(network->input_size, SEED);
    input[network->input_size - 1] = (real)NAN;
    real *activations = forward(network, input, true);
    for (size_t i = 0; i < network->activation_width; i++)
        assert_true(isnan(activations[i]));
    free(input);
    free(activations);
}

static void test_nan_goes_through_every_layer(void **state)
{
    (void)state;
    check_networks(check_nan);
}

static void backward_by_layers(const glia__network *network, const glia__backward *with, real *gradients, bool adds)
{
    glia__pass pass = network_pass(network, 1);
    pass.kernels = network->kernels;
    pass.scratch = kernel_scratch(network->kernels);
    glia__propagate_backward(network, &pass, with);
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        if (layer->type->differentiate != NULL)
            glia__propagate_gradient(network, &pass, with, layer, (glia__share){0, layer->input_size}, gradients, adds);
    }
}

/* Numbers about 1, through sums of 40 units at most and 40 before: either way is off by less than 128 u of them. */
static void assert_nearly_equal(const real *actual, const real *expected, size_t count)
{
    double largest = 1;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)expected[i]));
    for (size_t i = 0; i < count; i++)
        assert_near((double)actual[i], (double)expected[i], 128 * ROUNDING * largest);
}

static void check_backward_from(const glia__network *network, bool is_logit_gradient, bool adds)
{
    size_t delta_count, count = network->parameter_count;
    assert_ok(glia__delta_count(&delta_count, network, 1));
    real *input = random_reals(network->input_size, SEED), *activations = forward(network, input, true);
    real *deltas = network_reals(delta_count), *d_output = random_reals(network->output_size, SEED + 1);
    real *gradients = random_reals(count, SEED + 2), *expected = random_reals(count, SEED + 2);
    const glia__backward with = {
        .inputs = input, .activations = activations, .deltas = deltas, .is_logit_gradient = is_logit_gradient};
    real *delta = glia__propagated_delta(network, &(glia__pass){.batch = 1, .rows = 1}, deltas);
    memcpy(delta, d_output, network->output_size * sizeof *delta);
    glia__row_layers_backward(network, &with, gradients, adds);
    memcpy(delta, d_output, network->output_size * sizeof *delta);
    backward_by_layers(network, &with, expected, adds);
    assert_nearly_equal(gradients, expected, count);
    real *const all[] = {input, activations, deltas, d_output, gradients, expected};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
}

static void check_backward(const glia__network *network)
{
    for (int adds = 0; adds < 2; adds++) {
        check_backward_from(network, true, adds != 0);
        if (!network->layers[network->layer_count - 1].type->is_only_last)
            check_backward_from(network, false, adds != 0);
    }
}

static void test_backward_of_a_row_gives_the_gradients_of_layer_by_layer(void **state)
{
    (void)state;
    check_networks(check_backward);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_dense_networks_take_a_row_whole),
        cmocka_unit_test(test_forward_of_a_row_has_the_bits_of_layer_by_layer),
        cmocka_unit_test(test_nan_goes_through_every_layer),
        cmocka_unit_test(test_backward_of_a_row_gives_the_gradients_of_layer_by_layer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
