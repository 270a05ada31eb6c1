/* SPDX-License-Identifier: MIT */
/* Through the layers: where a layer writes over its input never changes a result. What is right is what the layers give
 * one by one, each into memory of its own. */
#include "net/propagate.h"

#include <stdlib.h>
#include <string.h>

#include "net/network_harness.h"

enum {
    LAYERS_MAX = 16
};

/* Every kind of neighbour: layers whose backward reads what they wrote, layers that write in place, and neither. */
static const char *const architectures[] = {
    "input 3, dense 4 tanh, dense 2 softmax",
    "input 3, dense 4, dense 2",
    "input 3, standardize, dense 5 relu, dropout 0.25, dense 4 leaky_relu slope=0.3, dense 2 sigmoid",
    "input 3, dropout 0.5, identity, dropout 0.25, standardize, tanh, relu",
    "input 4, softmax, dense 3, dropout 0.2, tanh, softmax",
    "input 3, dense 4, relu, relu, dropout 0.3, dropout 0.3, identity, standardize, dense 2 tanh, tanh",
    "input 5, dense 3 identity, standardize, sigmoid, dense 1 bias=no",
    "input 2, dense 3 tanh, dropout 0.5",
    "input 9, dense 1 sigmoid",
    "input 2, softmax",
    "input 2, dropout 0.5",
    "input 2, identity",
    "input 2, standardize, standardize",
};

static const size_t row_counts[] = {1, 3, 65};

/* A run of the layers one by one. */
typedef struct run {
    glia__network network;
    glia__pass pass;
    real *inputs;
    real *outputs[LAYERS_MAX]; /* of each layer */
    real *output_gradient;
    real *gradients, *input_gradient;
} run;

static real *random_reals(size_t count, uint64_t seed)
{
    real *values = network_reals(count);
    harness_fill(values, count, seed);
    return values;
}

/* Inputs and gradient for a network whose statistics are not those of a new one; nothing has run. */
static run run_begin(const char *architecture, size_t rows)
{
    run made = {.network = network_make(architecture)};
    const glia__network *network = &made.network;
    made.pass = network_pass(network, rows);
    made.inputs = random_reals(rows * network->input_size, 1);
    made.output_gradient = random_reals(rows * network->output_size, 2);
    made.gradients = random_reals(network->parameter_count, 3);
    made.input_gradient = network_reals(rows * network->input_size);
    harness_fill(network->values + network->parameter_count, network->value_count - network->parameter_count, 4);
    assert_true(network->layer_count <= LAYERS_MAX);
    for (size_t i = 0; i < network->layer_count; i++)
        made.outputs[i] = network_reals(rows * network->layers[i].output_size);
    return made;
}

static void run_end(run *made)
{
    for (size_t i = 0; i < made->network.layer_count; i++)
        free(made->outputs[i]);
    free(made->inputs);
    free(made->output_gradient);
    free(made->gradients);
    free(made->input_gradient);
    glia__network_release(&made->network);
}

static const real *input_of(const run *made, size_t layer)
{
    return layer == 0 ? made->inputs : made->outputs[layer - 1];
}

/* The first `count` layers, in training or in use. */
static void run_layers(const run *made, size_t count, bool is_training)
{
    for (size_t i = 0; i < count; i++) {
        const glia__layer *layer = &made->network.layers[i];
        glia__layer_forward_fn *forward = is_training ? layer->type->forward : layer->type->predict;
        forward(layer, &made->pass, made->outputs[i], input_of(made, i));
    }
}

/* The first `count` layers backward, from `output_gradient` at the last of them. */
static void run_layers_backward(const run *made, size_t count)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows;
    real *d_output = network_reals(rows * network->output_size);
    memcpy(d_output, made->output_gradient, rows * network->output_size * sizeof(real));
    while (count-- > 0) {
        const glia__layer *layer = &network->layers[count];
        real *d_input = network_reals(rows * layer->input_size);
        glia__layer_backward at = {
            .d_input = d_input, .d_output = d_output, .input = input_of(made, count), .output = made->outputs[count]};
        for (size_t i = 0; i < layer->array_count; i++)
            if (layer->arrays[i].is_trained)
                at.d_arrays[i] = made->gradients + (layer->arrays[i].values - network->values);
        layer->type->backward(layer, &made->pass, &at);
        free(d_output);
        d_output = d_input;
    }
    memcpy(made->input_gradient, d_output, rows * network->input_size * sizeof(real));
    free(d_output);
}

typedef void check_fn(run *made);

static void check_all(check_fn *check)
{
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        for (size_t j = 0; j < COUNT_OF(row_counts); j++) {
            run made = run_begin(architectures[i], row_counts[j]);
            check(&made);
            run_end(&made);
        }
    }
}

static real *forward(const run *made)
{
    size_t count;
    assert_ok(glia__activation_count(&count, &made->network, made->pass.rows));
    real *activations = network_reals(count);
    glia__propagate_forward(&made->network, &made->pass, made->inputs, activations);
    return activations;
}

static void check_forward(run *made)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows, last = network->layer_count - 1;
    real *activations = forward(made);
    run_layers(made, network->layer_count, true);
    assert_same_bits(glia__propagated_outputs(network, rows, activations), made->outputs[last],
                     rows * network->output_size);
    const real *logits = glia__network_has_logits(network) ? input_of(made, last) : made->outputs[last];
    assert_same_bits(glia__propagated_logits(network, rows, made->inputs, activations), logits,
                     rows * network->output_size);
    free(activations);
}

static void test_forward_equals_the_layers_one_by_one(void **state)
{
    (void)state;
    check_all(check_forward);
}

/* Backward through the network, from the outputs or the logits, with and without a gradient for the inputs. */
static void check_backward_from(run *made, bool is_logit_gradient)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows, delta_count, output_count = rows * network->output_size;
    assert_ok(glia__delta_count(&delta_count, network, rows));
    real *activations = forward(made), *deltas = network_reals(delta_count);
    real *gradients[2], *input_gradient = network_reals(rows * network->input_size);
    for (size_t i = 0; i < 2; i++) {
        gradients[i] = network_reals(network->parameter_count);
        memcpy(gradients[i], made->gradients, network->parameter_count * sizeof(real));
        memcpy(deltas, made->output_gradient, output_count * sizeof(real));
        const glia__backward with = {
            .inputs = made->inputs,
            .activations = activations,
            .deltas = deltas,
            .is_logit_gradient = is_logit_gradient,
            .gradients = gradients[i],
            .input_gradient = i == 0 ? NULL : input_gradient,
        };
        glia__propagate_backward(network, &made->pass, &with);
    }
    run_layers(made, network->layer_count, true);
    run_layers_backward(made, network->layer_count - (is_logit_gradient && glia__network_has_logits(network)));
    assert_same_bits(gradients[0], made->gradients, network->parameter_count);
    assert_same_bits(gradients[1], made->gradients, network->parameter_count);
    if (!is_logit_gradient)
        assert_same_bits(input_gradient, made->input_gradient, rows * network->input_size);
    free(activations);
    free(deltas);
    free(gradients[0]);
    free(gradients[1]);
    free(input_gradient);
}

static void check_backward(run *made)
{
    check_backward_from(made, false);
}

static void check_logit_backward(run *made)
{
    check_backward_from(made, true);
}

static void test_backward_equals_the_layers_one_by_one(void **state)
{
    (void)state;
    check_all(check_backward);
}

static void test_backward_from_logits_leaves_out_the_last_activation(void **state)
{
    (void)state;
    check_all(check_logit_backward);
}

/* The perceptron has no other way. */
static void test_backward_from_logits_passes_a_step(void **state)
{
    (void)state;
    run made = run_begin("input 3, dense 4 tanh, dense 2 step", 5);
    check_logit_backward(&made);
    run_end(&made);
}

/* Outputs alone, and outputs with logits. */
static void check_inference(run *made)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows, last = network->layer_count - 1, count = rows * network->output_size;
    real *layers = network_reals(2 * rows * network->widest), *outputs = network_reals(count);
    const glia__inference_scratch scratch = {layers, made->pass.scratch}, short_of_memory = {layers, NULL};
    real *logits = network_reals(count);
    run_layers(made, network->layer_count, false);
    const real *expected_logits = glia__network_has_logits(network) ? input_of(made, last) : made->outputs[last];

    glia__propagate_inference(network, made->inputs, rows, outputs, NULL, &short_of_memory);
    assert_same_bits(outputs, made->outputs[last], count);
    memset(outputs, 0, count * sizeof *outputs);
    glia__propagate_inference(network, made->inputs, rows, outputs, logits, &scratch);
    assert_same_bits(outputs, made->outputs[last], count);
    assert_same_bits(logits, expected_logits, count);
    free(layers);
    free(outputs);
    free(logits);
}

static void test_inference_equals_the_layers_one_by_one(void **state)
{
    (void)state;
    check_all(check_inference);
}

static void check_inputs_are_kept(run *made)
{
    size_t count = made->pass.rows * made->network.input_size;
    real *before = network_reals(count);
    memcpy(before, made->inputs, count * sizeof *before);
    check_inference(made);
    check_backward_from(made, false);
    assert_same_bits(made->inputs, before, count);
    free(before);
}

static void test_nothing_writes_over_the_inputs(void **state)
{
    (void)state;
    check_all(check_inputs_are_kept);
}

static void test_inference_without_dropout_equals_forward(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        if (strstr(architectures[i], "dropout") != NULL)
            continue;
        run made = run_begin(architectures[i], 5);
        const glia__network *network = &made.network;
        real *activations = forward(&made), *layers = network_reals(2 * 5 * network->widest);
        real *outputs = network_reals(5 * network->output_size);
        const glia__inference_scratch scratch = {.layers = layers};
        glia__propagate_inference(network, made.inputs, 5, outputs, NULL, &scratch);
        assert_same_bits(outputs, glia__propagated_outputs(network, 5, activations), 5 * network->output_size);
        free(activations);
        free(layers);
        free(outputs);
        run_end(&made);
    }
}

static void check_part(run *made)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows;
    real *scratch = network_reals(3 * rows * network->widest);
    run_layers(made, network->layer_count, false);
    for (size_t i = 0; i < network->layer_count; i++) {
        const real *part = glia__propagate_part(network, i, made->inputs, rows, scratch);
        assert_same_bits(part, input_of(made, i), rows * network->layers[i].input_size);
    }
    assert_ptr_equal(glia__propagate_part(network, 0, made->inputs, rows, scratch), made->inputs);
    free(scratch);
}

static void test_part_equals_the_first_layers(void **state)
{
    (void)state;
    check_all(check_part);
}

static void test_counts_that_wrap_are_refused(void **state)
{
    (void)state;
    size_t count;
    glia__network network = network_make("input 3, dense 4 tanh, dense 2");
    assert_status(glia__activation_count(&count, &network, SIZE_MAX / 4), GLIA_ERR_SHAPE);
    assert_status(glia__delta_count(&count, &network, SIZE_MAX / 4), GLIA_ERR_SHAPE);
    assert_status(glia__delta_count(&count, &network, SIZE_MAX / 8 / sizeof(real) + 1), GLIA_ERR_SHAPE);
    assert_ok(glia__delta_count(&count, &network, 10));
    assert_int_equal(count, 2 * 10 * 4);
    glia__network_release(&network);
}

/* dense, tanh and dense write 4, 4 and 2 numbers a row; dropout writes over the first. */
static void test_layers_in_place_take_no_memory(void **state)
{
    (void)state;
    size_t with, without;
    glia__network plain = network_make("input 3, dense 4, tanh, dense 2");
    glia__network in_place = network_make("input 3, dense 4, dropout 0.5, identity, tanh, dense 2");
    assert_ok(glia__activation_count(&without, &plain, 1));
    assert_ok(glia__activation_count(&with, &in_place, 1));
    assert_true(with <= without);
    glia__network_release(&plain);
    glia__network_release(&in_place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forward_equals_the_layers_one_by_one),
        cmocka_unit_test(test_backward_equals_the_layers_one_by_one),
        cmocka_unit_test(test_backward_from_logits_leaves_out_the_last_activation),
        cmocka_unit_test(test_backward_from_logits_passes_a_step),
        cmocka_unit_test(test_inference_equals_the_layers_one_by_one),
        cmocka_unit_test(test_nothing_writes_over_the_inputs),
        cmocka_unit_test(test_inference_without_dropout_equals_forward),
        cmocka_unit_test(test_part_equals_the_first_layers),
        cmocka_unit_test(test_counts_that_wrap_are_refused),
        cmocka_unit_test(test_layers_in_place_take_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
