/* SPDX-License-Identifier: MIT */
/* Classes as targets, and accuracy. */
#include "harness.h"

#include <math.h>
#include <stdio.h>

enum {
    ROWS = 3
};

static const real inputs[ROWS * 2] = {0.5, -1, 2, 0.25, -0.75, 1.5};

/* A class out of range in the last row is refused by every call, and nothing changes. */
static void assert_class_is_refused(const char *architecture, int32_t class)
{
    const int32_t classes[ROWS] = {0, 1, class};
    double value = -1;
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = harness_net(architecture, 1);
    size_t count = harness_parameter_count(net);
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_ok(glia_net_zero_gradients(net));
    harness_file before = harness_save(net);
    assert_status(glia_net_backward_classes(net, classes, NULL, &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_train(net, &rows, &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_evaluate(net, &rows, "loss", &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_evaluate(net, &rows, "accuracy", &value), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_fit(net, &rows, NULL, "batch=1 shuffle=no", NULL, NULL), GLIA_ERR_ARGUMENT);
    assert_true(value == -1);
    assert_saves(net, before);
    for (size_t i = 0; i < count; i++)
        assert_true(glia_net_gradients(net, NULL)[i] == 0);
    assert_ok(glia_net_backward_classes(net, (const int32_t[]){0, 1, 0}, NULL, NULL));
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_classes_out_of_range_are_refused(void **state)
{
    (void)state;
    static const int32_t bad[] = {3, -1, 100, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_class_is_refused("input 2, dropout 0.5, dense 3 softmax", bad[i]);
}

static void test_one_output_has_classes_0_and_1(void **state)
{
    (void)state;
    assert_class_is_refused("input 2, dense 1 sigmoid", 2);
    assert_class_is_refused("input 2, dense 1 sigmoid", -1);
    assert_class_is_refused("input 2, dense 1 tanh", 2);
    assert_class_is_refused("input 2, dense 1 tanh", -1);
}

/* Backward from classes gives the loss and gradient, bit for bit, of backward from these targets. */
static void assert_classes_are_targets(const char *architecture, const char *loss, const int32_t *classes,
                                       const real *targets)
{
    double of_classes, of_targets;
    glia_net *net = harness_net(architecture, 1);
    glia_net *other = harness_net(architecture, 1);
    size_t count = harness_parameter_count(net);
    assert_ok(glia_net_set_loss(net, loss));
    assert_ok(glia_net_set_loss(other, loss));
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_ok(glia_net_forward(other, inputs, ROWS, NULL));
    assert_ok(glia_net_backward_classes(net, classes, NULL, &of_classes));
    assert_ok(glia_net_backward(other, targets, NULL, &of_targets));
    assert_true(of_classes == of_targets);
    assert_same_bits(glia_net_gradients(net, NULL), glia_net_gradients(other, NULL), count);

    glia_samples by_classes = harness_with_classes(inputs, classes, ROWS);
    glia_samples by_targets = harness_with_targets(inputs, targets, ROWS);
    assert_true(harness_metric(net, &by_classes, "loss") == harness_metric(net, &by_targets, "loss"));
    assert_true(harness_metric(net, &by_classes, "mse") == harness_metric(net, &by_targets, "mse"));
    assert_true(harness_metric(net, &by_classes, "mae") == harness_metric(net, &by_targets, "mae"));
    glia_net_destroy(other);
    glia_net_destroy(net);
}

static const int32_t classes_of_three[ROWS] = {1, 0, 2};
static const int32_t classes_of_two[ROWS] = {1, 0, 1};

static void test_class_is_a_one_hot_target(void **state)
{
    (void)state;
    const real one_hot[ROWS * 3] = {0, 1, 0, 1, 0, 0, 0, 0, 1};
    assert_classes_are_targets("input 2, dense 3 softmax", "cross_entropy", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3 softmax", "mse", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3 sigmoid", "binary_cross_entropy", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3 sigmoid", "mse", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3", "mse", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3 relu", "mse", classes_of_three, one_hot);
    assert_classes_are_targets("input 2, dense 3 step", "perceptron", classes_of_three, one_hot);
}

static void test_class_of_one_output_is_the_target(void **state)
{
    (void)state;
    const real target[ROWS] = {1, 0, 1};
    assert_classes_are_targets("input 2, dense 1 sigmoid", "binary_cross_entropy", classes_of_two, target);
    assert_classes_are_targets("input 2, dense 1", "mse", classes_of_two, target);
    assert_classes_are_targets("input 2, dense 1 step", "perceptron", classes_of_two, target);
}

static void test_class_after_tanh_is_1_and_minus_1(void **state)
{
    (void)state;
    const real signs[ROWS * 3] = {-1, 1, -1, 1, -1, -1, -1, -1, 1}, sign[ROWS] = {1, -1, 1};
    assert_classes_are_targets("input 2, dense 3 tanh", "mse", classes_of_three, signs);
    assert_classes_are_targets("input 2, dense 3, tanh", "mse", classes_of_three, signs);
    assert_classes_are_targets("input 2, dense 1 tanh", "mse", classes_of_two, sign);
}

/* A network that puts out what is put in, or its activation. */
static glia_net *echo(size_t width, const char *activation)
{
    char architecture[64];
    snprintf(architecture, sizeof architecture, "input %zu, %s", width, activation);
    return harness_net(architecture, 1);
}

static void assert_accuracy(const char *activation, size_t width, const glia_samples *rows, double expected)
{
    glia_net *net = echo(width, activation);
    assert_close(harness_metric(net, rows, "accuracy"), expected);
    glia_net_destroy(net);
}

static void test_accuracy_compares_the_largest_output(void **state)
{
    (void)state;
    const real outputs[] = {1, 3, 2, /**/ 5, 4, -6, /**/ -3, -2, -1, /**/ 0, 1, 2};
    const int32_t classes[] = {1, 0, 2, 0};
    glia_samples rows = harness_with_classes(outputs, classes, 4);
    assert_accuracy("identity", 3, &rows, 0.75);
    assert_accuracy("softmax", 3, &rows, 0.75);
    assert_accuracy("tanh", 3, &rows, 0.75);
}

static void test_accuracy_takes_the_lowest_index_on_ties(void **state)
{
    (void)state;
    const real outputs[] = {2, 2, 1, /**/ 1, 2, 2};
    const int32_t lowest[] = {0, 1}, others[] = {1, 2};
    glia_samples rows = harness_with_classes(outputs, lowest, 2);
    assert_accuracy("identity", 3, &rows, 1);
    rows.classes = others;
    assert_accuracy("identity", 3, &rows, 0);
}

static void test_accuracy_of_one_output_begins_at_a_half(void **state)
{
    (void)state;
    const real outputs[] = {0.5, 0.75, 0.25, 0};
    const int32_t classes[] = {1, 1, 0, 0};
    glia_samples rows = harness_with_classes(outputs, classes, 4);
    assert_accuracy("identity", 1, &rows, 1);
}

static void test_accuracy_of_one_tanh_output_begins_at_0(void **state)
{
    (void)state;
    const real outputs[] = {0, 0.25, -0.25, -3};
    const int32_t classes[] = {1, 1, 0, 0};
    glia_samples rows = harness_with_classes(outputs, classes, 4);
    assert_accuracy("tanh", 1, &rows, 1);
}

static void test_accuracy_from_targets_takes_their_class_by_the_same_rule(void **state)
{
    (void)state;
    const real outputs[] = {1, 3, 2, /**/ 5, 4, -6}, targets[] = {0.25, 0.5, 0.25, /**/ 0.5, 0.5, 0};
    glia_samples rows = harness_with_targets(outputs, targets, 2);
    assert_accuracy("identity", 3, &rows, 1);

    const real one_output[] = {0.5, 0.25, 0.75}, one_target[] = {0.75, 0.25, 0.25};
    rows = harness_with_targets(one_output, one_target, 3);
    assert_accuracy("identity", 1, &rows, 2.0 / 3);

    const real tanh_output[] = {1, -1, 1}, tanh_target[] = {0.25, -0.5, 0};
    rows = harness_with_targets(tanh_output, tanh_target, 3);
    assert_accuracy("tanh", 1, &rows, 1);
}

static void test_accuracy_is_weighted_by_row_weights(void **state)
{
    (void)state;
    const real outputs[] = {1, 0, /**/ 1, 0}, row_weights[] = {3, 1};
    const int32_t classes[] = {0, 1};
    glia_samples rows = harness_with_classes(outputs, classes, 2);
    rows.row_weights = row_weights;
    assert_accuracy("identity", 2, &rows, 0.75);
}

static void test_accuracy_passes_over_nan(void **state)
{
    (void)state;
    const real outputs[] = {(real)NAN, 5, 7, /**/ 7, (real)NAN, 5, /**/ 3, 4, (real)NAN};
    const int32_t classes[] = {2, 0, 1};
    glia_samples rows = harness_with_classes(outputs, classes, 3);
    assert_accuracy("identity", 3, &rows, 1);
}

static void test_accuracy_counts_a_row_of_nan_as_wrong(void **state)
{
    (void)state;
    const real outputs[] = {(real)NAN, (real)NAN, /**/ 1, 0};
    const int32_t classes[] = {0, 0};
    glia_samples rows = harness_with_classes(outputs, classes, 2);
    assert_accuracy("identity", 2, &rows, 0.5);
    assert_accuracy("softmax", 2, &rows, 0.5);

    const real one_output[] = {(real)NAN, 0};
    rows = harness_with_classes(one_output, classes, 2);
    assert_accuracy("identity", 1, &rows, 0.5);
}

static void test_accuracy_finds_no_class_in_a_target_of_nan(void **state)
{
    (void)state;
    const real outputs[] = {(real)NAN, (real)NAN, /**/ 1, 0}, targets[] = {(real)NAN, (real)NAN, /**/ (real)NAN, 1};
    glia_samples rows = harness_with_targets(outputs, targets, 2);
    assert_accuracy("identity", 2, &rows, 0);
    rows = harness_with_targets(outputs, targets, 4);
    assert_accuracy("identity", 1, &rows, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_out_of_range_are_refused),
        cmocka_unit_test(test_one_output_has_classes_0_and_1),
        cmocka_unit_test(test_class_is_a_one_hot_target),
        cmocka_unit_test(test_class_of_one_output_is_the_target),
        cmocka_unit_test(test_class_after_tanh_is_1_and_minus_1),
        cmocka_unit_test(test_accuracy_compares_the_largest_output),
        cmocka_unit_test(test_accuracy_takes_the_lowest_index_on_ties),
        cmocka_unit_test(test_accuracy_of_one_output_begins_at_a_half),
        cmocka_unit_test(test_accuracy_of_one_tanh_output_begins_at_0),
        cmocka_unit_test(test_accuracy_from_targets_takes_their_class_by_the_same_rule),
        cmocka_unit_test(test_accuracy_is_weighted_by_row_weights),
        cmocka_unit_test(test_accuracy_passes_over_nan),
        cmocka_unit_test(test_accuracy_counts_a_row_of_nan_as_wrong),
        cmocka_unit_test(test_accuracy_finds_no_class_in_a_target_of_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
