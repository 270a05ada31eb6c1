/* SPDX-License-Identifier: MIT */
/* Small networks run over columns: when they do, that forward has the same bits as over rows, and backward the same
 * gradients but for roundings; and how parameters are shared out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/network_harness.h"
#include "net/propagate.h"

#define SEED 31

enum {
    ROWS_MAX = 70
};

/* The tutorial's network and a wider one behind a standardize layer, whose places take every activation in turn. */
static const char *const shapes[] = {
    "input 2, dense 3 %s, dense 2 %s",
    "input 5, standardize, dense 16 %s, dense 3 bias=no %s",
};
static const char *const hidden[] = {"identity", "relu", "leaky_relu slope=0.3", "tanh", "sigmoid", "softmax"};
static const char *const last[] = {"identity", "relu", "leaky_relu slope=0.3", "tanh", "sigmoid", "softmax", "step"};

typedef void check_fn(const glia__network *network, size_t rows);

/* A network whose statistics are not those of a new one. */
static glia__network make_network(const char *architecture)
{
    glia__network network = network_make(architecture);
    size_t statistics = network.value_count - network.parameter_count;
    harness_fill(network.values + network.parameter_count, statistics, SEED);
    return network;
}

/* Every activation, last or not, with so many rows. */
static void check_networks(check_fn *check, const size_t *row_counts, size_t count)
{
    for (size_t shape = 0; shape < COUNT_OF(shapes); shape++) {
        for (size_t i = 0; i < COUNT_OF(last); i++) {
            char text[128];
            snprintf(text, sizeof text, shapes[shape], hidden[i % COUNT_OF(hidden)], last[i]);
            glia__network network = make_network(text);
            for (size_t j = 0; j < count; j++)
                check(&network, row_counts[j]);
            glia__network_release(&network);
        }
    }
}

static void check_networks_of_all_rows(check_fn *check)
{
    size_t row_counts[ROWS_MAX];
    for (size_t i = 0; i < ROWS_MAX; i++)
        row_counts[i] = i + 1;
    check_networks(check, row_counts, ROWS_MAX);
}

/* Random numbers, to be freed. */
static real *random_reals(size_t count, uint64_t seed)
{
    real *values = network_reals(count);
    harness_fill(values, count, seed);
    return values;
}

static void test_narrow_networks_run_over_columns(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        bool is_columns;
    } cases[] = {
        {"input 2, dense 3 tanh, dense 2 softmax", true},
        {"input 32, standardize, dense 32 relu, dense 1", true},
        {"input 33, dense 2", false},
        {"input 2, dense 33, dense 2", false},
        {"input 2, dense 3, dropout 0.5, dense 2", false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i].architecture);
        assert_int_equal(glia__pass_over(&network, network.kernels->lanes).is_columns, cases[i].is_columns);
        glia__network_release(&network);
    }
}

static void test_few_or_very_many_rows_run_as_rows(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3 tanh, dense 2 softmax");
    size_t lanes = network.kernels->lanes;
    assert_true(glia__pass_over(&network, (lanes + 1) / 2).is_columns);
    assert_false(glia__pass_over(&network, 100000).is_columns);
    assert_false(glia__pass_over(&network, SIZE_MAX).is_columns);
    if (lanes > 2)
        assert_false(glia__pass_over(&network, lanes / 2 - 1).is_columns);
    glia__network_release(&network);
}

static void test_columns_are_filled_up_to_whole_vectors(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 3 tanh, dense 2 softmax");
    size_t lanes = network.kernels->lanes;
    for (size_t rows = lanes; rows <= ROWS_MAX; rows++) {
        glia__pass pass = glia__pass_over(&network, rows);
        assert_true(pass.batch % lanes == 0 && pass.batch >= rows && pass.batch < rows + lanes);
        assert_int_equal(pass.rows, pass.batch);
        assert_int_equal(pass.padding, pass.batch - rows);
    }
    glia__network_release(&network);
}

/* A training pass over some rows, over columns or not, and what it leaves behind. */
typedef struct training {
    const glia__network *network;
    glia__pass pass;
    size_t rows;
    const real *inputs;
    real *activations, *deltas;
} training;

static training forward(const glia__network *network, glia__pass pass, size_t rows, const real *inputs)
{
    size_t activation_count, delta_count;
    assert_ok(glia__activation_count(&activation_count, network, rows));
    assert_ok(glia__delta_count(&delta_count, network, rows));
    training made = {network, pass, rows, inputs, network_reals(activation_count), network_reals(delta_count)};
    glia__propagate_forward(network, &pass, inputs, made.activations);
    return made;
}

static void training_end(training *made)
{
    free(made->activations);
    free(made->deltas);
}

/* Results of a pass as rows, to be freed. */
static real *as_rows(const training *of, const real *results)
{
    size_t width = of->network->output_size;
    real *rows = network_reals(of->rows * width);
    if (of->pass.is_columns)
        of->network->kernels->to_rows(rows, results, of->rows, width, of->pass.batch);
    else
        memcpy(rows, results, of->rows * width * sizeof *rows);
    return rows;
}

static void check_forward(const glia__network *network, size_t rows)
{
    real *inputs = random_reals(rows * network->input_size, SEED);
    training passes[2] = {forward(network, network_own_pass(network, rows), rows, inputs),
                          forward(network, network_pass(network, rows), rows, inputs)};
    real *outputs[2], *logits[2];
    assert_int_equal(passes[0].pass.is_columns, 2 * rows >= network->kernels->lanes);
    for (size_t i = 0; i < 2; i++) {
        const training *at = &passes[i];
        outputs[i] = as_rows(at, glia__propagated_outputs(network, &at->pass, at->activations));
        logits[i] = as_rows(at, glia__propagated_logits(network, &at->pass, inputs, at->activations));
    }
    assert_same_bits(outputs[0], outputs[1], rows * network->output_size);
    assert_same_bits(logits[0], logits[1], rows * network->output_size);
    for (size_t i = 0; i < 2; i++) {
        training_end(&passes[i]);
        free(outputs[i]);
        free(logits[i]);
    }
    free(inputs);
}

static void test_forward_has_the_same_bits_over_columns(void **state)
{
    (void)state;
    check_networks_of_all_rows(check_forward);
}

/* Inference on some rows; outputs, or logits where there is room for them too. */
static void infer(const glia__network *network, const real *inputs, size_t rows, real *outputs, real *logits)
{
    size_t count;
    assert_true(glia__inference_count(&count, network, rows));
    const glia__inference_scratch scratch = {.layers = network_reals(count)};
    glia__propagate_inference(network, inputs, rows, outputs, logits, &scratch);
    free(scratch.layers);
}

/* All rows at once beside each alone, which is no column. */
static void check_inference(const glia__network *network, size_t rows)
{
    size_t count = rows * network->output_size;
    real *inputs = random_reals(rows * network->input_size, SEED), *outputs = network_reals(count);
    real *expected = network_reals(count), *expected_logits = network_reals(count), *logits = network_reals(count);
    for (size_t row = 0; row < rows; row++)
        infer(network, inputs + row * network->input_size, 1, expected + row * network->output_size,
              expected_logits + row * network->output_size);
    infer(network, inputs, rows, outputs, NULL);
    assert_same_bits(outputs, expected, count);
    memset(outputs, 0, count * sizeof *outputs);
    infer(network, inputs, rows, outputs, logits);
    assert_same_bits(outputs, expected, count);
    assert_same_bits(logits, expected_logits, count);
    real *const all[] = {inputs, outputs, expected, expected_logits, logits};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
}

static void test_inference_has_the_same_bits_over_columns(void **state)
{
    (void)state;
    check_networks_of_all_rows(check_inference);
}

/* The gradients of the parameters, and of the inputs where there is room for them. */
static void backward(training *of, const real *output_gradient, real *gradients, real *input_gradient)
{
    const glia__network *network = of->network;
    const glia__pass *pass = &of->pass;
    const glia__backward with = {
        .inputs = of->inputs,
        .activations = of->activations,
        .deltas = of->deltas,
        .is_logit_gradient = input_gradient == NULL,
        .input_gradient = input_gradient,
    };
    real *delta = glia__propagated_delta(network, pass, of->deltas);
    if (pass->is_columns)
        network->kernels->to_columns(delta, output_gradient, of->rows, network->output_size, pass->batch);
    else
        memcpy(delta, output_gradient, of->rows * network->output_size * sizeof *delta);
    glia__propagate_backward(network, pass, &with);
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        if (layer->type->differentiate != NULL)
            glia__propagate_gradient(network, pass, &with, layer, (glia__share){0, layer->input_size}, gradients,
                                     false);
    }
}

/* Every number is a sum of products of numbers that are about 1 or less: of 16 units at most, layer by layer, and then
 * of the rows. Either way it is off by less than 64 u a row. */
static void assert_nearly_equal(const real *actual, const real *expected, size_t count, size_t terms)
{
    double largest = 1;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)expected[i]));
    for (size_t i = 0; i < count; i++)
        assert_near((double)actual[i], (double)expected[i], 64 * ROUNDING * (double)terms * largest);
}

static void check_backward_from(const glia__network *network, size_t rows, bool is_logit_gradient)
{
    size_t parameters = network->parameter_count, input_count = rows * network->input_size;
    real *inputs = random_reals(input_count, SEED), *output_gradient = random_reals(rows * network->output_size, SEED);
    training passes[2] = {forward(network, network_own_pass(network, rows), rows, inputs),
                          forward(network, network_pass(network, rows), rows, inputs)};
    real *gradients[2], *input_gradients[2];
    for (size_t i = 0; i < 2; i++) {
        gradients[i] = network_reals(parameters);
        input_gradients[i] = network_reals(input_count);
        backward(&passes[i], output_gradient, gradients[i], is_logit_gradient ? NULL : input_gradients[i]);
        training_end(&passes[i]);
    }
    assert_nearly_equal(gradients[0], gradients[1], parameters, rows);
    assert_nearly_equal(input_gradients[0], input_gradients[1], input_count, 1);
    real *const all[] = {inputs, output_gradient, gradients[0], gradients[1], input_gradients[0], input_gradients[1]};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
}

static void check_backward(const glia__network *network, size_t rows)
{
    check_backward_from(network, rows, true);
    if (!network->layers[network->layer_count - 1].type->is_only_last)
        check_backward_from(network, rows, false);
}

static void test_backward_gives_the_same_gradients_over_columns(void **state)
{
    (void)state;
    static const size_t row_counts[] = {1, 4, 8, 9, 15, 16, 17, 33, 64, 70};
    check_networks(check_backward, row_counts, COUNT_OF(row_counts));
}

/* Whole columns of random numbers, away from the kinks at 0: the harness looks at a column as it does at a row. */
static void test_layers_match_finite_differences_over_columns(void **state)
{
    (void)state;
    static const char *const architectures[] = {
        "input 5, dense 3",
        "input 3, dense 9 bias=no",
        "input 3, standardize",
        "input 3, identity",
        "input 3, sigmoid",
        "input 3, tanh",
        "input 3, leaky_relu slope=0.7",
        "input 3, relu",
        "input 5, softmax",
    };
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia__network network = make_network(architectures[i]);
        glia__pass pass = network_own_pass(&network, 2 * network.kernels->lanes);
        size_t count = pass.batch * network.input_size;
        real *input = random_reals(count, i);
        assert_true(pass.is_columns);
        for (size_t j = 0; j < count; j++)
            input[j] += input[j] < 0 ? (real)-0.1 : (real)0.1;
        network_check_layer(&network.layers[0], &pass, input);
        free(input);
        glia__network_release(&network);
    }
}

/* How often each parameter is in the share of a chunk. */
static void count_shares(const glia__network *network, glia__chunk chunk, int *counts)
{
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        if (layer->type->differentiate == NULL)
            continue;
        glia__share share = glia__layer_share(network, layer, chunk);
        assert_true(share.begin <= share.end && share.end <= layer->input_size);
        for (size_t j = 0; j < layer->array_count; j++) {
            size_t first, count = glia__share_of_array(&layer->arrays[j], share, &first);
            for (size_t k = first; k < first + count; k++)
                counts[layer->arrays[j].offset + k]++;
        }
    }
}

/* In chunks of so many parts, the last perhaps of fewer. */
static void assert_shares_are_complete(const glia__network *network, size_t parts, size_t each)
{
    int *counts = calloc(network->parameter_count, sizeof *counts);
    assert_non_null(counts);
    for (size_t begin = 0; begin < parts; begin += each)
        count_shares(network, (glia__chunk){begin, parts - begin < each ? parts : begin + each, parts}, counts);
    for (size_t i = 0; i < network->parameter_count; i++)
        assert_int_equal(counts[i], 1);
    free(counts);
}

static void test_chunks_hold_every_parameter_once(void **state)
{
    (void)state;
    static const char *const architectures[] = {
        "input 2, dense 3 tanh, dense 2 softmax",
        "input 784, dense 128 relu, dropout 0.5, dense 10 softmax",
        "input 56, dense 56, dense 57 bias=no, dense 112, dense 1",
        "input 1, dense 500, standardize, dense 1, dense 500 bias=no",
        "input 300, dense 1 bias=no",
    };
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia__network network = network_make(architectures[i]);
        for (size_t parts = 1; parts <= 40; parts++)
            for (size_t each = 1; each <= 3; each++)
                assert_shares_are_complete(&network, parts, each);
        assert_shares_are_complete(&network, network.parameter_count, 1);
        assert_shares_are_complete(&network, 2 * network.parameter_count + 1, 1);
        glia__network_release(&network);
    }
}

static int print_seed(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrow_networks_run_over_columns),
        cmocka_unit_test(test_few_or_very_many_rows_run_as_rows),
        cmocka_unit_test(test_columns_are_filled_up_to_whole_vectors),
        cmocka_unit_test(test_forward_has_the_same_bits_over_columns),
        cmocka_unit_test(test_inference_has_the_same_bits_over_columns),
        cmocka_unit_test(test_backward_gives_the_same_gradients_over_columns),
        cmocka_unit_test(test_layers_match_finite_differences_over_columns),
        cmocka_unit_test(test_chunks_hold_every_parameter_once),
    };
    return cmocka_run_group_tests(tests, print_seed, NULL) != 0;
}
