/* SPDX-License-Identifier: MIT */
/* Through the layers a row behind the other: neither where a layer writes over its input nor which rows and parameters
 * go together changes a result. What is right is what the layers give one by one, each into memory of its own. */
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

static const size_t row_counts[] = {1, 3, 65, 81};

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

/* The gradient of a layer's arrays, added to the others. */
static void add_gradient(const run *made, const glia__layer *layer, const real *d_output)
{
    glia__layer_gradient at = {
        .input = input_of(made, layer->index),
        .d_output = d_output,
        .share = {0, layer->input_size},
        .adds = true,
    };
    if (layer->type->differentiate == NULL)
        return;
    for (size_t i = 0; i < layer->array_count; i++)
        at.d_arrays[i] = made->gradients + layer->arrays[i].offset;
    layer->type->differentiate(layer, &made->pass, &at);
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
        const glia__layer_backward at = {.d_input = d_input, .d_output = d_output, .output = made->outputs[count]};
        add_gradient(made, layer, d_output);
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

/* Call for so many parts of the batch, from the last to the first; fewer where they would be of less than 16 rows. */
typedef void part_fn(const run *made, const glia__pass *part, void *context);

static void by_parts(const run *made, size_t parts, part_fn *call, void *context)
{
    size_t rows = made->pass.rows, most = rows < 32 ? 1 : rows / 16;
    parts = parts < most ? parts : most;
    for (size_t i = parts; i-- > 0;) {
        size_t begin = rows * i / parts, end = rows * (i + 1) / parts;
        glia__pass part = glia__pass_part(&made->pass, begin, end - begin);
        call(made, &part, context);
    }
}

static void forward_part(const run *made, const glia__pass *part, void *context)
{
    glia__propagate_forward(&made->network, part, made->inputs, context);
}

static real *forward(const run *made, size_t parts)
{
    size_t count;
    assert_ok(glia__activation_count(&count, &made->network, made->pass.rows));
    real *activations = network_reals(count);
    by_parts(made, parts, forward_part, activations);
    return activations;
}

/* Where a part finds its results, too. */
static void check_forward_part(const run *made, const glia__pass *part, void *context)
{
    const glia__network *network = &made->network;
    size_t last = network->layer_count - 1, width = network->output_size;
    const real *logits = glia__network_has_logits(network) ? input_of(made, last) : made->outputs[last];
    assert_same_bits(glia__propagated_outputs(network, part, context), made->outputs[last] + part->first_row * width,
                     part->rows * width);
    assert_same_bits(glia__propagated_logits(network, part, made->inputs, context), logits + part->first_row * width,
                     part->rows * width);
}

static void check_forward_by(run *made, size_t parts)
{
    real *activations = forward(made, parts);
    run_layers(made, made->network.layer_count, true);
    by_parts(made, parts, check_forward_part, activations);
    check_forward_part(made, &made->pass, activations);
    free(activations);
}

static void check_forward(run *made)
{
    check_forward_by(made, 1);
}

static void check_forward_by_parts(run *made)
{
    for (size_t parts = 2; parts <= 5; parts++)
        check_forward_by(made, parts);
}

static void test_forward_equals_the_layers_one_by_one(void **state)
{
    (void)state;
    check_all(check_forward);
}

static void test_forward_equals_the_layers_in_parts_of_the_batch(void **state)
{
    (void)state;
    check_all(check_forward_by_parts);
}

static void backward_part(const run *made, const glia__pass *part, void *context)
{
    const glia__backward *with = context;
    const glia__network *network = &made->network;
    memcpy(glia__propagated_delta(network, part, with->deltas),
           made->output_gradient + part->first_row * network->output_size,
           part->rows * network->output_size * sizeof(real));
    glia__propagate_backward(network, part, with);
}

/* Added to `gradients`, chunk by chunk of the parameters, from the last to the first. */
static void add_gradients(const run *made, const glia__backward *with, size_t chunks, real *gradients)
{
    const glia__network *network = &made->network;
    for (size_t chunk = chunks; chunk-- > 0;) {
        for (size_t i = 0; i < network->layer_count; i++) {
            const glia__layer *layer = &network->layers[i];
            if (layer->type->differentiate == NULL)
                continue;
            glia__share share = glia__layer_share(network, layer, (glia__chunk){chunk, chunk + 1, chunks});
            if (share.begin < share.end)
                glia__propagate_gradient(network, &made->pass, with, layer, share, gradients, true);
        }
    }
}

/* How the work of a backward is cut. */
typedef struct cut {
    size_t parts, chunks;
} cut;

/* Backward through the network, from the outputs or the logits, with and without a gradient for the inputs. */
static void check_backward_from(run *made, bool is_logit_gradient, cut by)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows, delta_count, parameters = network->parameter_count;
    assert_ok(glia__delta_count(&delta_count, network, rows));
    real *activations = forward(made, 1), *deltas = network_reals(delta_count);
    real *before = network_reals(parameters), *gradients = network_reals(parameters);
    real *input_gradient = network_reals(rows * network->input_size);
    memcpy(before, made->gradients, parameters * sizeof(real));
    run_layers(made, network->layer_count, true);
    run_layers_backward(made, network->layer_count - (is_logit_gradient && glia__network_has_logits(network)));
    for (int wants_inputs = 0; wants_inputs < 2; wants_inputs++) {
        glia__backward with = {
            .inputs = made->inputs,
            .activations = activations,
            .deltas = deltas,
            .is_logit_gradient = is_logit_gradient,
            .input_gradient = wants_inputs ? input_gradient : NULL,
        };
        memcpy(gradients, before, parameters * sizeof(real));
        by_parts(made, by.parts, backward_part, &with);
        add_gradients(made, &with, by.chunks, gradients);
        assert_same_bits(gradients, made->gradients, parameters);
    }
    if (!is_logit_gradient)
        assert_same_bits(input_gradient, made->input_gradient, rows * network->input_size);
    memcpy(made->gradients, before, parameters * sizeof(real));
    real *const all[] = {activations, deltas, before, gradients, input_gradient};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
}

static void check_backward(run *made)
{
    check_backward_from(made, false, (cut){1, 1});
}

static void check_logit_backward(run *made)
{
    check_backward_from(made, true, (cut){1, 1});
}

static void check_backward_by_parts(run *made)
{
    static const cut cuts[] = {{2, 2}, {3, 1}, {5, 100}};
    for (size_t i = 0; i < COUNT_OF(cuts); i++) {
        check_backward_from(made, false, cuts[i]);
        check_backward_from(made, true, cuts[i]);
    }
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

static void test_backward_equals_the_layers_in_parts_of_batch_and_parameters(void **state)
{
    (void)state;
    check_all(check_backward_by_parts);
}

/* Inputs enough for several shares, the last of them not whole. */
static void test_backward_of_wide_layers_is_the_same_in_any_shares(void **state)
{
    (void)state;
    static const size_t chunk_counts[] = {1, 2, 3, 5, 8, 64, 1000};
    run made = run_begin("input 200, dense 130 tanh, dense 70 relu bias=no, dense 3 softmax", 40);
    for (size_t i = 0; i < COUNT_OF(chunk_counts); i++)
        check_backward_from(&made, false, (cut){2, chunk_counts[i]});
    run_end(&made);
}

/* The perceptron has no other way. */
static void test_backward_from_logits_passes_a_step(void **state)
{
    (void)state;
    run made = run_begin("input 3, dense 4 tanh, dense 2 step", 5);
    check_logit_backward(&made);
    run_end(&made);
}

/* Scratch of an inference, to be freed; without the kernels' scratch where that is short. */
static glia__inference_scratch inference_scratch(const run *made, bool is_short)
{
    size_t count = 0;
    assert_true(glia__inference_count(&count, &made->network, made->pass.rows));
    return (glia__inference_scratch){network_reals(count), is_short ? NULL : made->pass.scratch};
}

/* Outputs alone, and outputs with logits. */
static void check_inference(run *made)
{
    const glia__network *network = &made->network;
    size_t rows = made->pass.rows, last = network->layer_count - 1, count = rows * network->output_size;
    real *outputs = network_reals(count), *logits = network_reals(count);
    run_layers(made, network->layer_count, false);
    const real *expected_logits = glia__network_has_logits(network) ? input_of(made, last) : made->outputs[last];
    for (int is_short = 0; is_short < 2; is_short++) {
        const glia__inference_scratch scratch = inference_scratch(made, is_short);
        memset(outputs, 0, count * sizeof *outputs);
        glia__propagate_inference(network, made->inputs, rows, outputs, NULL, &scratch);
        assert_same_bits(outputs, made->outputs[last], count);
        memset(outputs, 0, count * sizeof *outputs);
        glia__propagate_inference(network, made->inputs, rows, outputs, logits, &scratch);
        assert_same_bits(outputs, made->outputs[last], count);
        assert_same_bits(logits, expected_logits, count);
        free(scratch.layers);
    }
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
    check_backward(made);
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
        real *activations = forward(&made, 1), *outputs = network_reals(5 * network->output_size);
        const glia__inference_scratch scratch = inference_scratch(&made, true);
        glia__propagate_inference(network, made.inputs, 5, outputs, NULL, &scratch);
        assert_same_bits(outputs, glia__propagated_outputs(network, &made.pass, activations), 5 * network->output_size);
        free(activations);
        free(scratch.layers);
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

/* dense and tanh share their deltas, which the gradient of the arrays reads once more; so 4 and 2 numbers a row. */
static void test_counts_that_wrap_are_refused(void **state)
{
    (void)state;
    size_t count;
    glia__network network = network_make("input 100, dense 4 tanh, dense 2");
    assert_status(glia__activation_count(&count, &network, SIZE_MAX / 4), GLIA_ERR_SHAPE);
    assert_status(glia__delta_count(&count, &network, SIZE_MAX / 4), GLIA_ERR_SHAPE);
    assert_status(glia__delta_count(&count, &network, SIZE_MAX / 6 / sizeof(real) + 1), GLIA_ERR_SHAPE);
    assert_ok(glia__delta_count(&count, &network, 10));
    assert_int_equal(count, 10 * (4 + 2));
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
        cmocka_unit_test(test_forward_equals_the_layers_in_parts_of_the_batch),
        cmocka_unit_test(test_backward_equals_the_layers_one_by_one),
        cmocka_unit_test(test_backward_equals_the_layers_in_parts_of_batch_and_parameters),
        cmocka_unit_test(test_backward_of_wide_layers_is_the_same_in_any_shares),
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
