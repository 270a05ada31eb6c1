/* SPDX-License-Identifier: MIT */
/* The texts: architectures, losses, optimizers and metrics, good and bad, and what is said about the bad ones. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Architectures */

static const char *const good_architectures[] = {
    "input 2, dense 3 tanh, dense 2 softmax",
    "input 784, dense 128 relu, dropout 0.2, dense 10 softmax",
    "input 2\ndense 3 tanh\ndense 2 softmax",
    "# moons\ninput 2 # x1 and x2\ndense 3 tanh\n# the classes, softmax\ndense 2 softmax\n",
    "  input   2 ,\tdense 3   tanh ,dense 2",
    "input 2, dense 64 tanh init=he_normal bias=no, dense 2",
    "input 2, dense 64 bias=no init=zeros, dense 2 sigmoid bias=yes",
    "input 2, standardize, dense 3, leaky_relu slope=0.2, dense 3 leaky_relu, dropout 0.5, dense 1 step",
    "input 2, identity, dense 3, sigmoid, dense 3, tanh, dense 3, relu, dense 2, softmax",
    "input 2, dense 3 init=lecun_normal, dense 3 init=glorot_uniform, dense 3 init=glorot_normal",
    "input 2, dense 3 init=he_uniform, dense 3 init=he_normal, dense 3 init=uniform, dense 3 init=zeros",
    "input 1, dropout 0, dropout 0.30000000000000004, dropout 0.999999",
};

/* The canonical text describes the same network and is its own canonical text. */
static void test_good_architectures_have_a_canonical_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good_architectures); i++) {
        glia_net *net = harness_net(good_architectures[i], 3);
        glia_net *again = harness_net(glia_net_architecture(net), 3);
        assert_string_equal(glia_net_architecture(again), glia_net_architecture(net));
        assert_same_net(again, net);
        glia_net_destroy(again);
        glia_net_destroy(net);
    }
}

static void assert_canonical_has(const char *architecture, const char *part)
{
    glia_net *net = harness_net(architecture, 1);
    if (strstr(glia_net_architecture(net), part) == NULL)
        fail_msg("the canonical text of '%s' lacks '%s': '%s'", architecture, part, glia_net_architecture(net));
    glia_net_destroy(net);
}

/* So that a later default never changes what an old network computes. */
static void test_canonical_text_spells_out_what_the_network_computes(void **state)
{
    (void)state;
    assert_canonical_has("input 2, dense 3, leaky_relu", "slope=0.01");
    assert_canonical_has("input 2, dense 3 bias=no", "bias=no");
    assert_canonical_has("input 2, dense 3", "bias=yes");
    assert_canonical_has("input 2, dense 3", "identity");
}

static void test_numbers_in_canonical_text_read_back_the_same(void **state)
{
    (void)state;
    assert_canonical_has("input 2, dropout 0.1", "dropout 0.1");
    assert_canonical_has("input 2, dropout 1e-1", "dropout 0.1");
    assert_canonical_has("input 2, dropout 0.30000000000000004", "dropout 0.30000000000000004");
    assert_canonical_has("input 2, leaky_relu slope=0.2500", "slope=0.25");
}

static void test_same_architecture_in_other_spelling_has_the_same_canonical_text(void **state)
{
    (void)state;
    for (size_t i = 2; i <= 3; i++) {
        glia_net *net = harness_net(good_architectures[0], 3), *other = harness_net(good_architectures[i], 3);
        assert_string_equal(glia_net_architecture(other), glia_net_architecture(net));
        glia_net_destroy(other);
        glia_net_destroy(net);
    }
}

static void test_widths_left_out_come_from_the_options(void **state)
{
    (void)state;
    glia_net *net = NULL, *expected = harness_net("input 4, dense 5 tanh, dense 3 softmax", 0);
    glia_options options = {.struct_size = sizeof options, .input_size = 4, .output_size = 3};
    assert_ok(glia_net_create_with(&net, "dense 5 tanh, dense softmax", &options));
    assert_int_equal(glia_net_input_size(net), 4);
    assert_int_equal(glia_net_output_size(net), 3);
    assert_string_equal(glia_net_architecture(net), glia_net_architecture(expected));
    glia_net_destroy(expected);
    glia_net_destroy(net);
}

static void assert_architecture(const char *text, glia_status expected)
{
    glia_net *net = NULL;
    glia_status status = glia_net_create(&net, text, 1);
    if (status != expected)
        fail_msg("'%s' is answered with '%s', not '%s'", text, glia_status_text(status), glia_status_text(expected));
    assert_null(net);
}

static void test_bad_architectures_are_text_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "input 2, dnese 3",
        "input 2, dense 3 tahn",
        "input 2, dense 3 tanh relu",
        "input 2, dense 3 4",
        "input 2, dense tanh 3",
        "input 2, dense 3 size=4",
        "input 2, dense 3 init=best",
        "input 2, dense 3 init=",
        "input 2, dense 3 bias=maybe",
        "input 2, dense 3 bias=no bias=no",
        "input 2, dense 3 =no",
        "input 2, dense 0",
        "input 2, dense -1",
        "input 2, dense 1.5",
        "input 2, dense nan",
        "input 2, dense 1e999",
        "input 0, dense 1",
        "input two, dense 1",
        "input 2 3, dense 1",
        "input 2, dropout",
        "input 2, dropout 1",
        "input 2, dropout -0.1",
        "input 2, dropout nan",
        "input 2, dropout inf",
        "input 2, dropout 1e999",
        "input 2, dropout 0.5x",
        "input 2, dropout 0.5 0.5",
        "input 2, leaky_relu slope=nan",
        "input 2, leaky_relu slope=inf",
        "input 2, tanh slope=0.5",
        "input 2, standardize 3",
        "input 2, dense 3; dense 2",
        "input 2, dense\x01 3",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_architecture(bad[i], GLIA_ERR_TEXT);
}

static void test_missing_widths_are_shape_errors(void **state)
{
    (void)state;
    assert_architecture("dense 3 tanh, dense 2", GLIA_ERR_SHAPE);
    assert_architecture("input, dense 1", GLIA_ERR_SHAPE);
    assert_architecture("input 2, dense 3 tanh, dense softmax", GLIA_ERR_SHAPE);
    assert_architecture("input 2, dense tanh, dense 2 softmax", GLIA_ERR_SHAPE);
}

/* Widths that fit a size_t each while their product does not, and widths that fit none. */
static void test_networks_too_large_to_count_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "input 4294967295, dense 4294967295",
        "input 18446744073709551615, dense 2",
        "input 2, dense 18446744073709551615",
        "input 2, dense 99999999999999999999999999",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_net *net = NULL;
        glia_status status = glia_net_create(&net, bad[i], 1);
        assert_true(status == GLIA_ERR_TEXT || status == GLIA_ERR_SHAPE);
        assert_null(net);
    }
}

static void test_empty_and_misplaced_layers_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", " \n# nothing\n", "input 2, input 2, dense 1", "dense 1, input 2"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        glia_net *net = NULL;
        glia_status status = glia_net_create(&net, bad[i], 1);
        assert_true(status == GLIA_ERR_TEXT || status == GLIA_ERR_SHAPE);
        assert_null(net);
    }
}

/* What is said about it */

static void test_message_quotes_the_word_and_lists_what_is_accepted(void **state)
{
    (void)state;
    static const char *const cases[][6] = {
        {"input 2, dnese 3", "dnese", "dense", "dropout", "standardize"},
        {"input 2, dense 3 tahn", "tahn", "tanh", "relu", "softmax"},
        {"input 2, dense 3 init=best", "best", "lecun_normal", "he_uniform", "zeros"},
        {"input 2, dense 3 seize=4", "seize", "init", "bias"},
        {"input 2, dense 3 bias=maybe", "maybe", "yes", "no"},
        {"input 2, dropout 1.5", "1.5"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_architecture(cases[i][0], GLIA_ERR_TEXT);
        for (size_t j = 1; j < COUNT_OF(cases[i]) && cases[i][j] != NULL; j++)
            assert_message_has(cases[i][j]);
    }
}

/* A message is UTF-8, and so good for metadata, wherever it cuts the word. */
static void test_message_about_a_long_word_is_utf8(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 2", 1), *none = NULL;
    for (size_t shift = 0; shift < 4; shift++) {
        char word[256] = "xxx", message[512];
        for (size_t i = shift; i + 4 < sizeof word; i += 4)
            memcpy(word + i, "\xf0\x9f\xa7\xa0", 5);
        assert_status(glia_net_create(&none, word, 1), GLIA_ERR_TEXT);
        snprintf(message, sizeof message, "%s", glia_error_message());
        assert_ok(glia_net_set_metadata(net, "message", message));
    }
    glia_net_destroy(net);
}

/* The numbers in the message, beside those of the text itself. */
static void test_message_has_line_and_column(void **state)
{
    (void)state;
    assert_architecture("input 2, dense 3 tahn", GLIA_ERR_TEXT);
    assert_message_has("18");
    assert_architecture("# a net\n\ninput 2\n\n\ndense 3 relu,      tahn", GLIA_ERR_TEXT);
    assert_message_has("6");
    assert_message_has("20");
}

/* Losses, optimizers, metrics */

typedef glia_status set_fn(glia_net *net, const char *text);

static void assert_texts_are_refused(const char *architecture, set_fn *set, const char *const *bad, size_t count)
{
    glia_net *net = harness_net(architecture, 1);
    harness_file before = harness_save(net);
    for (size_t i = 0; i < count; i++) {
        glia_status status = set(net, bad[i]);
        if (status != GLIA_ERR_TEXT)
            fail_msg("'%s' is answered with '%s'", bad[i], glia_status_text(status));
    }
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

static void test_bad_losses_are_text_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "msee",
        "mse l2=nan",
        "mse l2=inf",
        "mse l2=-1",
        "mse l2=1e999",
        "mse l2",
        "mse l2=",
        "mse l2=0.1 l2=0.1",
        "mse 0.1",
        "mse, mse",
        "mse l1=x",
        "mse l1=0,1",
        "mse l2=0.1x",
        "mse reduction=mode",
        "mse reduction=mean reduction=sum",
        "l2=0.1",
    };
    assert_texts_are_refused("input 2, dense 2", glia_net_set_loss, bad, COUNT_OF(bad));
}

static void test_bad_optimizers_are_text_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "rmsprop",
        "sgd 0.01",
        "sgd learning_rate=-1",
        "sgd learning_rate=nan",
        "sgd learning_rate=inf",
        "sgd learning_rate=1e999",
        "sgd learning_rate=",
        "sgd learning_rate",
        "sgd learning_rate=0.1 learning_rate=0.1",
        "sgd momentum=-0.5",
        "sgd momentum=1.5",
        "sgd nesterov=perhaps",
        "sgd beta1=0.9",
        "adam momentum=0.9",
        "adam beta1=1",
        "adam beta2=1",
        "adam beta1=-0.1",
        "adam epsilon=-1",
        "adam weight_decay=0.1",
        "adamw weight_decay=-1",
        "sgd, sgd",
    };
    assert_texts_are_refused("input 2, dense 2", glia_net_set_optimizer, bad, COUNT_OF(bad));
}

static glia_status evaluate(glia_net *net, const char *metrics)
{
    const real inputs[] = {1, 2}, targets[] = {0, 1};
    double values[8] = {0};
    glia_samples row = harness_with_targets(inputs, targets, 1);
    glia_status status = glia_net_evaluate(net, &row, metrics, values);
    assert_true(status == GLIA_OK || values[0] == 0);
    return status;
}

static void test_bad_metrics_are_text_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "acc", "loss acc", "loss, acc", "loss accuracy", "loss x=1", "mse 2"};
    assert_texts_are_refused("input 2, dense 2", evaluate, bad, COUNT_OF(bad));
}

static void test_metrics_are_separated_by_commas(void **state)
{
    (void)state;
    static const char *const good[] = {"loss", "loss,mse", " loss , mse ", "loss, accuracy, mse, mae"};
    glia_net *net = harness_net("input 2, dense 2", 1);
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_ok(evaluate(net, good[i]));
    glia_net_destroy(net);
}

static void test_messages_list_losses_optimizers_and_metrics(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 2", 1);
    assert_status(glia_net_set_loss(net, "msee"), GLIA_ERR_TEXT);
    assert_message_has("msee");
    assert_message_has("cross_entropy");
    assert_status(glia_net_set_loss(net, "mse l3=1"), GLIA_ERR_TEXT);
    assert_message_has("l3");
    assert_message_has("reduction");
    assert_status(glia_net_set_optimizer(net, "rmsprop"), GLIA_ERR_TEXT);
    assert_message_has("rmsprop");
    assert_message_has("adamw");
    assert_status(glia_net_set_optimizer(net, "sgd rate=1"), GLIA_ERR_TEXT);
    assert_message_has("learning_rate");
    assert_status(evaluate(net, "acc"), GLIA_ERR_TEXT);
    assert_message_has("accuracy");
    glia_net_destroy(net);
}

/* Two texts for one optimizer leave networks that would be saved as the same bytes. */
static void test_numbers_may_be_spelt_in_many_ways(void **state)
{
    (void)state;
    static const char *const same[] = {"sgd learning_rate=0.001",   "sgd learning_rate=1e-3",
                                       "sgd learning_rate=1E-03",   "sgd learning_rate=0.00100",
                                       "sgd  learning_rate=10e-4 ", "sgd momentum=0 learning_rate=0.001"};
    glia_net *net = harness_net("input 2, dense 2", 1);
    assert_ok(glia_net_set_optimizer(net, same[0]));
    harness_file expected = harness_save(net);
    for (size_t i = 1; i < COUNT_OF(same); i++) {
        assert_ok(glia_net_set_optimizer(net, same[i]));
        assert_saves(net, expected);
    }
    harness_free(&expected);
    glia_net_destroy(net);
}

/* Every tenth of a thousand reads back as the double that the compiler makes of it, seen through the loss. */
static void test_numbers_are_read_as_the_compiler_reads_them(void **state)
{
    (void)state;
    const real inputs[] = {0}, targets[] = {0};
    glia_samples row = harness_with_targets(inputs, targets, 1);
    glia_net *net = harness_net("input 1, dense 1 init=zeros", 1);
    glia_net_parameters(net, NULL)[0] = 1;
    for (int i = 1; i < 1000; i++) {
        char text[64];
        snprintf(text, sizeof text, "mse l1=%d.%de-7", i, i % 10);
        assert_ok(glia_net_set_loss(net, text));
        double expected = strtod(strchr(text, '=') + 1, NULL);
        assert_true(harness_metric(net, &row, "loss") == expected);
    }
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_architectures_have_a_canonical_text),
        cmocka_unit_test(test_canonical_text_spells_out_what_the_network_computes),
        cmocka_unit_test(test_numbers_in_canonical_text_read_back_the_same),
        cmocka_unit_test(test_same_architecture_in_other_spelling_has_the_same_canonical_text),
        cmocka_unit_test(test_widths_left_out_come_from_the_options),
        cmocka_unit_test(test_bad_architectures_are_text_errors),
        cmocka_unit_test(test_missing_widths_are_shape_errors),
        cmocka_unit_test(test_networks_too_large_to_count_are_refused),
        cmocka_unit_test(test_empty_and_misplaced_layers_are_refused),
        cmocka_unit_test(test_message_quotes_the_word_and_lists_what_is_accepted),
        cmocka_unit_test(test_message_about_a_long_word_is_utf8),
        cmocka_unit_test(test_message_has_line_and_column),
        cmocka_unit_test(test_bad_losses_are_text_errors),
        cmocka_unit_test(test_bad_optimizers_are_text_errors),
        cmocka_unit_test(test_bad_metrics_are_text_errors),
        cmocka_unit_test(test_metrics_are_separated_by_commas),
        cmocka_unit_test(test_messages_list_losses_optimizers_and_metrics),
        cmocka_unit_test(test_numbers_may_be_spelt_in_many_ways),
        cmocka_unit_test(test_numbers_are_read_as_the_compiler_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
