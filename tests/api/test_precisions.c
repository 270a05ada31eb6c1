/* SPDX-License-Identifier: MIT */
/* float beside double: the same beginnings, results that differ by rounding only, files of one read by the other. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include <glia/glia64.h>

#define ARCHITECTURE "input 4, standardize, dense 32 tanh, dropout 0.25, dense 16 sigmoid, dense 3 softmax"
enum {
    ROWS = 20,
    INPUTS = 4,
    OUTPUTS = 3
};

static float inputs[ROWS * INPUTS];
static double inputs64[ROWS * INPUTS];
static int32_t classes[ROWS];

static int fill_data(void **state)
{
    (void)state;
    harness_fill_classes(classes, ROWS, OUTPUTS, 2);
    for (size_t i = 0; i < COUNT_OF(inputs); i++) {
        inputs[i] = (float)glia_random_normal(1, UINT32_MAX, 0, i);
        inputs64[i] = inputs[i];
    }
    return 0;
}

/* The same network in both precisions. */
typedef struct pair {
    glia_net *net;
    glia64_net *net64;
    size_t count;
} pair;

static pair new_pair(const char *architecture)
{
    pair nets = {NULL, NULL, 0};
    size_t count64;
    assert_ok(glia_net_create(&nets.net, architecture, 3));
    assert_ok(glia64_net_create(&nets.net64, architecture, 3));
    (void)glia_net_parameters(nets.net, &nets.count);
    (void)glia64_net_parameters(nets.net64, &count64);
    assert_int_equal(nets.count, count64);
    return nets;
}

static void destroy_pair(pair *nets)
{
    glia_net_destroy(nets->net);
    glia64_net_destroy(nets->net64);
}

static void train_pair(const pair *nets, int n_steps)
{
    glia_samples rows = {.struct_size = sizeof rows, .rows = ROWS, .inputs = inputs, .classes = classes};
    glia64_samples rows64 = {.struct_size = sizeof rows64, .rows = ROWS, .inputs = inputs64, .classes = classes};
    for (int i = 0; i < n_steps; i++) {
        assert_ok(glia_net_train(nets->net, &rows, NULL));
        assert_ok(glia64_net_train(nets->net64, &rows64, NULL));
    }
}

static void assert_outputs_near(const pair *nets, double tolerance)
{
    float outputs[ROWS * OUTPUTS];
    double outputs64[ROWS * OUTPUTS];
    assert_ok(glia_net_predict(nets->net, inputs, ROWS, outputs));
    assert_ok(glia64_net_predict(nets->net64, inputs64, ROWS, outputs64));
    for (size_t i = 0; i < COUNT_OF(outputs); i++)
        assert_near((double)outputs[i], outputs64[i], tolerance);
}

static void test_initial_weights_are_the_same_rounded(void **state)
{
    (void)state;
    static const char *const initialisers[] = {"lecun_normal", "glorot_uniform", "glorot_normal", "he_uniform",
                                               "he_normal",    "uniform",        "zeros"};
    for (size_t i = 0; i < COUNT_OF(initialisers); i++) {
        char architecture[128] = "input 20, dense 30 tanh, dense 3 init=";
        strcat(architecture, initialisers[i]);
        pair nets = new_pair(architecture);
        for (size_t j = 0; j < nets.count; j++)
            assert_true(glia_net_parameters(nets.net, NULL)[j] == (float)glia64_net_parameters(nets.net64, NULL)[j]);
        destroy_pair(&nets);
    }
}

static void test_dropout_masks_are_the_same(void **state)
{
    (void)state;
    float outputs[ROWS * INPUTS];
    double outputs64[ROWS * INPUTS];
    pair nets = new_pair("input 4, dropout 0.5");
    for (int pass = 0; pass < 3; pass++) {
        assert_ok(glia_net_forward(nets.net, inputs, ROWS, outputs));
        assert_ok(glia64_net_forward(nets.net64, inputs64, ROWS, outputs64));
        for (size_t i = 0; i < COUNT_OF(outputs); i++)
            assert_true((double)outputs[i] == outputs64[i]);
    }
    destroy_pair(&nets);
}

/* Sums of at most 32 products, each layer's error (k + 2) u sum |a| |b| with sums below 16: 34 x 16 u, three layers. */
static void test_float_predicts_as_double_does_but_for_rounding(void **state)
{
    (void)state;
    pair nets = new_pair(ARCHITECTURE);
    assert_outputs_near(&nets, 3 * 34 * 16 * FLT_EPSILON / 2);
    destroy_pair(&nets);
}

/* Ten times the error of one pass, for ten steps. */
static void test_float_trains_as_double_does_but_for_rounding(void **state)
{
    (void)state;
    pair nets = new_pair(ARCHITECTURE);
    assert_ok(glia_net_set_optimizer(nets.net, "sgd learning_rate=0.1 momentum=0.5"));
    assert_ok(glia64_net_set_optimizer(nets.net64, "sgd learning_rate=0.1 momentum=0.5"));
    train_pair(&nets, 10);
    assert_outputs_near(&nets, 10 * 3 * 34 * 16 * FLT_EPSILON / 2);
    destroy_pair(&nets);
}

static glia_net *as_float(const glia64_net *net64)
{
    size_t size;
    glia_net *net = NULL;
    assert_status(glia64_net_save_memory(net64, NULL, 0, &size), GLIA_ERR_ARGUMENT);
    void *bytes = malloc(size);
    assert_non_null(bytes);
    assert_ok(glia64_net_save_memory(net64, bytes, size, NULL));
    assert_ok(glia_net_load_memory(&net, bytes, size, NULL));
    free(bytes);
    return net;
}

static glia64_net *as_double(const glia_net *net)
{
    glia64_net *net64 = NULL;
    harness_file file = harness_save(net);
    assert_ok(glia64_net_load_memory(&net64, file.bytes, file.size, NULL));
    harness_free(&file);
    return net64;
}

static void test_file_of_doubles_is_rounded_to_floats(void **state)
{
    (void)state;
    pair nets = new_pair(ARCHITECTURE);
    train_pair(&nets, 5);
    glia_net *loaded = as_float(nets.net64);
    assert_string_equal(glia_net_architecture(loaded), glia64_net_architecture(nets.net64));
    for (size_t i = 0; i < nets.count; i++)
        assert_true(glia_net_parameters(loaded, NULL)[i] == (float)glia64_net_parameters(nets.net64, NULL)[i]);
    glia_net_destroy(loaded);
    destroy_pair(&nets);
}

static void test_file_of_floats_is_exact_as_doubles_and_back(void **state)
{
    (void)state;
    pair nets = new_pair(ARCHITECTURE);
    train_pair(&nets, 5);
    assert_ok(glia_net_set_metadata(nets.net, "classes", "[\"a\",\"b\",\"c\"]"));
    glia64_net *loaded64 = as_double(nets.net);
    for (size_t i = 0; i < nets.count; i++)
        assert_true(glia64_net_parameters(loaded64, NULL)[i] == (double)glia_net_parameters(nets.net, NULL)[i]);
    assert_string_equal(glia64_net_metadata(loaded64, "classes"), "[\"a\",\"b\",\"c\"]");
    glia_net *again = as_float(loaded64);
    assert_same_net(again, nets.net);
    glia_net_destroy(again);
    glia64_net_destroy(loaded64);
    destroy_pair(&nets);
}

/* With the moments of adam, the pass and everything else, training goes on alike. */
static void test_training_goes_on_in_the_other_precision(void **state)
{
    (void)state;
    pair nets = new_pair(ARCHITECTURE);
    train_pair(&nets, 20);
    pair converted = {as_float(nets.net64), as_double(nets.net), nets.count};
    pair now = {converted.net, nets.net64, nets.count}, also = {nets.net, converted.net64, nets.count};
    train_pair(&now, 10);
    train_pair(&also, 10);
    assert_outputs_near(&now, 10 * 3 * 34 * 16 * FLT_EPSILON / 2);
    assert_outputs_near(&also, 10 * 3 * 34 * 16 * FLT_EPSILON / 2);
    destroy_pair(&converted);
    destroy_pair(&nets);
}

static void test_double_too_large_for_a_float_is_refused(void **state)
{
    (void)state;
    size_t size;
    glia_net *net = NULL;
    pair nets = new_pair("input 2, dense 1");
    glia64_net_parameters(nets.net64, NULL)[0] = 1e300;
    assert_status(glia64_net_save_memory(nets.net64, NULL, 0, &size), GLIA_ERR_ARGUMENT);
    void *bytes = malloc(size);
    assert_non_null(bytes);
    assert_ok(glia64_net_save_memory(nets.net64, bytes, size, NULL));
    assert_status(glia_net_load_memory(&net, bytes, size, NULL), GLIA_ERR_FORMAT);
    assert_null(net);
    free(bytes);
    destroy_pair(&nets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_initial_weights_are_the_same_rounded),
        cmocka_unit_test(test_dropout_masks_are_the_same),
        cmocka_unit_test(test_float_predicts_as_double_does_but_for_rounding),
        cmocka_unit_test(test_float_trains_as_double_does_but_for_rounding),
        cmocka_unit_test(test_file_of_doubles_is_rounded_to_floats),
        cmocka_unit_test(test_file_of_floats_is_exact_as_doubles_and_back),
        cmocka_unit_test(test_training_goes_on_in_the_other_precision),
        cmocka_unit_test(test_double_too_large_for_a_float_is_refused),
    };
    return cmocka_run_group_tests(tests, fill_data, NULL) != 0;
}
