/* SPDX-License-Identifier: MIT */
/* The losses against numbers worked out by hand: logits, targets, reductions, row weights, penalties. */
#include "harness.h"

#include <math.h>
#include <string.h>

/* Evaluate, backward and train agree that this is the loss. */
static void assert_loss(glia_net *net, const glia_samples *samples, double expected)
{
    double of_backward, of_train;
    glia_net *copy = harness_copy(net);
    assert_close(harness_metric(net, samples, "loss"), expected);
    assert_ok(glia_net_train(copy, samples, &of_train));
    assert_close(of_train, expected);
    glia_net_destroy(copy);
    assert_ok(glia_net_forward(net, samples->inputs, samples->rows, NULL));
    if (samples->classes != NULL)
        assert_ok(glia_net_backward_classes(net, samples->classes, samples->row_weights, &of_backward));
    else
        assert_ok(glia_net_backward(net, samples->targets, samples->row_weights, &of_backward));
    assert_close(of_backward, expected);
}

/* One row of logits: its loss, and its gradient, which is that of the bias. */
static void assert_row(const char *activation, const char *loss, size_t width, const real *logits, const real *targets,
                       double expected_loss, const double *expected_gradient)
{
    glia_net *net = harness_unit_net(width, activation);
    glia_samples row = harness_with_targets(logits, targets, 1);
    assert_ok(glia_net_set_loss(net, loss));
    assert_loss(net, &row, expected_loss);
    const real *bias_gradient = glia_net_gradients(net, NULL) + width * width;
    for (size_t i = 0; i < width; i++)
        assert_close(bias_gradient[i], expected_gradient[i]);
    glia_net_destroy(net);
}

/* (1 + 4 + 9) / 3, without a factor of 1/2. */
static void test_mse_is_the_mean_over_outputs(void **state)
{
    (void)state;
    assert_row("identity", "mse", 3, (const real[]){1, 2, 3}, (const real[]){0, 4, 0}, 14.0 / 3,
               (const double[]){2.0 / 3, -4.0 / 3, 2});
}

/* y = 1/2 and y (1 - y) = 1/4 at 0: loss (1/4 + 0) / 2, gradient 2 (1/2 - 1) / 2 x 1/4. */
static void test_mse_goes_through_the_activation(void **state)
{
    (void)state;
    assert_row("sigmoid", "mse", 2, (const real[]){0, 0}, (const real[]){1, 0.5}, 0.125, (const double[]){-0.125, 0});
}

/* softmax(1, 2, 3) and log sum exp(1, 2, 3) to 17 digits. */
#define P1              0.090030573170380458
#define P2              0.24472847105479765
#define P3              0.66524095577482183
#define LOG_SUM_EXP_123 3.4076059644443803

static void test_cross_entropy_of_one_class(void **state)
{
    (void)state;
    assert_row("softmax", "cross_entropy", 3, (const real[]){1, 2, 3}, (const real[]){0, 0, 1}, LOG_SUM_EXP_123 - 3,
               (const double[]){P1, P2, P3 - 1});
}

static void test_cross_entropy_of_targets_that_sum_to_more_than_1(void **state)
{
    (void)state;
    assert_row("softmax", "cross_entropy", 3, (const real[]){1, 2, 3}, (const real[]){0.5, 0.25, 1},
               1.75 * LOG_SUM_EXP_123 - 4, (const double[]){1.75 * P1 - 0.5, 1.75 * P2 - 0.25, 1.75 * P3 - 1});
}

static void test_cross_entropy_of_targets_that_sum_to_0(void **state)
{
    (void)state;
    assert_row("softmax", "cross_entropy", 3, (const real[]){1, 2, 3}, (const real[]){0, 0, 0}, 0,
               (const double[]){0, 0, 0});
}

static void test_cross_entropy_of_extreme_logits(void **state)
{
    (void)state;
    const real logits[] = {10000, -10000, 100};
    assert_row("softmax", "cross_entropy", 3, logits, (const real[]){1, 0, 0}, 0, (const double[]){0, 0, 0});
    assert_row("softmax", "cross_entropy", 3, logits, (const real[]){0, 1, 0}, 20000, (const double[]){1, -1, 0});
    assert_row("softmax", "cross_entropy", 3, logits, (const real[]){0, 0, 1}, 9900, (const double[]){1, 0, -1});
    assert_row("softmax", "cross_entropy", 2, (const real[]){100, -100}, (const real[]){0, 1}, 200,
               (const double[]){1, -1});
}

/* An output that cannot be and is not wanted: the loss is that of the others, log 2. */
static void test_cross_entropy_of_a_logit_of_minus_infinity(void **state)
{
    (void)state;
    const real logits[] = {(real)-INFINITY, 1, 1}, targets[] = {0, 1, 0};
    glia_samples row = harness_with_targets(logits, targets, 1);
    glia_net *net = harness_net("input 3, softmax", 1);
    assert_loss(net, &row, 0.69314718055994531);
    glia_net_destroy(net);
}

/* z = 1: log(1 + e^-1) = 0.31326..., p = 0.73105...; z = -2, t = 1/4: 0 + 1/2 + log(1 + e^-2), p = 0.11920... */
static void test_binary_cross_entropy_is_the_mean_over_outputs(void **state)
{
    (void)state;
    assert_row("sigmoid", "binary_cross_entropy", 1, (const real[]){1}, (const real[]){1}, 0.31326168751822286,
               (const double[]){0.73105857863000487 - 1});
    assert_row("sigmoid", "binary_cross_entropy", 2, (const real[]){1, -2}, (const real[]){1, 0.25},
               (0.31326168751822286 + 0.5 + 0.12692801104297249) / 2,
               (const double[]){(0.73105857863000487 - 1) / 2, (0.11920292202211756 - 0.25) / 2});
}

static void test_binary_cross_entropy_of_extreme_logits(void **state)
{
    (void)state;
    static const double sizes[] = {100, 10000};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        const real high[] = {(real)sizes[i]}, low[] = {(real)-sizes[i]}, zero[] = {0}, one[] = {1};
        assert_row("sigmoid", "binary_cross_entropy", 1, high, one, 0, (const double[]){0});
        assert_row("sigmoid", "binary_cross_entropy", 1, high, zero, sizes[i], (const double[]){1});
        assert_row("sigmoid", "binary_cross_entropy", 1, low, zero, 0, (const double[]){0});
        assert_row("sigmoid", "binary_cross_entropy", 1, low, one, sizes[i], (const double[]){-1});
    }
}

/* The loss of a row of logits that nothing stands in front of, by evaluate and by backward. */
static void assert_logits_cost(const char *architecture, const real *logits, const real *targets, double expected)
{
    double losses[2];
    glia_net *net = harness_net(architecture, 1);
    glia_samples row = harness_with_targets(logits, targets, 1);
    assert_ok(glia_net_evaluate(net, &row, "loss", &losses[0]));
    assert_ok(glia_net_forward(net, logits, 1, NULL));
    assert_ok(glia_net_backward(net, targets, NULL, &losses[1]));
    for (size_t i = 0; i < COUNT_OF(losses); i++) {
        if (isinf(expected))
            assert_true(losses[i] == expected);
        else
            assert_close(losses[i], expected);
    }
    glia_net_destroy(net);
}

static void test_infinite_logits_on_the_right_side_cost_nothing(void **state)
{
    (void)state;
    const real infinite[] = {(real)INFINITY, -(real)INFINITY}, right[] = {1, 0}, wrong[] = {0, 1};
    assert_logits_cost("input 2, sigmoid", infinite, right, 0);
    assert_logits_cost("input 2, sigmoid", infinite, wrong, INFINITY);
    assert_logits_cost("input 2, step", infinite, right, 0);
    assert_logits_cost("input 2, step", infinite, wrong, INFINITY);
}

static void test_cross_entropy_of_a_class_that_cannot_be_and_is_wanted_is_infinite(void **state)
{
    (void)state;
    const real logits[] = {1, 2, -(real)INFINITY}, targets[] = {0, 0, 1};
    assert_logits_cost("input 3, softmax", logits, targets, INFINITY);
}

/* y = (1, 0), t = (0, 1): (1 - 0) 0.5 + (0 - 1) (-2). */
static void test_perceptron_is_the_sum_over_outputs(void **state)
{
    (void)state;
    assert_row("step", "perceptron", 2, (const real[]){0.5, -2}, (const real[]){0, 1}, 2.5, (const double[]){1, -1});
    assert_row("step", "perceptron", 2, (const real[]){0.5, -2}, (const real[]){1, 0}, 0, (const double[]){0, 0});
}

/* Two rows with losses 1 and 4, through one unit: rows x = 1, 2 with targets 0, and gradients 2 x on z. */
static const real two_rows[] = {1, 2}, two_targets[] = {0, 0};

static void assert_two_rows(const char *loss, const real *row_weights, double expected_loss, double expected_gradient)
{
    glia_net *net = harness_unit_net(1, "identity");
    glia_samples rows = harness_with_targets(two_rows, two_targets, 2);
    rows.row_weights = row_weights;
    assert_ok(glia_net_set_loss(net, loss));
    assert_loss(net, &rows, expected_loss);
    assert_close(glia_net_gradients(net, NULL)[1], expected_gradient);
    glia_net_destroy(net);
}

static void test_reduction_mean_divides_by_the_rows(void **state)
{
    (void)state;
    assert_two_rows("mse", NULL, 2.5, 3);
    assert_two_rows("mse reduction=mean", NULL, 2.5, 3);
}

static void test_reduction_sum_divides_by_nothing(void **state)
{
    (void)state;
    assert_two_rows("mse reduction=sum", NULL, 5, 6);
}

static void test_row_weights_weigh_rows_and_divide_the_mean(void **state)
{
    (void)state;
    const real row_weights[] = {3, 0.5};
    assert_two_rows("mse", row_weights, (3 * 1 + 0.5 * 4) / 3.5, (3 * 2 + 0.5 * 4) / 3.5);
    assert_two_rows("mse reduction=sum", row_weights, 3 * 1 + 0.5 * 4, 3 * 2 + 0.5 * 4);
}

static void test_row_weights_of_sum_0_leave_no_loss_and_no_gradient(void **state)
{
    (void)state;
    const real row_weights[] = {0, 0};
    assert_two_rows("mse", row_weights, 0, 0);
    assert_two_rows("mse reduction=sum", row_weights, 0, 0);
}

/* Whose inverse is no number: the loss is that of the row, (3 - 1)^2. */
static void test_mean_over_a_row_of_tiny_weight_is_its_loss(void **state)
{
    (void)state;
    const real inputs[] = {3}, targets[] = {1}, row_weights[] = {LEAST_NORMAL / 128};
    glia_net *net = harness_unit_net(1, "identity");
    glia_samples row = harness_with_targets(inputs, targets, 1);
    row.row_weights = row_weights;
    assert_true(harness_metric(net, &row, "loss") == 4);
    glia_net_destroy(net);
}

static void test_bad_row_weights_are_refused(void **state)
{
    (void)state;
    static const double bad[] = {-1, -1e-30, NAN, INFINITY};
    glia_net *net = harness_unit_net(1, "identity");
    assert_ok(glia_net_forward(net, two_rows, 2, NULL));
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const real row_weights[] = {1, (real)bad[i]};
        double loss = -1;
        glia_samples rows = harness_with_targets(two_rows, two_targets, 2);
        rows.row_weights = row_weights;
        assert_status(glia_net_backward(net, two_targets, row_weights, &loss), GLIA_ERR_ARGUMENT);
        assert_status(glia_net_train(net, &rows, &loss), GLIA_ERR_ARGUMENT);
        assert_status(glia_net_evaluate(net, &rows, "loss", &loss), GLIA_ERR_ARGUMENT);
        assert_status(glia_net_fit(net, &rows, NULL, NULL, NULL, NULL), GLIA_ERR_ARGUMENT);
        assert_true(loss == -1);
    }
    glia_net_destroy(net);
}

/* A net 2-2-1 of identities with chosen numbers; one weight is 0. */
static glia_net *penalised_net(const char *loss)
{
    static const real parameters[] = {1, -2, 0, 0.5, /* bias */ 7, -7, /* weights */ -1, 0.75, /* bias */ 3};
    glia_net *net = harness_net("input 2, dense 2, dense 1", 1);
    assert_int_equal(harness_parameter_count(net), COUNT_OF(parameters));
    memcpy(glia_net_parameters(net, NULL), parameters, sizeof parameters);
    assert_ok(glia_net_set_loss(net, loss));
    return net;
}

#define SUM_OF_SQUARES  (1 + 4 + 0.25 + 1 + 0.5625)
#define SUM_OF_ABSOLUTE (1 + 2 + 0.5 + 1 + 0.75)

/* The loss without data: row weights are 0. */
static void assert_penalty(const char *loss, double expected)
{
    const real inputs[] = {1, 1}, targets[] = {0}, no_weight[] = {0};
    glia_net *net = penalised_net(loss);
    glia_samples row = harness_with_targets(inputs, targets, 1);
    row.row_weights = no_weight;
    assert_loss(net, &row, expected);
    glia_net_destroy(net);
}

static void test_penalties_are_over_weight_matrices_only(void **state)
{
    (void)state;
    assert_penalty("mse l2=0.5", 0.25 * SUM_OF_SQUARES);
    assert_penalty("mse l1=0.5", 0.5 * SUM_OF_ABSOLUTE);
    assert_penalty("mse l1=0.25 l2=0.125", 0.0625 * SUM_OF_SQUARES + 0.25 * SUM_OF_ABSOLUTE);
    assert_penalty("mse l2=0.5 reduction=sum", 0.25 * SUM_OF_SQUARES);
}

/* Rows of the same values, once and ten times: the mean and the penalty stay. */
static void test_penalties_come_after_the_reduction(void **state)
{
    (void)state;
    real inputs[20], targets[10] = {0};
    for (size_t i = 0; i < COUNT_OF(inputs); i++)
        inputs[i] = 1;
    glia_net *net = penalised_net("mse l2=0.5");
    glia_samples rows = harness_with_targets(inputs, targets, 1);
    double of_one_row = harness_metric(net, &rows, "loss");
    rows.rows = 10;
    assert_close(harness_metric(net, &rows, "loss"), of_one_row);
    assert_ok(glia_net_set_loss(net, "mse l2=0.5 reduction=sum"));
    assert_close(harness_metric(net, &rows, "loss"), 10 * of_one_row - 9 * 0.25 * SUM_OF_SQUARES);
    glia_net_destroy(net);
}

/* l2 w + l1 sign(w), with a sign of 0 for the weight 0, and nothing for a bias. */
static void test_penalty_gradient_is_exact(void **state)
{
    (void)state;
    static const double expected[] = {0.5 + 0.25, -1 - 0.25, 0, 0.25 + 0.25, 0, 0, -0.5 - 0.25, 0.375 + 0.25, 0};
    const real inputs[] = {1, 1}, targets[] = {0}, no_weight[] = {0};
    glia_net *net = penalised_net("mse l1=0.25 l2=0.5");
    assert_ok(glia_net_forward(net, inputs, 1, NULL));
    assert_ok(glia_net_backward(net, targets, no_weight, NULL));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_true((double)glia_net_gradients(net, NULL)[i] == expected[i]);
    glia_net_destroy(net);
}

static void test_backward_from_adds_no_penalty(void **state)
{
    (void)state;
    const real inputs[] = {1, 1}, output_gradient[] = {0};
    glia_net *net = penalised_net("mse l1=0.25 l2=0.5");
    assert_ok(glia_net_forward(net, inputs, 1, NULL));
    assert_ok(glia_net_backward_from(net, output_gradient, NULL));
    for (size_t i = 0; i < harness_parameter_count(net); i++)
        assert_true(glia_net_gradients(net, NULL)[i] == 0);
    glia_net_destroy(net);
}

/* A sum that is not wanted does not matter: in double that of the squares is infinite. */
static void test_penalty_of_large_weights_is_finite(void **state)
{
    (void)state;
    const real inputs[] = {0}, targets[] = {0};
    glia_net *net = harness_unit_net(1, "identity");
    glia_samples row = harness_with_targets(inputs, targets, 1);
    assert_ok(glia_net_set_loss(net, "mse l1=0.5"));
    glia_net_parameters(net, NULL)[0] = REAL_MAX;
    assert_true(harness_metric(net, &row, "loss") == 0.5 * (double)REAL_MAX);
    glia_net_destroy(net);
}

static void test_fit_reports_the_loss_with_penalties(void **state)
{
    (void)state;
    const real inputs[] = {1, 1, 2, 2}, targets[] = {0, 1};
    size_t count;
    glia_net *net = penalised_net("mse l1=0.25 l2=0.5");
    glia_samples rows = harness_with_targets(inputs, targets, 2);
    double expected = harness_metric(net, &rows, "loss");
    assert_ok(glia_net_fit(net, &rows, NULL, "batch=all shuffle=no", NULL, NULL));
    const double *losses = glia_net_history(net, "loss", &count);
    assert_int_equal(count, 1);
    assert_close(losses[0], expected);
    glia_net_destroy(net);
}

/* 2049^2 has 23 bits: 1001 of it are exact in double, and in float would lose their last ten bits. */
static void test_sums_of_losses_are_kept_in_double(void **state)
{
    (void)state;
    enum {
        ROWS = 1001
    };
    static real inputs[ROWS], targets[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        inputs[i] = 2049;
    double loss;
    glia_net *net = harness_unit_net(1, "identity");
    glia_samples rows = harness_with_targets(inputs, targets, ROWS);
    assert_ok(glia_net_set_loss(net, "mse reduction=sum"));
    assert_true(harness_metric(net, &rows, "loss") == 2049.0 * 2049 * ROWS);
    assert_ok(glia_net_train(net, &rows, &loss));
    assert_true(loss == 2049.0 * 2049 * ROWS);
    glia_net_destroy(net);
}

static void assert_default_loss(const char *activation, const char *loss)
{
    const real inputs[] = {0.5, -1}, targets[] = {1, 0};
    glia_net *net = harness_unit_net(2, activation);
    glia_samples row = harness_with_targets(inputs, targets, 1);
    double by_default = harness_metric(net, &row, "loss");
    assert_ok(glia_net_set_loss(net, loss));
    assert_true(harness_metric(net, &row, "loss") == by_default);
    glia_net_destroy(net);
}

static void test_default_loss_follows_the_last_layer(void **state)
{
    (void)state;
    assert_default_loss("identity", "mse");
    assert_default_loss("tanh", "mse");
    assert_default_loss("relu", "mse");
    assert_default_loss("leaky_relu", "mse");
    assert_default_loss("sigmoid", "binary_cross_entropy");
    assert_default_loss("softmax", "cross_entropy");
    assert_default_loss("step", "perceptron");
}

static void test_failed_set_loss_keeps_the_loss(void **state)
{
    (void)state;
    glia_net *net = penalised_net("mse l2=0.5");
    harness_file before = harness_save(net);
    assert_status(glia_net_set_loss(net, "cross_entropy"), GLIA_ERR_SHAPE);
    assert_status(glia_net_set_loss(net, "mse l3=0.5"), GLIA_ERR_TEXT);
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_penalties_beyond_the_number_type_are_refused(void **state)
{
    (void)state;
    glia_net *net = harness_unit_net(1, "identity");
    const char *l1 = sizeof(real) == sizeof(float) ? "mse l1=1e39" : "mse l1=1e309";
    const char *l2 = sizeof(real) == sizeof(float) ? "mse l2=1e39" : "mse l2=1e309";
    assert_status(glia_net_set_loss(net, l1), GLIA_ERR_TEXT);
    assert_status(glia_net_set_loss(net, l2), GLIA_ERR_TEXT);
    assert_ok(glia_net_set_loss(net, "mse l1=1e38 l2=1e38"));
    glia_net_destroy(net);
}

static void test_losses_to_come_are_unknown_text(void **state)
{
    (void)state;
    glia_net *net = harness_unit_net(2, "softmax");
    assert_status(glia_net_set_loss(net, "cross_entropy label_smoothing=0.1"), GLIA_ERR_TEXT);
    assert_message_has("label_smoothing");
    assert_status(glia_net_set_loss(net, "cross_entropy class_weight=balanced"), GLIA_ERR_TEXT);
    assert_message_has("class_weight");
    glia_net_destroy(net);
}

/* y - t is (1, -2) and (0, 4); the rows weigh 3 and 1. */
static void test_mse_and_mae_are_means_over_outputs_and_rows(void **state)
{
    (void)state;
    const real inputs[] = {1, 1, 2, 4}, targets[] = {0, 3, 2, 0}, row_weights[] = {3, 1};
    double values[2];
    glia_net *net = harness_unit_net(2, "identity");
    glia_samples rows = harness_with_targets(inputs, targets, 2);
    assert_ok(glia_net_evaluate(net, &rows, "mse, mae", values));
    assert_close(values[0], (2.5 + 8) / 2);
    assert_close(values[1], (1.5 + 2) / 2);
    rows.row_weights = row_weights;
    assert_ok(glia_net_evaluate(net, &rows, "mae,mse", values));
    assert_close(values[0], (3 * 1.5 + 2) / 4);
    assert_close(values[1], (3 * 2.5 + 8) / 4);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mse_is_the_mean_over_outputs),
        cmocka_unit_test(test_mse_goes_through_the_activation),
        cmocka_unit_test(test_cross_entropy_of_one_class),
        cmocka_unit_test(test_cross_entropy_of_targets_that_sum_to_more_than_1),
        cmocka_unit_test(test_cross_entropy_of_targets_that_sum_to_0),
        cmocka_unit_test(test_cross_entropy_of_extreme_logits),
        cmocka_unit_test(test_cross_entropy_of_a_logit_of_minus_infinity),
        cmocka_unit_test(test_binary_cross_entropy_is_the_mean_over_outputs),
        cmocka_unit_test(test_binary_cross_entropy_of_extreme_logits),
        cmocka_unit_test(test_infinite_logits_on_the_right_side_cost_nothing),
        cmocka_unit_test(test_cross_entropy_of_a_class_that_cannot_be_and_is_wanted_is_infinite),
        cmocka_unit_test(test_perceptron_is_the_sum_over_outputs),
        cmocka_unit_test(test_reduction_mean_divides_by_the_rows),
        cmocka_unit_test(test_reduction_sum_divides_by_nothing),
        cmocka_unit_test(test_row_weights_weigh_rows_and_divide_the_mean),
        cmocka_unit_test(test_row_weights_of_sum_0_leave_no_loss_and_no_gradient),
        cmocka_unit_test(test_mean_over_a_row_of_tiny_weight_is_its_loss),
        cmocka_unit_test(test_bad_row_weights_are_refused),
        cmocka_unit_test(test_penalties_are_over_weight_matrices_only),
        cmocka_unit_test(test_penalties_come_after_the_reduction),
        cmocka_unit_test(test_penalty_gradient_is_exact),
        cmocka_unit_test(test_backward_from_adds_no_penalty),
        cmocka_unit_test(test_penalty_of_large_weights_is_finite),
        cmocka_unit_test(test_fit_reports_the_loss_with_penalties),
        cmocka_unit_test(test_sums_of_losses_are_kept_in_double),
        cmocka_unit_test(test_default_loss_follows_the_last_layer),
        cmocka_unit_test(test_failed_set_loss_keeps_the_loss),
        cmocka_unit_test(test_penalties_beyond_the_number_type_are_refused),
        cmocka_unit_test(test_losses_to_come_are_unknown_text),
        cmocka_unit_test(test_mse_and_mae_are_means_over_outputs_and_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
