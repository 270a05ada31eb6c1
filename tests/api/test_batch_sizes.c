/* SPDX-License-Identifier: MIT */
/* The gradient of a batch is the sum of those of its rows, whichever way they take: one row, few, many, through narrow
 * layers and wide ones, in every kernel set. The shapes are random, functions of a seed. */
#include "harness.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 130,
    MOST_WIDTH = 70,
    TEXT_SIZE = 256,
    N_SHAPES = 40
};

static const size_t widths[] = {2, 3, 5, 8, 9, 16, 17, 31, 32, 33, MOST_WIDTH}; /* about lanes, and columns' limit */
static const size_t sizes[] = {1, 2, 3, 5, 8, 9, 17, 64, 65, ROWS};
static const char *const activations[] = {"identity", "relu", "leaky_relu slope=0.3", "tanh", "sigmoid", "softmax"};

static real inputs[ROWS * MOST_WIDTH], targets[ROWS * MOST_WIDTH], weights[ROWS];

static size_t choose(uint64_t seed, uint64_t index, size_t count)
{
    return (size_t)(glia_random(seed, UINT32_C(0x80000000), 1, index) % count);
}

/* One to four layers. */
static void random_shape(char text[TEXT_SIZE], uint64_t seed)
{
    size_t layers = 1 + choose(seed, 0, 4);
    int length = snprintf(text, TEXT_SIZE, "input %zu", widths[choose(seed, 1, COUNT_OF(widths))]);
    for (size_t i = 0; i < layers; i++)
        length += snprintf(text + length, TEXT_SIZE - (size_t)length, ", dense %zu %s%s",
                           widths[choose(seed, 3 * i + 2, COUNT_OF(widths))],
                           choose(seed, 3 * i + 4, 4) == 0 ? "bias=no " : "",
                           activations[choose(seed, 3 * i + 3, COUNT_OF(activations))]);
}

/* The gradient of rows [begin, begin + rows), of the sum of their squared errors. */
static const real *gradient_of(glia_net *net, size_t begin, size_t rows)
{
    size_t in = glia_net_input_size(net), out = glia_net_output_size(net);
    assert_ok(glia_net_zero_gradients(net));
    assert_ok(glia_net_forward(net, inputs + begin * in, rows, NULL));
    assert_ok(glia_net_backward(net, targets + begin * out, weights + begin, NULL));
    return glia_net_gradients(net, NULL);
}

/* A sum of n terms in any order is off by n u of their magnitudes, and each term, through four layers of products with
 * at most 70 units, by some 4 (70 + 10) u of the largest of its row: 1000 u of the largest sum of magnitudes. */
static void assert_sum_of_rows(glia_net *net)
{
    size_t count = harness_parameter_count(net), size = 0;
    double *sums = calloc(2 * count, sizeof *sums), *magnitudes = sums + count;
    assert_non_null(sums);
    for (size_t row = 0; row < ROWS; row++) {
        const real *gradient = gradient_of(net, row, 1);
        for (size_t i = 0; i < count; i++) {
            sums[i] += (double)gradient[i];
            magnitudes[i] += fabs((double)gradient[i]);
        }
        if (row + 1 != sizes[size])
            continue;
        double largest = 0;
        for (size_t i = 0; i < count; i++)
            largest = fmax(largest, magnitudes[i]);
        gradient = gradient_of(net, 0, sizes[size++]);
        for (size_t i = 0; i < count; i++)
            assert_near((double)gradient[i], sums[i], 1000 * ROUNDING * largest);
    }
    free(sums);
}

static void check_set(const char *kernels)
{
    for (uint64_t seed = 0; seed < N_SHAPES; seed++) {
        char architecture[TEXT_SIZE];
        const glia_options options = {.struct_size = sizeof options, .seed = seed, .kernels = kernels};
        glia_net *net = NULL;
        random_shape(architecture, seed);
        print_message("%s: %s\n", kernels == NULL ? "best" : kernels, architecture);
        assert_ok(glia_net_create_with(&net, architecture, &options));
        assert_ok(glia_net_set_loss(net, "mse reduction=sum"));
        assert_sum_of_rows(net);
        glia_net_destroy(net);
    }
}

static void test_gradient_of_a_batch_is_the_sum_over_its_rows(void **state)
{
    (void)state;
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill(targets, COUNT_OF(targets), 2);
    harness_fill(weights, COUNT_OF(weights), 3);
    for (size_t i = 0; i < ROWS; i++)
        weights[i] = (weights[i] + 1) / 2;
    check_set("portable");
    check_set("avx2"); /* or the best below it */
    check_set(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gradient_of_a_batch_is_the_sum_over_its_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
