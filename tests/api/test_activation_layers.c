/* SPDX-License-Identifier: MIT */
/* The activations as layers: their values, the edges of their ranges, NaN and infinities, and where they may stand. */
#include "harness.h"

#include <math.h>
#include <stdio.h>

enum {
    MOST_VALUES = 16
};

#define NAN_REAL      ((real)NAN)
#define INFINITY_REAL ((real)INFINITY)

/* Outputs of the activation alone, in inference and in training, which agree. */
static void activate(const char *activation, const real *inputs, size_t width, real *outputs)
{
    char architecture[64];
    real trained[MOST_VALUES];
    snprintf(architecture, sizeof architecture, "input %zu, %s", width, activation);
    glia_net *net = harness_net(architecture, 1);
    assert_ok(glia_net_predict(net, inputs, 1, outputs));
    assert_ok(glia_net_forward(net, inputs, 1, trained));
    for (size_t i = 0; i < width; i++)
        if (!isnan(outputs[i]) || !isnan(trained[i]))
            assert_same_bits(&trained[i], &outputs[i], 1);
    glia_net_destroy(net);
}

static void assert_activates(const char *activation, const real *inputs, size_t width, const double *expected)
{
    real outputs[MOST_VALUES];
    activate(activation, inputs, width, outputs);
    for (size_t i = 0; i < width; i++) {
        if (isnan(expected[i]) || isinf(expected[i]))
            assert_true(isnan(expected[i]) ? isnan(outputs[i]) : (double)outputs[i] == expected[i]);
        else
            assert_close(outputs[i], expected[i]);
    }
}

static const real edges[] = {0, (real)-0.0, 1, -2, INFINITY_REAL, -INFINITY_REAL, NAN_REAL};

static void test_identity(void **state)
{
    (void)state;
    assert_activates("identity", edges, COUNT_OF(edges), (const double[]){0, 0, 1, -2, INFINITY, -INFINITY, NAN});
}

static void test_step_of_0_is_1(void **state)
{
    (void)state;
    assert_activates("step", edges, COUNT_OF(edges), (const double[]){1, 1, 1, 0, 1, 0, NAN});
}

static void test_sigmoid(void **state)
{
    (void)state;
    assert_activates("sigmoid", edges, COUNT_OF(edges),
                     (const double[]){0.5, 0.5, 0.73105857863000487, 0.11920292202211756, 1, 0, NAN});
}

static void test_tanh(void **state)
{
    (void)state;
    assert_activates("tanh", edges, COUNT_OF(edges),
                     (const double[]){0, 0, 0.76159415595576489, -0.96402758007581688, 1, -1, NAN});
}

static void test_relu(void **state)
{
    (void)state;
    assert_activates("relu", edges, COUNT_OF(edges), (const double[]){0, 0, 1, 0, INFINITY, 0, NAN});
}

static void test_leaky_relu(void **state)
{
    (void)state;
    assert_activates("leaky_relu", edges, COUNT_OF(edges), (const double[]){0, 0, 1, -0.02, INFINITY, -INFINITY, NAN});
    assert_activates("leaky_relu slope=0.25", edges, COUNT_OF(edges),
                     (const double[]){0, 0, 1, -0.5, INFINITY, -INFINITY, NAN});
}

/* The gradients behind outputs of -infinity, and behind the zeros that a slope of 0 makes of them. */
static void assert_leaky_relu_backward(const char *architecture, double expected_output, const real *expected_gradient)
{
    const real inputs[] = {-INFINITY_REAL, -INFINITY_REAL}, output_gradient[] = {2, -3};
    real outputs[2], input_gradient[2];
    glia_net *net = harness_net(architecture, 1);
    assert_ok(glia_net_forward(net, inputs, 1, outputs));
    assert_ok(glia_net_backward_from(net, output_gradient, input_gradient));
    for (size_t i = 0; i < 2; i++)
        assert_true((double)outputs[i] == expected_output && input_gradient[i] == expected_gradient[i]);
    glia_net_destroy(net);
}

static void test_leaky_relu_backward_at_minus_infinity(void **state)
{
    (void)state;
    assert_leaky_relu_backward("input 2, leaky_relu slope=0.25", -INFINITY, (const real[]){0.5, (real)-0.75});
    assert_leaky_relu_backward("input 2, leaky_relu slope=0", 0, (const real[]){0, 0});
}

static void test_softmax_of_extreme_logits(void **state)
{
    (void)state;
    assert_activates("softmax", (const real[]){1, 2, 3}, 3,
                     (const double[]){0.090030573170380458, 0.24472847105479765, 0.66524095577482183});
    assert_activates("softmax", (const real[]){10000, -10000, 10000}, 3, (const double[]){0.5, 0, 0.5});
    assert_activates("softmax", (const real[]){-INFINITY_REAL, 1, 1}, 3, (const double[]){0, 0.5, 0.5});
}

static void test_softmax_of_nan_or_infinity_is_a_row_of_nan(void **state)
{
    (void)state;
    static const double row_of_nan[] = {NAN, NAN, NAN};
    for (size_t i = 0; i < 3; i++) {
        real logits[] = {1, 2, 3};
        logits[i] = NAN_REAL;
        assert_activates("softmax", logits, 3, row_of_nan);
        logits[i] = INFINITY_REAL;
        assert_activates("softmax", logits, 3, row_of_nan);
    }
}

/* An output is NaN where a NaN came in, in its own row only. */
static void test_nan_goes_through_dense_layers_in_its_row_only(void **state)
{
    (void)state;
    static const char *const activations[] = {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax", "step"};
    for (size_t i = 0; i < COUNT_OF(activations); i++) {
        char architecture[64];
        real inputs[9] = {1, -1, 0.5, 1, -1, 0.5, 1, -1, 0.5}, outputs[12];
        inputs[4] = NAN_REAL;
        snprintf(architecture, sizeof architecture, "input 3, dense 5 relu, dense 4 %s", activations[i]);
        glia_net *net = harness_net(architecture, 1);
        for (int is_training = 0; is_training <= 1; is_training++) {
            if (is_training)
                assert_ok(glia_net_forward(net, inputs, 3, outputs));
            else
                assert_ok(glia_net_predict(net, inputs, 3, outputs));
            for (size_t j = 0; j < COUNT_OF(outputs); j++)
                assert_int_equal(isnan(outputs[j]) != 0, j / 4 == 1);
        }
        glia_net_destroy(net);
    }
}

static void test_loss_of_nan_is_nan(void **state)
{
    (void)state;
    const real inputs[] = {1, NAN_REAL, 1, 1};
    const int32_t classes[] = {0, 1};
    double loss = 0;
    glia_samples rows = harness_with_classes(inputs, classes, 2);
    glia_net *net = harness_net("input 2, dense 3 relu, dense 2 softmax", 1);
    assert_true(isnan(harness_metric(net, &rows, "loss")));
    assert_ok(glia_net_train(net, &rows, &loss));
    assert_true(isnan(loss));
    glia_net_destroy(net);
}

static void assert_shape_is_refused(const char *architecture)
{
    glia_net *net = NULL;
    assert_status(glia_net_create(&net, architecture, 1), GLIA_ERR_SHAPE);
    assert_null(net);
}

static void test_softmax_of_width_1_is_refused(void **state)
{
    (void)state;
    assert_shape_is_refused("input 2, dense 1 softmax");
    assert_shape_is_refused("input 2, dense 1, softmax");
    assert_shape_is_refused("input 2, dense 1 softmax, dense 2");
    assert_shape_is_refused("input 1, softmax, dense 2");
}

static void test_step_may_only_stand_last(void **state)
{
    (void)state;
    assert_shape_is_refused("input 2, dense 3 step, dense 2");
    assert_shape_is_refused("input 2, dense 3, step, dense 2");
    assert_shape_is_refused("input 2, step, dense 2");
    assert_shape_is_refused("input 2, dense 3 step, dropout 0.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_step_of_0_is_1),
        cmocka_unit_test(test_sigmoid),
        cmocka_unit_test(test_tanh),
        cmocka_unit_test(test_relu),
        cmocka_unit_test(test_leaky_relu),
        cmocka_unit_test(test_leaky_relu_backward_at_minus_infinity),
        cmocka_unit_test(test_softmax_of_extreme_logits),
        cmocka_unit_test(test_softmax_of_nan_or_infinity_is_a_row_of_nan),
        cmocka_unit_test(test_nan_goes_through_dense_layers_in_its_row_only),
        cmocka_unit_test(test_loss_of_nan_is_nan),
        cmocka_unit_test(test_softmax_of_width_1_is_refused),
        cmocka_unit_test(test_step_may_only_stand_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
