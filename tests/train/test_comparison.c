/* SPDX-License-Identifier: MIT */
/* A batch beside what was wanted: over rows, over columns and in parts alike. */
#include "train/comparison.h"

#include <stdlib.h>

#include "net/network_harness.h"
#include "net/propagate.h"

#define SEED 41

/* Every loss, narrow enough for columns, and one network that is wider than a block of rows is. */
static const char *const architectures[] = {
    "input 2, dense 5 softmax",  "input 2, dense 1 sigmoid", "input 2, dense 3 sigmoid",   "input 2, dense 4 step",
    "input 2, dense 3 identity", "input 2, dense 2 tanh",    "input 2, dense 100 softmax",
};

static const size_t row_counts[] = {1, 7, 16, 64, 65, 150};

/* Random results of a network and what was wanted of it: by classes or targets, with row weights or without. */
typedef struct batch {
    glia__network network;
    glia__loss loss;
    size_t rows;
    real *logits, *outputs, *targets, *weights;
    int32_t *classes;
    glia__wanted wanted;
} batch;

static real *random_reals(size_t count, uint64_t seed)
{
    real *values = network_reals(count);
    harness_fill(values, count, seed);
    return values;
}

static batch batch_begin(const char *architecture, size_t rows)
{
    batch made = {.network = network_make(architecture), .rows = rows};
    const glia__network *network = &made.network;
    const glia__layer *last = &network->layers[network->layer_count - 1];
    size_t count = rows * network->output_size;
    glia__pass pass = network_pass(network, rows);
    made.loss = glia__loss_default(network);
    made.logits = random_reals(count, SEED);
    made.outputs = random_reals(count, SEED + 1);
    made.targets = random_reals(count, SEED + 2);
    made.weights = random_reals(rows, SEED + 3);
    if (last->type->is_activation)
        last->type->forward(last, &pass, made.outputs, made.logits);
    for (size_t i = 0; i < rows; i++)
        made.weights[i] = i % 5 == 0 ? 0 : made.weights[i] + 1;
    made.classes = malloc(rows * sizeof *made.classes);
    assert_non_null(made.classes);
    harness_fill_classes(made.classes, rows, network->output_size == 1 ? 2 : (int32_t)network->output_size, SEED + 4);
    made.wanted = (glia__wanted){.targets = made.targets};
    return made;
}

static void batch_end(batch *made)
{
    real *const all[] = {made->logits, made->outputs, made->targets, made->weights};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
    free(made->classes);
    glia__network_release(&made->network);
}

/* What a comparison says, both as rows. */
typedef struct answer {
    real *losses, *gradient;
} answer;

static answer answer_begin(const batch *of)
{
    return (answer){network_reals(of->rows), network_reals(of->rows * of->network.output_size)};
}

static void answer_end(answer *made)
{
    free(made->losses);
    free(made->gradient);
}

static glia__comparison comparison_of(const batch *of)
{
    return (glia__comparison){
        .network = &of->network,
        .loss = &of->loss,
        .wanted = &of->wanted,
        .weight_sum = glia__sum_weights(of->wanted.row_weights, of->rows),
    };
}

/* Over rows, in so many parts. */
static void compare_rows(const batch *of, size_t parts, answer *into)
{
    size_t width = of->network.output_size;
    real *scratch = network_reals(glia__comparison_count(&of->network));
    glia__comparison with = comparison_of(of);
    with.losses = into->losses;
    for (size_t i = parts; i-- > 0;) {
        size_t begin = of->rows * i / parts, end = of->rows * (i + 1) / parts;
        glia__pass whole = network_pass(&of->network, of->rows), part = glia__pass_part(&whole, begin, end - begin);
        with.outputs = of->outputs + begin * width;
        with.logits = of->logits + begin * width;
        with.gradient = into->gradient + begin * width;
        glia__compare(&with, &part, scratch);
    }
    free(scratch);
}

/* Over columns; answers whether the network runs over them. */
static bool compare_columns(const batch *of, answer *into)
{
    const glia__kernels *kernels = of->network.kernels;
    glia__pass pass = network_own_pass(&of->network, of->rows);
    size_t rows = of->rows, width = of->network.output_size, stride = pass.batch;
    if (!pass.is_columns)
        return false;
    real *scratch = network_reals(glia__comparison_count(&of->network)), *losses = network_reals(stride);
    real *outputs = network_reals(width * stride), *logits = network_reals(width * stride);
    real *gradient = network_reals(width * stride);
    kernels->to_columns(outputs, of->outputs, rows, width, stride);
    kernels->to_columns(logits, of->logits, rows, width, stride);
    glia__comparison with = comparison_of(of);
    with.outputs = outputs;
    with.logits = logits;
    with.losses = losses;
    with.gradient = gradient;
    glia__compare(&with, &pass, scratch);
    for (size_t i = 0; i < width * stride; i++)
        assert_true(i % stride < rows || gradient[i] == 0); /* where there is no row */
    kernels->to_rows(into->gradient, gradient, rows, width, stride);
    for (size_t row = 0; row < rows; row++)
        into->losses[row] = losses[row];
    real *const all[] = {scratch, losses, outputs, logits, gradient};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        free(all[i]);
    return true;
}

static void assert_same_answer(const batch *of, const answer *actual, const answer *expected)
{
    assert_same_bits(actual->losses, expected->losses, of->rows);
    assert_same_bits(actual->gradient, expected->gradient, of->rows * of->network.output_size);
}

typedef void check_fn(batch *of);

/* Every network and number of rows; targets and classes, with row weights and without. */
static void check_all(check_fn *check)
{
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        for (size_t j = 0; j < COUNT_OF(row_counts); j++) {
            batch of = batch_begin(architectures[i], row_counts[j]);
            for (int kind = 0; kind < 4; kind++) {
                of.wanted.targets = kind & 1 ? of.targets : NULL;
                of.wanted.classes = kind & 1 ? NULL : of.classes;
                of.wanted.row_weights = kind & 2 ? of.weights : NULL;
                check(&of);
            }
            batch_end(&of);
        }
    }
}

static void check_columns(batch *of)
{
    answer rows = answer_begin(of), columns = answer_begin(of);
    compare_rows(of, 1, &rows);
    if (compare_columns(of, &columns))
        assert_same_answer(of, &columns, &rows);
    answer_end(&rows);
    answer_end(&columns);
}

static void test_columns_give_the_bits_of_rows(void **state)
{
    (void)state;
    check_all(check_columns);
}

static void check_parts(batch *of)
{
    answer whole = answer_begin(of);
    compare_rows(of, 1, &whole);
    for (size_t parts = 2; parts <= 5 && parts <= of->rows; parts++) {
        answer cut = answer_begin(of);
        compare_rows(of, parts, &cut);
        assert_same_answer(of, &cut, &whole);
        answer_end(&cut);
    }
    answer_end(&whole);
}

static void test_parts_of_a_batch_give_the_bits_of_the_whole(void **state)
{
    (void)state;
    check_all(check_parts);
}

/* The loss of a row knows nothing of its weight; the gradient is w / sum of w times that of the row alone, within 3 u:
 * by the factor, the product and what is compared with. */
static void check_weights(batch *of)
{
    size_t width = of->network.output_size;
    const real *weights = of->wanted.row_weights;
    double sum = glia__sum_weights(weights, of->rows);
    answer weighed = answer_begin(of), plain = answer_begin(of);
    compare_rows(of, 1, &weighed);
    of->wanted.row_weights = NULL;
    of->loss.values[GLIA__LOSS_REDUCTION] = GLIA__REDUCTION_SUM;
    compare_rows(of, 1, &plain);
    of->loss.values[GLIA__LOSS_REDUCTION] = GLIA__REDUCTION_MEAN;
    assert_same_bits(weighed.losses, plain.losses, of->rows);
    for (size_t i = 0; i < of->rows * width; i++) {
        double weight = weights == NULL ? 1 : (double)weights[i / width];
        double share = sum == 0 ? 0 : weight / sum, expected = (double)plain.gradient[i] * share;
        assert_near((double)weighed.gradient[i], expected, 3 * ROUNDING * fabs(expected) + (double)LEAST_NORMAL);
    }
    answer_end(&weighed);
    answer_end(&plain);
}

static void test_gradient_is_weighed_and_reduced_and_the_losses_are_not(void **state)
{
    (void)state;
    check_all(check_weights);
}

static void check_without_gradient(batch *of)
{
    answer with_gradient = answer_begin(of), without = answer_begin(of);
    real *scratch = network_reals(glia__comparison_count(&of->network));
    const glia__pass pass = network_pass(&of->network, of->rows);
    glia__comparison comparison = comparison_of(of);
    comparison.outputs = of->outputs;
    comparison.logits = of->logits;
    comparison.losses = without.losses;
    compare_rows(of, 1, &with_gradient);
    glia__compare(&comparison, &pass, scratch);
    assert_same_bits(without.losses, with_gradient.losses, of->rows);
    answer_end(&with_gradient);
    answer_end(&without);
    free(scratch);
}

static void test_losses_come_without_a_gradient_too(void **state)
{
    (void)state;
    check_all(check_without_gradient);
}

/* Outputs of one row, with its class, and the loss and gradient that follow by hand. */
static void assert_row(const char *architecture, const real *outputs, int32_t class_of_row, double loss,
                       const real *gradient)
{
    glia__network network = network_make(architecture);
    glia__loss mse = glia__loss_default(&network);
    real losses[1], actual[4];
    real *scratch = network_reals(glia__comparison_count(&network));
    const glia__wanted wanted = {.classes = &class_of_row};
    const glia__comparison with = {
        .network = &network,
        .loss = &mse,
        .wanted = &wanted,
        .weight_sum = 1,
        .outputs = outputs,
        .logits = outputs,
        .gradient = actual,
        .losses = losses,
    };
    const glia__pass pass = network_pass(&network, 1);
    glia__compare(&with, &pass, scratch);
    assert_true((double)losses[0] == loss);
    assert_same_bits(actual, gradient, network.output_size);
    free(scratch);
    glia__network_release(&network);
}

static void test_classes_become_targets(void **state)
{
    (void)state;
    static const real two[] = {2}, four[] = {1, 2, 3, 4};
    assert_row("input 2, dense 1", two, 1, 1, (const real[]){2});
    assert_row("input 2, dense 1", two, 0, 4, (const real[]){4});
    assert_row("input 2, dense 1 tanh", two, 0, 9, (const real[]){6}); /* behind tanh, class 0 is -1 */
    assert_row("input 2, dense 4", four, 2, (1 + 4 + 4 + 16) / 4.0, (const real[]){(real)0.5, 1, 1, 2});
    assert_row("input 2, dense 4 tanh", four, 3, (4 + 9 + 16 + 9) / 4.0, (const real[]){1, (real)1.5, 2, (real)1.5});
}

static void test_losses_are_summed_by_row_weight(void **state)
{
    (void)state;
    enum {
        ROWS = 150
    };
    real losses[ROWS], weights[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        losses[i] = (real)i;
        weights[i] = (real)(i % 3);
    }
    for (size_t rows = 1; rows <= ROWS; rows++) {
        double sum = 0, weighed = 0;
        for (size_t i = 0; i < rows; i++) {
            sum += (double)i;
            weighed += (double)(i % 3 * i);
        }
        assert_true(glia__sum_losses(losses, NULL, rows) == sum);
        assert_true(glia__sum_losses(losses, weights, rows) == weighed);
    }
}

/* Alone, none of the 8s changes 2^60; the sum of a block of them does. */
static void test_losses_are_summed_in_blocks_of_rows(void **state)
{
    (void)state;
    real losses[2 * GLIA__ROW_BLOCK] = {0};
    losses[0] = (real)0x1p60;
    for (size_t i = GLIA__ROW_BLOCK; i < COUNT_OF(losses); i++)
        losses[i] = 8;
    assert_true(glia__sum_losses(losses, NULL, COUNT_OF(losses)) == 0x1p60 + 8 * GLIA__ROW_BLOCK);
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
        cmocka_unit_test(test_columns_give_the_bits_of_rows),
        cmocka_unit_test(test_parts_of_a_batch_give_the_bits_of_the_whole),
        cmocka_unit_test(test_gradient_is_weighed_and_reduced_and_the_losses_are_not),
        cmocka_unit_test(test_losses_come_without_a_gradient_too),
        cmocka_unit_test(test_classes_become_targets),
        cmocka_unit_test(test_losses_are_summed_by_row_weight),
        cmocka_unit_test(test_losses_are_summed_in_blocks_of_rows),
    };
    return cmocka_run_group_tests(tests, print_seed, NULL) != 0;
}
