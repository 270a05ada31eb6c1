/* SPDX-License-Identifier: MIT */
/* predict: the same bits whatever stands beside a row, from whichever thread, on however many. */
#include "harness.h"

#include <fenv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 1000,
    INPUTS = 7,
    MOST_OUTPUTS = 9
};

static real inputs[ROWS * INPUTS];

/* Every activation, odd widths, and more than 16 KiB of scratch a row. */
static const char *const architectures[] = {
    "input 7, dense 33 relu, dense 5 softmax",
    "input 7, dense 1 sigmoid",
    "input 7, standardize, dense 17 tanh, dropout 0.5, dense 9, leaky_relu, dense 9 sigmoid",
    "input 7, dense 66, softmax, dense 3 step",
    "input 7, dense 5000 tanh, dense 3",
};

static int fill_inputs(void **state)
{
    (void)state;
    harness_fill(inputs, COUNT_OF(inputs), 1);
    return 0;
}

/* Room for the outputs of all rows. */
static real *new_outputs(void)
{
    real *outputs = calloc(ROWS * MOST_OUTPUTS, sizeof *outputs);
    assert_non_null(outputs);
    return outputs;
}

static glia_net *new_net(const char *architecture)
{
    glia_samples rows = harness_with_classes(inputs, NULL, ROWS);
    glia_net *net = harness_net(architecture, 1);
    assert_ok(glia_net_adapt(net, &rows));
    return net;
}

/* Predict all rows in portions of this many. */
static void predict_by(const glia_net *net, size_t portion, real *outputs)
{
    for (size_t begin = 0; begin < ROWS; begin += portion) {
        size_t rows = ROWS - begin < portion ? ROWS - begin : portion;
        assert_ok(glia_net_predict(net, inputs + begin * INPUTS, rows, outputs + begin * glia_net_output_size(net)));
    }
}

static void test_row_does_not_depend_on_the_rows_beside_it(void **state)
{
    (void)state;
    static const size_t portions[] = {1, 2, 3, 63, 64, 65, 500};
    real *expected = new_outputs(), *outputs = new_outputs();
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia_net *net = new_net(architectures[i]);
        predict_by(net, ROWS, expected);
        for (size_t j = 0; j < COUNT_OF(portions); j++) {
            predict_by(net, portions[j], outputs);
            assert_same_bits(outputs, expected, ROWS * glia_net_output_size(net));
        }
        glia_net_destroy(net);
    }
    free(outputs);
    free(expected);
}

static void test_row_does_not_depend_on_its_place(void **state)
{
    (void)state;
    real *expected = new_outputs(), *outputs = new_outputs(), *reversed = malloc(sizeof inputs);
    assert_non_null(reversed);
    for (size_t row = 0; row < ROWS; row++)
        memcpy(reversed + row * INPUTS, inputs + (ROWS - 1 - row) * INPUTS, INPUTS * sizeof(real));
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        glia_net *net = new_net(architectures[i]);
        size_t width = glia_net_output_size(net);
        predict_by(net, ROWS, expected);
        assert_ok(glia_net_predict(net, reversed, ROWS, outputs));
        for (size_t row = 0; row < ROWS; row++)
            assert_same_bits(outputs + row * width, expected + (ROWS - 1 - row) * width, width);
        glia_net_destroy(net);
    }
    free(reversed);
    free(outputs);
    free(expected);
}

static void test_forward_without_dropout_gives_the_same_bits(void **state)
{
    (void)state;
    real *expected = new_outputs(), *outputs = new_outputs();
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        if (strstr(architectures[i], "dropout") != NULL)
            continue;
        glia_net *net = new_net(architectures[i]);
        predict_by(net, ROWS, expected);
        assert_ok(glia_net_forward(net, inputs, ROWS, outputs));
        assert_same_bits(outputs, expected, ROWS * glia_net_output_size(net));
        glia_net_destroy(net);
    }
    free(outputs);
    free(expected);
}

/* predict, forward and the mse of evaluate agree on layers in any order. */
static void assert_stack_agrees(const char *architecture, real *expected, real *outputs)
{
    static const real zeros[ROWS * MOST_OUTPUTS];
    glia_net *net = new_net(architecture);
    size_t count = ROWS * glia_net_output_size(net);
    glia_samples rows = harness_with_targets(inputs, zeros, ROWS);
    double squares = 0;
    assert_ok(glia_net_predict(net, inputs, ROWS, expected));
    assert_ok(glia_net_forward(net, inputs, ROWS, outputs));
    assert_same_bits(outputs, expected, count);
    for (size_t i = 0; i < count; i++)
        squares += (double)expected[i] * (double)expected[i];
    /* Each square is rounded once, and each sum in double, of which there are as many as outputs. */
    double mse = squares / (double)count;
    assert_near(harness_metric(net, &rows, "mse"), mse, (8 * ROUNDING + (double)count * DBL_EPSILON) * mse);
    glia_net_destroy(net);
}

static void test_layers_in_any_order_give_the_same_bits(void **state)
{
    (void)state;
    enum {
        N_STACKS = 100
    };
    real *expected = new_outputs(), *outputs = new_outputs();
    for (uint64_t seed = 0; seed < N_STACKS; seed++) {
        char architecture[HARNESS_STACK_SIZE];
        harness_random_stack(architecture, seed, 0);
        assert_stack_agrees(architecture, expected, outputs);
    }
    free(outputs);
    free(expected);
}

/* The sums in index order, from the bias or with it at the end: (k + 2) u (|b| + sum |a| |b|). */
static void test_dense_layer_is_inputs_times_weights_plus_bias(void **state)
{
    (void)state;
    enum {
        UNITS = 5
    };
    real outputs[ROWS * UNITS];
    glia_net *net = harness_net("input 7, dense 5", 1);
    real *weight = glia_net_parameters(net, NULL), *bias = weight + INPUTS * UNITS;
    harness_fill(bias, UNITS, 2);
    assert_ok(glia_net_predict(net, inputs, ROWS, outputs));
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t unit = 0; unit < UNITS; unit++) {
            double sum = bias[unit], size = bias[unit] < 0 ? -bias[unit] : bias[unit];
            for (size_t k = 0; k < INPUTS; k++) {
                double product = (double)inputs[row * INPUTS + k] * weight[k * UNITS + unit];
                sum += product;
                size += product < 0 ? -product : product;
            }
            assert_near((double)outputs[row * UNITS + unit], sum, (INPUTS + 2) * ROUNDING * size);
        }
    }
    glia_net_destroy(net);
}

static void test_arrays_need_only_the_alignment_of_their_type(void **state)
{
    (void)state;
    enum {
        FEW = 65
    };
    real *expected = new_outputs(), *outputs = new_outputs(), *shifted = malloc(sizeof inputs);
    assert_non_null(shifted);
    glia_net *net = new_net(architectures[0]);
    predict_by(net, ROWS, expected);
    for (size_t shift = 1; shift <= 3; shift++) {
        memcpy(shifted + shift, inputs, FEW * INPUTS * sizeof(real));
        assert_ok(glia_net_predict(net, shifted + shift, FEW, outputs + shift));
        assert_same_bits(outputs + shift, expected, FEW * 5);
        assert_ok(glia_net_forward(net, shifted + shift, FEW, outputs + shift));
        assert_same_bits(outputs + shift, expected, FEW * 5);
    }
    glia_net_destroy(net);
    free(shifted);
    free(outputs);
    free(expected);
}

/* A host may trap on them. What vanishes and is rounded is inexact, and may be. */
static void assert_raises_nothing_with(const char *kernels, const char *activation, const real *row, size_t width)
{
    char architecture[64];
    real outputs[MOST_OUTPUTS];
    glia_options options = {.struct_size = sizeof options, .kernels = kernels};
    glia_net *net = NULL;
    snprintf(architecture, sizeof architecture, "input %zu, %s", width, activation);
    assert_ok(glia_net_create_with(&net, architecture, &options));
    assert_int_equal(feclearexcept(FE_ALL_EXCEPT), 0);
    assert_ok(glia_net_predict(net, row, 1, outputs));
    if (fetestexcept(FE_OVERFLOW | FE_INVALID | FE_DIVBYZERO) != 0)
        fail_msg("%s raises a floating-point exception with %s", activation, glia_cpu(net));
    glia_net_destroy(net);
}

static void assert_raises_nothing(const char *activation, const real *row, size_t width)
{
    assert_raises_nothing_with(NULL, activation, row, width);
    assert_raises_nothing_with("portable", activation, row, width);
}

static void test_large_finite_numbers_raise_no_exceptions(void **state)
{
    (void)state;
    static const char *const activations[] = {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "step"};
    static const real row[] = {(real)1e8, (real)-1e8, REAL_MAX, -REAL_MAX, 0, 1, -1000, 1000};
    static const real logits[] = {(real)1e8, (real)-1e8, REAL_MAX / 2, -REAL_MAX / 2, 0, 1};
    for (size_t i = 0; i < COUNT_OF(activations); i++)
        assert_raises_nothing(activations[i], row, COUNT_OF(row));
    assert_raises_nothing("softmax", logits, COUNT_OF(logits)); /* whose differences are numbers */
}

/* Threads */

enum {
    N_THREADS = 4,
    N_ROUNDS = 5
};

/* What each of the threads that share a network looks at, and what it saw. */
typedef struct reader {
    const glia_net *net;
    const real *expected;
    double expected_loss;
    int is_same;
} reader;

static void *read_network(void *user)
{
    reader *r = user;
    static const int32_t classes[ROWS];
    size_t n_outputs = ROWS * glia_net_output_size(r->net);
    real *outputs = calloc(n_outputs, sizeof *outputs);
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    r->is_same = outputs != NULL;
    for (int i = 0; i < N_ROUNDS && r->is_same; i++) {
        double loss = 0;
        size_t needed = 0;
        r->is_same = glia_net_predict(r->net, inputs, ROWS, outputs) == GLIA_OK &&
                     memcmp(outputs, r->expected, n_outputs * sizeof *outputs) == 0 &&
                     glia_net_evaluate(r->net, &rows, "loss", &loss) == GLIA_OK && loss == r->expected_loss &&
                     glia_net_save_memory(r->net, NULL, 0, &needed) == GLIA_ERR_ARGUMENT && needed > 0;
    }
    free(outputs);
    return NULL;
}

static void assert_threads_agree(const char *architecture)
{
    static const int32_t classes[ROWS];
    pthread_t threads[N_THREADS];
    reader readers[N_THREADS];
    real *expected = new_outputs();
    glia_net *net = new_net(architecture);
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    predict_by(net, ROWS, expected);
    double loss = harness_metric(net, &rows, "loss");
    for (size_t i = 0; i < N_THREADS; i++) {
        readers[i] = (reader){net, expected, loss, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, read_network, &readers[i]), 0);
    }
    for (size_t i = 0; i < N_THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(readers[i].is_same);
    }
    glia_net_destroy(net);
    free(expected);
}

static void test_threads_may_share_a_network(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(architectures); i++)
        assert_threads_agree(architectures[i]);
}

/* A host's pool that does its tasks backwards, one after the other. */
static void for_backwards(void *user, size_t n, void (*task)(void *context, size_t i), void *context)
{
    (void)user;
    while (n > 0)
        task(context, --n);
}

/* Predict and train on a net with these options; the outputs and the parameters after three steps. */
static void run_with(const glia_options *options, real *outputs, harness_file *trained)
{
    enum {
        FEW = 200
    };
    int32_t classes[FEW];
    glia_net *net = NULL;
    harness_fill_classes(classes, FEW, 5, 1);
    glia_samples rows = harness_with_classes(inputs, classes, FEW);
    assert_ok(glia_net_create_with(&net, architectures[0], options));
    assert_ok(glia_net_predict(net, inputs, ROWS, outputs));
    for (int i = 0; i < 3; i++)
        assert_ok(glia_net_train(net, &rows, NULL));
    *trained = harness_save(net);
    glia_net_destroy(net);
}

static void test_bits_do_not_depend_on_the_threads(void **state)
{
    (void)state;
    const glia_options choices[] = {
        {.struct_size = sizeof(glia_options), .seed = 1},
        {.struct_size = sizeof(glia_options), .seed = 1, .threads = 2},
        {.struct_size = sizeof(glia_options), .seed = 1, .threads = 7},
        {.struct_size = sizeof(glia_options), .seed = 1, .threads = 4, .parallel_for = for_backwards},
    };
    harness_file expected_file, file;
    real *expected = new_outputs(), *outputs = new_outputs();
    run_with(&choices[0], expected, &expected_file);
    for (size_t i = 1; i < COUNT_OF(choices); i++) {
        run_with(&choices[i], outputs, &file);
        assert_same_bits(outputs, expected, ROWS * 5);
        assert_int_equal(file.size, expected_file.size);
        assert_memory_equal(file.bytes, expected_file.bytes, file.size);
        harness_free(&file);
    }
    harness_free(&expected_file);
    free(outputs);
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_does_not_depend_on_the_rows_beside_it),
        cmocka_unit_test(test_row_does_not_depend_on_its_place),
        cmocka_unit_test(test_forward_without_dropout_gives_the_same_bits),
        cmocka_unit_test(test_layers_in_any_order_give_the_same_bits),
        cmocka_unit_test(test_dense_layer_is_inputs_times_weights_plus_bias),
        cmocka_unit_test(test_arrays_need_only_the_alignment_of_their_type),
        cmocka_unit_test(test_large_finite_numbers_raise_no_exceptions),
        cmocka_unit_test(test_threads_may_share_a_network),
        cmocka_unit_test(test_bits_do_not_depend_on_the_threads),
    };
    return cmocka_run_group_tests(tests, fill_inputs, NULL) != 0;
}
