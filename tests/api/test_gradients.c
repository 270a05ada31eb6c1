/* SPDX-License-Identifier: MIT */
/* Every accepted pair of last activation and loss, and every layer before it, against central differences in double,
 * for some rows and for one, which goes another way through small networks.
 *
 * The difference of step 2^-17 is off by h^2 / 6 = 1e-11 of a third derivative and by u L / h = 1.5e-11 of the loss L,
 * both of about the size of the gradient: 1e-7 of the largest gradient leaves room for sums and still finds any wrong
 * term. Kinks of relu, step and l1 would have to lie within 2^-17 of one of the fixed points to disturb it. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glia/glia64.h>

#define STEP      0x1p-17
#define TOLERANCE 1e-7

enum {
    ROWS = 5,
    INPUTS = 3,
    MOST_OUTPUTS = 4
};

static const double row_weights[ROWS] = {0.5, 1, 0, 2, 0.25};

/* The network at its point, and what it is trained on. */
typedef struct problem {
    glia64_net *net;
    size_t rows;
    double inputs[ROWS * INPUTS];
    double targets[ROWS * MOST_OUTPUTS]; /* in [0, 1), where every loss is smooth */
    int32_t classes[ROWS];
    size_t outputs;
    int uses_classes;
    const double *row_weights;
    double rounding; /* of the difference, where gradients may be so small that it shows, or 0 */
} problem;

static void begin(problem *p, const char *architecture, const char *loss)
{
    size_t count;
    memset(p, 0, sizeof *p);
    p->rows = ROWS;
    assert_ok(glia64_net_create(&p->net, architecture, 5));
    if (loss != NULL)
        assert_ok(glia64_net_set_loss(p->net, loss));
    p->outputs = glia64_net_output_size(p->net);
    for (size_t i = 0; i < COUNT_OF(p->inputs); i++)
        p->inputs[i] = glia_random_normal(1, UINT32_MAX, 0, i);
    for (size_t i = 0; i < COUNT_OF(p->targets); i++)
        p->targets[i] = (double)(glia_random(2, UINT32_MAX, 0, i) >> 11) * 0x1p-53;
    harness_fill_classes(p->classes, ROWS, p->outputs == 1 ? 2 : (int32_t)p->outputs, 3);

    double *parameters = glia64_net_parameters(p->net, &count);
    for (size_t i = 0; i < count; i++)
        parameters[i] = 0.5 * glia_random_normal(4, UINT32_MAX, 0, i);
    glia64_samples samples = {.struct_size = sizeof samples, .rows = ROWS, .inputs = p->inputs};
    assert_ok(glia64_net_adapt(p->net, &samples));
}

static glia64_net *copy_of(const problem *p)
{
    glia64_net *copy = NULL;
    assert_ok(glia64_net_copy(&copy, p->net));
    return copy;
}

/* The loss and gradient of a copy, so that every look at the problem has the same dropout masks. */
static double loss_of(const problem *p, glia64_net *copy)
{
    double loss;
    assert_ok(glia64_net_forward(copy, p->inputs, p->rows, NULL));
    if (p->uses_classes)
        assert_ok(glia64_net_backward_classes(copy, p->classes, p->row_weights, &loss));
    else
        assert_ok(glia64_net_backward(copy, p->targets, p->row_weights, &loss));
    return loss;
}

/* What backward_from's caller might compute: the sum of the outputs, weighted by the targets. */
static double weighted_outputs(const problem *p, glia64_net *copy)
{
    double outputs[ROWS * MOST_OUTPUTS], sum = 0;
    assert_ok(glia64_net_forward(copy, p->inputs, p->rows, outputs));
    for (size_t i = 0; i < p->rows * p->outputs; i++)
        sum += p->targets[i] * outputs[i];
    return sum;
}

typedef double value_fn(const problem *p, glia64_net *copy);

/* (f(x + h) - f(x - h)) / 2 h for one parameter, h as it comes out after rounding. */
static double difference_by_parameter(const problem *p, value_fn *value, size_t index)
{
    double values[2], points[2];
    for (int side = 0; side < 2; side++) {
        glia64_net *copy = copy_of(p);
        double *parameter = &glia64_net_parameters(copy, NULL)[index];
        *parameter += side == 0 ? -STEP : STEP;
        points[side] = *parameter;
        values[side] = value(p, copy);
        glia64_net_destroy(copy);
    }
    return (values[1] - values[0]) / (points[1] - points[0]);
}

static double difference_by_input(const problem *p, value_fn *value, size_t index)
{
    double values[2], points[2];
    for (int side = 0; side < 2; side++) {
        problem moved = *p;
        moved.inputs[index] += side == 0 ? -STEP : STEP;
        points[side] = moved.inputs[index];
        glia64_net *copy = copy_of(p);
        values[side] = value(&moved, copy);
        glia64_net_destroy(copy);
    }
    return (values[1] - values[0]) / (points[1] - points[0]);
}

/* The largest error among `count` gradients against the largest of them. */
static void assert_gradient(const problem *p, value_fn *value, double difference(const problem *, value_fn *, size_t),
                            const double *gradient, size_t count)
{
    double largest = 0, error = 0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs(gradient[i]));
        error = fmax(error, fabs(gradient[i] - difference(p, value, i)));
    }
    if ((largest > 0 || p->rounding > 0) && error <= TOLERANCE * largest + p->rounding)
        return;
    fail_msg("%s: error %.3g of gradients up to %.3g", glia64_net_architecture(p->net), error, largest);
}

static void assert_loss_gradient(const problem *p)
{
    size_t count;
    glia64_net *copy = copy_of(p);
    loss_of(p, copy);
    const double *gradient = glia64_net_gradients(copy, &count);
    assert_gradient(p, loss_of, difference_by_parameter, gradient, count);
    glia64_net_destroy(copy);
}

/* Classes and targets, with and without row weights. */
static void assert_gradients_of_loss(const char *architecture, const char *loss)
{
    problem p;
    begin(&p, architecture, loss);
    for (int variant = 0; variant < 8; variant++) {
        p.uses_classes = variant & 1;
        p.row_weights = (variant & 2) != 0 ? row_weights : NULL;
        p.rows = (variant & 4) != 0 ? 1 : ROWS;
        assert_loss_gradient(&p);
    }
    glia64_net_destroy(p.net);
}

/* With the gradient of the inputs, or without. */
static void assert_backward_with(const problem *p, double *input_gradient)
{
    size_t count;
    glia64_net *copy = copy_of(p);
    weighted_outputs(p, copy);
    assert_ok(glia64_net_backward_from(copy, p->targets, input_gradient));
    const double *gradient = glia64_net_gradients(copy, &count);
    if (count > 0)
        assert_gradient(p, weighted_outputs, difference_by_parameter, gradient, count);
    if (input_gradient != NULL)
        assert_gradient(p, weighted_outputs, difference_by_input, input_gradient, p->rows * INPUTS);
    glia64_net_destroy(copy);
}

static void assert_backward_from(problem *p)
{
    double input_gradient[ROWS * INPUTS];
    for (p->rows = 1; p->rows <= ROWS; p->rows += ROWS - 1) {
        assert_backward_with(p, input_gradient);
        assert_backward_with(p, NULL);
    }
}

static void assert_gradients_of_backward_from(const char *architecture)
{
    problem p;
    begin(&p, architecture, NULL);
    assert_backward_from(&p);
    glia64_net_destroy(p.net);
}

/* Put the activation into the pattern's place and check the loss. */
static void assert_gradients_with(const char *pattern, const char *activation, const char *loss)
{
    char architecture[128];
    const char *place = strchr(pattern, '*');
    snprintf(architecture, sizeof architecture, "%.*s%s%s", (int)(place - pattern), pattern, activation, place + 1);
    if (loss != NULL)
        assert_gradients_of_loss(architecture, loss);
    else
        assert_gradients_of_backward_from(architecture);
}

static const char *const smooth_activations[] = {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"};

static void assert_gradients_with_each(const char *pattern, const char *loss)
{
    for (size_t i = 0; i < COUNT_OF(smooth_activations); i++)
        assert_gradients_with(pattern, smooth_activations[i], loss);
}

static void test_mse_after_every_activation(void **state)
{
    (void)state;
    assert_gradients_with_each("input 3, dense 4 tanh, dense 3 *", "mse");
    assert_gradients_with_each("input 3, dense 4 tanh, dense 3, *", "mse reduction=sum");
}

static void test_mse_of_one_output(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 1", "mse");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 1 tanh", "mse");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 1 sigmoid", "mse");
}

static void test_cross_entropy(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 3 softmax", "cross_entropy");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3 softmax", "cross_entropy reduction=sum");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3, softmax", "cross_entropy");
}

static void test_binary_cross_entropy(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 1 sigmoid", "binary_cross_entropy");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3 sigmoid", "binary_cross_entropy reduction=sum");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3, sigmoid", "binary_cross_entropy");
}

/* (y - t) z is smooth in z except at 0. */
static void test_perceptron(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 1 step", "perceptron");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3 step", "perceptron reduction=sum");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3, step", "perceptron");
}

static void test_every_hidden_activation(void **state)
{
    (void)state;
    assert_gradients_with_each("input 3, dense 4 *, dense 2", "mse");
    assert_gradients_with_each("input 3, dense 4, *, dense 2 softmax", "cross_entropy");
    assert_gradients_with_each("input 3, *, dense 2 sigmoid", "binary_cross_entropy");
}

static void test_slope_of_leaky_relu(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 4, leaky_relu slope=0.3, dense 2, leaky_relu slope=0.7", "mse");
}

static void test_dense_without_bias(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 4 tanh bias=no, dense 2 softmax bias=no", "cross_entropy");
}

static void test_standardize(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, standardize, dense 4 tanh, dense 2 softmax", "cross_entropy");
    assert_gradients_of_loss("input 3, dense 4 tanh, standardize, dense 2", "mse");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 2, standardize", "mse");
}

static void test_dropout(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dropout 0.25, dense 8 tanh, dropout 0.5, dense 2 softmax", "cross_entropy");
    assert_gradients_of_loss("input 3, dense 4 tanh, dropout 0.25", "mse");
}

static void test_penalties(void **state)
{
    (void)state;
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3 softmax", "cross_entropy l2=0.3");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 3 softmax", "cross_entropy l1=0.3 reduction=sum");
    assert_gradients_of_loss("input 3, dense 4 relu, dense 2", "mse l1=0.1 l2=0.2");
    assert_gradients_of_loss("input 3, dense 4 tanh, dense 1 sigmoid", "binary_cross_entropy l1=0.1 l2=0.2");
    assert_gradients_of_loss("input 3, dense 2 step", "perceptron l1=0.1 l2=0.2");
}

static void test_backward_from_after_every_activation(void **state)
{
    (void)state;
    assert_gradients_with_each("input 3, dense 4 tanh, dense 3 *", NULL);
    assert_gradients_with_each("input 3, dense 4 *, dense 2 tanh", NULL);
    assert_gradients_of_backward_from("input 3, standardize, dense 4, leaky_relu slope=0.3, dropout 0.5, dense 2");
}

/* Means and deviations near 1 for every standardize layer: those of columns that hardly vary magnify all errors. */
static void set_statistics(glia64_net *net)
{
    glia64_tensor view = {.struct_size = sizeof view};
    for (size_t i = 0; glia64_net_tensor(net, i, &view) == GLIA_OK; i++)
        for (size_t j = 0; !view.is_trained && j < view.shape[0]; j++)
            view.values[j] = 0.75 + 0.125 * (double)j;
}

static void assert_layers(const problem *p)
{
    double input_gradient[ROWS * INPUTS];
    assert_loss_gradient(p);
    assert_backward_with(p, input_gradient);
}

/* Layers in any order share memory where they can; nothing that backward wants may be written over. Behind several that
 * squash, gradients are so small that 4 u L / h shows, for losses and sums L up to 10; behind relu they may be 0. */
static void test_layers_in_any_order(void **state)
{
    (void)state;
    enum {
        N_STACKS = 100
    };
    for (uint64_t seed = 0; seed < N_STACKS; seed++) {
        problem p;
        char architecture[HARNESS_STACK_SIZE];
        harness_random_stack(architecture, seed, 1);
        strcat(architecture, ", dense 2");
        begin(&p, architecture, "mse");
        set_statistics(p.net);
        p.rounding = 4 * DBL_EPSILON / 2 * 10 / STEP;
        assert_layers(&p);
        p.rows = 1;
        if (seed % 4 == 0) /* few take a row of its own another way */
            assert_layers(&p);
        glia64_net_destroy(p.net);
    }
}

static void test_input_gradient_without_parameters(void **state)
{
    (void)state;
    assert_gradients_of_backward_from("input 3, tanh, dropout 0.5, softmax");
}

/* The losses that fit a last activation; a refusal names one of them or the activation that the loss wants. */
typedef struct fit {
    const char *activation;
    const char *losses[2];
} fit;

static const fit fits[] = {
    {"identity", {"mse", NULL}},    {"sigmoid", {"mse", "binary_cross_entropy"}},
    {"tanh", {"mse", NULL}},        {"relu", {"mse", NULL}},
    {"leaky_relu", {"mse", NULL}},  {"softmax", {"mse", "cross_entropy"}},
    {"step", {"perceptron", NULL}},
};

static int is_fit(const fit *f, const char *loss)
{
    return strcmp(f->losses[0], loss) == 0 || (f->losses[1] != NULL && strcmp(f->losses[1], loss) == 0);
}

static void assert_refusal_names_what_fits(const fit *f, const char *wanted_activation)
{
    const char *message = glia_error_message();
    if (strstr(message, f->losses[0]) == NULL && strstr(message, wanted_activation) == NULL)
        fail_msg("the message names nothing that fits: %s", message);
}

static void test_only_losses_that_fit_are_accepted(void **state)
{
    (void)state;
    static const char *const losses[][2] = {
        {"mse", "step"}, {"cross_entropy", "softmax"}, {"binary_cross_entropy", "sigmoid"}, {"perceptron", "step"}};
    for (size_t i = 0; i < COUNT_OF(fits); i++) {
        problem p;
        char architecture[64];
        snprintf(architecture, sizeof architecture, "input 3, dense 2 %s", fits[i].activation);
        begin(&p, architecture, NULL);
        for (size_t j = 0; j < COUNT_OF(losses); j++) {
            if (is_fit(&fits[i], losses[j][0])) {
                assert_ok(glia64_net_set_loss(p.net, losses[j][0]));
                continue;
            }
            assert_status(glia64_net_set_loss(p.net, losses[j][0]), GLIA_ERR_SHAPE);
            assert_refusal_names_what_fits(&fits[i], losses[j][1]);
        }
        glia64_net_destroy(p.net);
    }
}

static void test_backward_from_is_refused_after_step(void **state)
{
    (void)state;
    problem p;
    double input_gradient[ROWS * INPUTS];
    begin(&p, "input 3, dense 2 step", NULL);
    assert_ok(glia64_net_forward(p.net, p.inputs, ROWS, NULL));
    assert_status(glia64_net_backward_from(p.net, p.targets, input_gradient), GLIA_ERR_SHAPE);
    glia64_net_destroy(p.net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mse_after_every_activation),
        cmocka_unit_test(test_mse_of_one_output),
        cmocka_unit_test(test_cross_entropy),
        cmocka_unit_test(test_binary_cross_entropy),
        cmocka_unit_test(test_perceptron),
        cmocka_unit_test(test_every_hidden_activation),
        cmocka_unit_test(test_slope_of_leaky_relu),
        cmocka_unit_test(test_dense_without_bias),
        cmocka_unit_test(test_standardize),
        cmocka_unit_test(test_dropout),
        cmocka_unit_test(test_penalties),
        cmocka_unit_test(test_backward_from_after_every_activation),
        cmocka_unit_test(test_layers_in_any_order),
        cmocka_unit_test(test_input_gradient_without_parameters),
        cmocka_unit_test(test_only_losses_that_fit_are_accepted),
        cmocka_unit_test(test_backward_from_is_refused_after_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
