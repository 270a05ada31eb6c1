/* SPDX-License-Identifier: MIT */
/* The set "portable" computes the same bits on every machine: those recorded here, of networks that are trained. A
 * change of the order of its sums, or of what is drawn at random, changes them, and is to be told in CHANGELOG.md. */
#include "harness.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    ROWS = 96, /* one block of 64 rows, and the half of another */
    INPUTS = 17,
    CLASSES = 5
};

/* FNV-1a over the bits of values, the least significant byte first wherever it lies in memory. */
static uint64_t hash_reals(uint64_t hash, const real *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
#ifdef GLIA_REAL_IS_DOUBLE
        uint64_t bits;
#else
        uint32_t bits;
#endif
        memcpy(&bits, &values[i], sizeof bits);
        for (size_t byte = 0; byte < sizeof bits; byte++)
            hash = (hash ^ (bits >> 8 * byte & 0xFF)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Fitted, and then trained as by hand: the parameters, and what it predicts. */
static uint64_t trained_bits(const char *architecture, const char *optimizer, const char *loss, const char *fit_options)
{
    static real inputs[ROWS * INPUTS], outputs[ROWS * CLASSES];
    static int32_t classes[ROWS];
    glia_options options = {.struct_size = sizeof options, .seed = 42, .kernels = "portable"};
    glia_net *net = NULL;
    assert_ok(glia_net_create_with(&net, architecture, &options));
    assert_ok(glia_net_set_loss(net, loss));
    assert_ok(glia_net_set_optimizer(net, optimizer));
    size_t inputs_count = ROWS * glia_net_input_size(net), outputs_count = ROWS * glia_net_output_size(net);
    harness_fill(inputs, inputs_count, 1);
    harness_fill_classes(classes, ROWS, (int32_t)glia_net_output_size(net), 2);

    glia_samples samples = harness_with_classes(inputs, classes, ROWS);
    assert_ok(glia_net_fit(net, &samples, NULL, fit_options, NULL, NULL));
    for (int step = 0; step < 20; step++)
        assert_ok(glia_net_train(net, &samples, NULL));
    assert_ok(glia_net_predict(net, inputs, ROWS, outputs));

    size_t count;
    const real *parameters = glia_net_parameters(net, &count);
    uint64_t hash = hash_reals(UINT64_C(0xcbf29ce484222325), parameters, count);
    hash = hash_reals(hash, outputs, outputs_count);
    glia_net_destroy(net);
    return hash;
}

static void check(uint64_t bits, uint64_t of_float, uint64_t of_double)
{
    uint64_t recorded = sizeof(real) == sizeof(float) ? of_float : of_double;
    if (bits != recorded)
        fail_msg("the bits are 0x%016" PRIx64 ", recorded are 0x%016" PRIx64, bits, recorded);
}

/* Over columns, as networks of this width run. */
static void test_narrow_network_has_the_recorded_bits(void **state)
{
    (void)state;
    check(trained_bits("input 2, dense 8 tanh, dense 3 softmax", "adam learning_rate=0.01", "cross_entropy l2=0.01",
                       "epochs=10 batch=7"),
          UINT64_C(0x1ef889729ac48633), UINT64_C(0x3c481a4be99e5c8e));
}

/* Over rows, with all that draws random numbers and most functions. */
static void test_wide_network_has_the_recorded_bits(void **state)
{
    (void)state;
    check(trained_bits("input 17, standardize, dense 70 relu, dropout 0.2, dense 40 sigmoid, dense 33 leaky_relu, "
                       "dense 5 tanh init=he_normal",
                       "sgd learning_rate=0.05 momentum=0.9 nesterov=yes", "mse l1=0.001", "epochs=5 batch=all"),
          UINT64_C(0xf9a47cac417afcd7), UINT64_C(0xd54741b9267c8f05));
}

static void test_decoupled_decay_has_the_recorded_bits(void **state)
{
    (void)state;
    check(trained_bits("input 9, dense 48 tanh init=uniform, dense 1 sigmoid", "adamw weight_decay=0.1",
                       "binary_cross_entropy reduction=sum", "epochs=3 batch=32"),
          UINT64_C(0x6bfa22692135b42f), UINT64_C(0xe2a7c5f7640b8933));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_narrow_network_has_the_recorded_bits),
        cmocka_unit_test(test_wide_network_has_the_recorded_bits),
        cmocka_unit_test(test_decoupled_decay_has_the_recorded_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
