/* SPDX-License-Identifier: MIT */
/* What all losses share: their texts, which of them fits, reduction, penalties. */
#include <string.h>

#include "net/network_harness.h"
#include "train/loss.h"

static glia__loss read_loss(const char *text, const glia__network *network)
{
    glia__loss loss;
    assert_ok(glia__loss_read(&loss, text, network));
    return loss;
}

static void assert_canonical(const glia__loss *loss, const char *expected)
{
    char text[256];
    glia__writer writer = {.buffer = text, .capacity = sizeof text};
    glia__loss_write(&writer, loss);
    assert_string_equal(text, expected);
}

static void test_default_goes_with_the_last_layer(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"input 2, dense 2 softmax", "cross_entropy l1=0 l2=0 reduction=mean"},
        {"input 2, dense 1 sigmoid", "binary_cross_entropy l1=0 l2=0 reduction=mean"},
        {"input 2, dense 1 step", "perceptron l1=0 l2=0 reduction=mean"},
        {"input 2, dense 1 tanh", "mse l1=0 l2=0 reduction=mean"},
        {"input 2, dense 1", "mse l1=0 l2=0 reduction=mean"},
        {"input 2, dense 2 softmax, dropout 0.5", "mse l1=0 l2=0 reduction=mean"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i][0]);
        glia__loss loss = glia__loss_default(&network);
        assert_canonical(&loss, cases[i][1]);
        glia__network_release(&network);
    }
}

static void test_canonical_text_spells_out_every_setting(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 2 softmax");
    glia__loss loss = read_loss(" mse reduction=sum l1=1e-3 ", &network);
    assert_canonical(&loss, "mse l1=0.001 l2=0 reduction=sum");
    glia__network_release(&network);
}

static void test_loss_that_does_not_fit_is_refused_with_what_fits(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"input 2, dense 2 tanh", "cross_entropy",
         "loss cross_entropy wants a last layer of softmax, not tanh; what fits that: mse"},
        {"input 2, dense 2 softmax", "binary_cross_entropy",
         "loss binary_cross_entropy wants a last layer of sigmoid, not softmax; what fits that: cross_entropy, mse"},
        {"input 2, dense 2", "perceptron",
         "loss perceptron wants a last layer of step, not identity; what fits that: mse"},
        {"input 2, dense 2 step", "mse", "loss mse does not fit a last layer of step; what fits: perceptron"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__network network = network_make(cases[i][0]);
        glia__loss loss = glia__loss_default(&network), before = loss;
        assert_status(glia__loss_read(&loss, cases[i][1], &network), GLIA_ERR_SHAPE);
        assert_string_equal(glia_error_message(), cases[i][2]);
        assert_ptr_equal(loss.type, before.type);
        glia__network_release(&network);
    }
}

static void test_sums_are_reduced_as_the_loss_says(void **state)
{
    (void)state;
    glia__network network = network_make("input 2, dense 2");
    glia__loss mean = read_loss("mse", &network), sum = read_loss("mse reduction=sum", &network);
    assert_true(glia__loss_reduce(&mean, 3, 8) == 0.375);
    assert_true(glia__loss_reduce(&mean, 3, 0) == 0);
    assert_true(glia__loss_reduce(&mean, 0x1p-1060, 0x1p-1060) == 1); /* whose inverse is no number */
    assert_true(glia__loss_reduce(&sum, 3, 8) == 3);
    assert_true(glia__loss_reduce(&sum, 3, 0) == 3);
    glia__network_release(&network);
}

/* Weights 1, -2, 0 and 3; biases and statistics are large and do not count. */
static glia__network penalised_network(void)
{
    static const real parameters[] = {1, -2, 0, 3, 100, 200, 0, -4, 300};
    glia__network network = network_make("input 2, standardize, dense 2, dense 1");
    assert_int_equal(network.parameter_count, COUNT_OF(parameters));
    memcpy(network.values, parameters, sizeof parameters);
    return network;
}

static void test_penalty_is_over_dense_weights_alone(void **state)
{
    (void)state;
    glia__network network = penalised_network();
    glia__loss none = read_loss("mse", &network), l1 = read_loss("mse l1=0.5", &network);
    glia__loss l2 = read_loss("mse l2=0.5", &network), both = read_loss("mse l1=0.5 l2=0.5", &network);
    assert_true(glia__loss_penalty(&none, &network) == 0);
    assert_true(glia__loss_penalty(&l1, &network) == 0.5 * (1 + 2 + 3 + 4));
    assert_true(glia__loss_penalty(&l2, &network) == 0.25 * (1 + 4 + 9 + 16));
    assert_true(glia__loss_penalty(&both, &network) == 5 + 7.5);
    glia__network_release(&network);
}

/* A sum that is not wanted does not matter: in double that of the squares is infinite. */
static void test_penalty_of_large_weights_is_finite(void **state)
{
    (void)state;
    glia__network network = network_make("input 1, dense 1");
    glia__loss loss = read_loss("mse l1=0.5", &network);
    network.values[0] = REAL_MAX;
    assert_true(glia__loss_penalty(&loss, &network) == 0.5 * (double)REAL_MAX);
    glia__network_release(&network);
}

static void test_settings_beyond_the_number_type_are_refused(void **state)
{
    (void)state;
    glia__network network = network_make("input 1, dense 1");
    glia__loss loss;
    assert_status(glia__loss_read(&loss, "mse l1=1e309", &network), GLIA_ERR_TEXT);
    glia_status in_float = glia__loss_read(&loss, "mse l2=1e39", &network);
    assert_int_equal(in_float, sizeof(real) == sizeof(float) ? GLIA_ERR_TEXT : GLIA_OK);
    glia__network_release(&network);
}

/* Added to 1: l1 sign(w) + l2 w, the sign of 0 being 0. */
static void test_penalty_gradient_is_added(void **state)
{
    (void)state;
    static const real weights[] = {1, -2, 0, 3, -4}, expected[] = {2, (real)-0.5, 1, 3, (real)-1.5};
    glia__network network = network_make("input 2, dense 2");
    glia__loss loss = read_loss("mse l1=0.5 l2=0.5", &network);
    real gradients[COUNT_OF(expected)];
    for (size_t i = 0; i < COUNT_OF(gradients); i++)
        gradients[i] = 1;
    glia__loss_penalty_gradient(&loss, network.kernels, gradients, weights, COUNT_OF(weights));
    assert_same_bits(gradients, expected, COUNT_OF(expected));
    glia__network_release(&network);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_goes_with_the_last_layer),
        cmocka_unit_test(test_canonical_text_spells_out_every_setting),
        cmocka_unit_test(test_loss_that_does_not_fit_is_refused_with_what_fits),
        cmocka_unit_test(test_sums_are_reduced_as_the_loss_says),
        cmocka_unit_test(test_penalty_is_over_dense_weights_alone),
        cmocka_unit_test(test_penalty_of_large_weights_is_finite),
        cmocka_unit_test(test_settings_beyond_the_number_type_are_refused),
        cmocka_unit_test(test_penalty_gradient_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
