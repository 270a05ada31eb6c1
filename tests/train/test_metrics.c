/* SPDX-License-Identifier: MIT */
/* The metrics: their list, and what each says of rows by hand. */
#include "train/metric.h"

#include "net/network_harness.h"

/* What a metric says of one row of `width` outputs and targets. */
static double measure(const char *name, const real *y, const real *t, size_t width)
{
    glia__metrics metrics;
    double value;
    glia__rows rows = {.outputs = y, .targets = t, .count = 1, .width = width, .threshold = (real)0.5};
    assert_ok(glia__metrics_read(&metrics, name));
    assert_int_equal(metrics.count, 1);
    metrics.types[0]->measure(&rows, &value);
    return value;
}

static void test_accuracy_compares_the_largest(void **state)
{
    (void)state;
    const real y[] = {(real)0.2, (real)0.5, (real)0.3}, right[] = {0, 1, 0}, wrong[] = {0, 0, 1};
    assert_true(measure("accuracy", y, right, 3) == 1);
    assert_true(measure("accuracy", y, wrong, 3) == 0);
}

static void test_accuracy_takes_the_lowest_on_ties(void **state)
{
    (void)state;
    const real y[] = {1, 3, 3}, lowest[] = {0, 5, 5}, other[] = {0, 0, 1};
    assert_true(measure("accuracy", y, lowest, 3) == 1);
    assert_true(measure("accuracy", y, other, 3) == 0);
}

static void test_accuracy_passes_over_nan(void **state)
{
    (void)state;
    const real nan = (real)NAN, y[] = {nan, 1, 2}, t[] = {0, 0, 1}, all_nan[] = {nan, nan, nan}, first[] = {1, 0, 0};
    assert_true(measure("accuracy", y, t, 3) == 1);
    assert_true(measure("accuracy", all_nan, first, 3) == 0);
    assert_true(measure("accuracy", all_nan, all_nan, 3) == 0);
    assert_true(measure("accuracy", &nan, &nan, 1) == 0);
}

static void test_accuracy_of_minus_infinity_is_that_of_a_number(void **state)
{
    (void)state;
    const real y[] = {-(real)INFINITY, -(real)INFINITY}, t[] = {1, 0};
    assert_true(measure("accuracy", y, t, 2) == 1);
}

static void test_accuracy_of_one_output_is_by_the_threshold(void **state)
{
    (void)state;
    const struct {
        double y, t, accuracy;
    } cases[] = {{0.5, 1, 1}, {0.49, 1, 0}, {0.49, 0, 1}, {7, 0.5, 1}, {-7, 0.6, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const real y = (real)cases[i].y, t = (real)cases[i].t;
        assert_true(measure("accuracy", &y, &t, 1) == cases[i].accuracy);
    }
}

static void test_mse_and_mae_by_hand(void **state)
{
    (void)state;
    const real y[] = {1, -1, 4, 0}, t[] = {0, 1, 4, -3};
    assert_true(measure("mse", y, t, 4) == (1 + 4 + 0 + 9) / 4.0);
    assert_true(measure("mae", y, t, 4) == (1 + 2 + 0 + 3) / 4.0);
}

static void test_list_keeps_the_order_of_the_text(void **state)
{
    (void)state;
    glia__metrics metrics;
    assert_ok(glia__metrics_read(&metrics, "mae, loss\naccuracy,loss"));
    assert_int_equal(metrics.count, 4);
    assert_string_equal(metrics.types[0]->entry.name, "mae");
    assert_ptr_equal(metrics.types[1], &glia__loss_metric);
    assert_ptr_equal(metrics.types[2], &glia__accuracy_metric);
    assert_ptr_equal(metrics.types[3], &glia__loss_metric);
}

static void test_list_has_one_to_sixteen_metrics(void **state)
{
    (void)state;
    glia__metrics metrics;
    assert_status(glia__metrics_read(&metrics, ""), GLIA_ERR_TEXT);
    assert_message_has("expected one of loss, accuracy, mse, mae");
    assert_ok(glia__metrics_read(&metrics, "mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse"));
    assert_int_equal(metrics.count, GLIA__METRICS_MAX);
    assert_status(glia__metrics_read(&metrics, "mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse,mse"),
                  GLIA_ERR_TEXT);
    assert_string_equal(glia_error_message(), "metrics, column 65: there are too many metrics");
}

static void test_unknown_metric_is_refused(void **state)
{
    (void)state;
    glia__metrics metrics;
    assert_status(glia__metrics_read(&metrics, "loss, f1"), GLIA_ERR_TEXT);
    assert_string_equal(glia_error_message(),
                        "metrics, column 7: unknown metric 'f1'; accepted: loss, accuracy, mse, mae");
}

/* Row i of 70 is right if i is even and has the weight i: the sum over even i. */
static void test_hits_are_weighted_over_all_blocks(void **state)
{
    (void)state;
    enum {
        ROWS = 70
    };
    int32_t classes[ROWS];
    real outputs[ROWS * 2], weights[ROWS], targets[GLIA__ROW_BLOCK * 2];
    for (size_t i = 0; i < ROWS; i++) {
        classes[i] = i % 3 == 0;
        outputs[2 * i] = (i % 3 == 0) == (i % 2 == 0) ? 0 : 1;
        outputs[2 * i + 1] = 1 - outputs[2 * i];
        weights[i] = (real)i;
    }
    glia__network network = network_make("input 2, dense 2 softmax");
    const glia__wanted wanted = {.classes = classes, .row_weights = weights};
    assert_true(glia__weighted_hits(&network, &wanted, ROWS, outputs, targets) == 34 * 35);
    glia__network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accuracy_compares_the_largest),
        cmocka_unit_test(test_accuracy_takes_the_lowest_on_ties),
        cmocka_unit_test(test_accuracy_passes_over_nan),
        cmocka_unit_test(test_accuracy_of_minus_infinity_is_that_of_a_number),
        cmocka_unit_test(test_accuracy_of_one_output_is_by_the_threshold),
        cmocka_unit_test(test_mse_and_mae_by_hand),
        cmocka_unit_test(test_list_keeps_the_order_of_the_text),
        cmocka_unit_test(test_list_has_one_to_sixteen_metrics),
        cmocka_unit_test(test_unknown_metric_is_refused),
        cmocka_unit_test(test_hits_are_weighted_over_all_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
