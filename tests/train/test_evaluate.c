/* SPDX-License-Identifier: MIT */
/* Measuring a network over more rows than a block holds. */
#include <string.h>

#include "net/network_harness.h"
#include "train/metric.h"

enum {
    ROWS = 3 * GLIA__ROW_BLOCK + 1
};

/* A network of one number that answers with it: y = x. */
static glia__network identity_network(void)
{
    static const real parameters[] = {1, 0};
    glia__network network = network_make("input 1, dense 1");
    memcpy(network.values, parameters, sizeof parameters);
    return network;
}

static void evaluate(const glia__network *network, const char *loss_text, const glia_samples *samples, const char *text,
                     double *values)
{
    glia__metrics metrics;
    glia__loss loss;
    glia__scratch_pool pool;
    assert_ok(glia__metrics_read(&metrics, text));
    assert_ok(glia__loss_read(&loss, loss_text, network));
    glia__scratch_pool_begin(&pool, &network->allocator);
    assert_ok(glia__evaluate(network, &loss, &pool, samples, &metrics, values));
    glia__scratch_pool_release(&pool);
}

/* y = i, t = i - 2 for odd rows and i for even ones; weight 0, 1, 0, 1, ... or none. */
static void fill(real *inputs, real *targets, real *weights)
{
    for (size_t i = 0; i < ROWS; i++) {
        inputs[i] = (real)i;
        targets[i] = (real)i - (i % 2 == 1 ? 2 : 0);
        weights[i] = i % 2 == 1;
    }
}

static void test_means_are_over_all_rows(void **state)
{
    (void)state;
    real inputs[ROWS], targets[ROWS], weights[ROWS];
    double values[2];
    fill(inputs, targets, weights);
    glia__network network = identity_network();
    glia_samples samples = {.rows = ROWS, .inputs = inputs, .targets = targets};
    evaluate(&network, "mse", &samples, "mse, mae", values);
    assert_close(values[0], 4.0 * (ROWS / 2) / ROWS);
    assert_close(values[1], 2.0 * (ROWS / 2) / ROWS);
    samples.row_weights = weights;
    evaluate(&network, "mse", &samples, "mae, mse", values);
    assert_true(values[0] == 2 && values[1] == 4);
    glia__network_release(&network);
}

static void test_loss_is_reduced_and_has_the_penalties(void **state)
{
    (void)state;
    real inputs[ROWS], targets[ROWS], weights[ROWS];
    double value;
    fill(inputs, targets, weights);
    glia__network network = identity_network();
    glia_samples samples = {.rows = ROWS, .inputs = inputs, .targets = targets, .row_weights = weights};
    evaluate(&network, "mse", &samples, "loss", &value);
    assert_true(value == 4);
    evaluate(&network, "mse reduction=sum l1=0.5 l2=3", &samples, "loss", &value);
    assert_true(value == 4 * (ROWS / 2) + 0.5 + 1.5);
    glia__network_release(&network);
}

static void test_rows_of_no_weight_measure_0(void **state)
{
    (void)state;
    static const real inputs[2] = {1, 2}, targets[2] = {0, 0}, weights[2] = {0, 0};
    double values[3];
    glia__network network = identity_network();
    glia_samples samples = {.rows = 2, .inputs = inputs, .targets = targets, .row_weights = weights};
    evaluate(&network, "mse", &samples, "loss, accuracy, mae", values);
    assert_true(values[0] == 0 && values[1] == 0 && values[2] == 0);
    glia__network_release(&network);
}

static void test_classes_are_compared_block_by_block(void **state)
{
    (void)state;
    real inputs[ROWS];
    int32_t classes[ROWS];
    double value;
    for (size_t i = 0; i < ROWS; i++) {
        classes[i] = i % 2 == 1;
        inputs[i] = i < GLIA__ROW_BLOCK ? 1 - (real)classes[i] : (real)classes[i]; /* the first block is wrong */
    }
    glia__network network = identity_network();
    glia_samples samples = {.rows = ROWS, .inputs = inputs, .classes = classes};
    evaluate(&network, "mse", &samples, "accuracy", &value);
    assert_close(value, 1 - (double)GLIA__ROW_BLOCK / ROWS);
    glia__network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_means_are_over_all_rows),
        cmocka_unit_test(test_loss_is_reduced_and_has_the_penalties),
        cmocka_unit_test(test_rows_of_no_weight_measure_0),
        cmocka_unit_test(test_classes_are_compared_block_by_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
