/* SPDX-License-Identifier: MIT */
/* Model files in which one thing is wrong and the rest, checksum included, right: each is refused for its own fault. */
#include <stdio.h>
#include <string.h>

#include "model/file_edit.h"

#ifdef GLIA_REAL_IS_DOUBLE
#define T          "F64"
#define OTHER_T    "F32"
#define WEIGHT_END "48"
#define BIAS_END   "72"
#else
#define T          "F32"
#define OTHER_T    "F64"
#define WEIGHT_END "24"
#define BIAS_END   "36"
#endif

static void test_good_file_is_read_after_an_edit_that_changes_nothing(void **state)
{
    (void)state;
    harness_file good = file_edit_good_file("plain"), same = file_edit_replace_piece(good, "\"note\"", "\"note\"");
    assert_int_equal(same.size, good.size);
    assert_memory_equal(same.bytes, good.bytes, good.size);
    glia_net *net = harness_load(same);
    assert_saves(net, good);
    glia_net_destroy(net);
    harness_free(&good);
    harness_free(&same);
}

/* Edits that are another good file: what they leave in place is what is being tested. */
static void test_other_good_values_are_read(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"glia.seed\":\"3\"", "\"glia.seed\":\"18446744073709551615\""},
        {"\"glia.epochs\":\"0\"", "\"glia.epochs\":\"281474976710655\""},
        {"\"glia.passes\":\"1\"", "\"glia.passes\":\"281474976710655\""},
        {"\"glia.steps\":\"1\"", "\"glia.steps\":\"281474976710655\""},
        {"l2=0 ", "l2=0.5 "},
        {"cross_entropy l1", "mse l1"},
        {"\"note\":\"plain\"", "\"note\":\"\""},
        {"\"note\":\"plain\"", "\"note\":\"\\\"\\\\\\u0001\\u001f\x7f/\xc3\xa4\""},
        {",\"note\":\"plain\"", ""},
        {"\"classes\":\"[\\\"a\\\",\\\"b\\\"]\",", ""},
    };
    for (size_t i = 0; i < COUNT_OF(edits); i++) {
        harness_file good = file_edit_good_file("plain"),
                     other = file_edit_replace_piece(good, edits[i].piece, edits[i].replacement);
        glia_net *net = harness_load(other);
        assert_saves(net, other);
        glia_net_destroy(net);
        harness_free(&good);
        harness_free(&other);
    }
}

#define FORMAT_FIELD "\"glia.format\":\"1\""

static void test_newer_version_is_unsupported(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {FORMAT_FIELD, "\"glia.format\":\"2\""},
        {FORMAT_FIELD, "\"glia.format\":\"18446744073709551615\""},
        {FORMAT_FIELD, "\"glia.format\":\"2\",\"glia.future\":\"x\""}, /* of which more cannot be known */
        {FORMAT_FIELD ",\"glia.loss\":\"cross_entropy", "\"glia.format\":\"2\",\"glia.loss\":\"focal"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_UNSUPPORTED);
}

static void test_version_that_is_none_is_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {FORMAT_FIELD, "\"glia.format\":\"0\""},
        {FORMAT_FIELD, "\"glia.format\":\"01\""},
        {FORMAT_FIELD, "\"glia.format\":\"\""},
        {FORMAT_FIELD, "\"glia.format\":\"one\""},
        {FORMAT_FIELD, "\"glia.format\":\"-1\""},
        {FORMAT_FIELD, "\"glia.format\":\"1.0\""},
        {FORMAT_FIELD, "\"glia.format\":\"18446744073709551616\""},
        {FORMAT_FIELD, "\"glia.format\":\"99999999999999999999\""},
        {FORMAT_FIELD, "\"glia.format\":1"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_missing_field_is_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"glia.dtype\":\"" T "\",", ""},
        {"\"glia.epochs\":\"0\",", ""},
        {FORMAT_FIELD ",", ""},
        {"\"glia.loss\":\"cross_entropy l1=0 l2=0 reduction=mean\",", ""},
        {"\"glia.optimizer\":\"adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8\",", ""}, /* moments stay */
        {"\"glia.passes\":\"1\",", ""},
        {"\"glia.seed\":\"3\",", ""},
        {"\"glia.steps\":\"1\",", ""},
        {"\"glia.architecture\"", "\"glib.architecture\""},
        {"\"glia.crc32c\"", "\"glia.crc32d\""},
        {"\"glia.steps\"", "\"glia.step\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_keys_twice_or_out_of_order_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"glia.seed\":\"3\"", "\"glia.seed\":\"3\",\"glia.seed\":\"3\""},
        {"\"glia.seed\":\"3\"", "\"glia.seed\":\"4\",\"glia.seed\":\"3\""},
        {FORMAT_FIELD, "\"glia.crc32c\":\"00000000\"," FORMAT_FIELD},
        {"\"note\":\"plain\"", "\"note\":\"plain\",\"note\":\"plain\""},
        {"\"note\":\"plain\"", "\"note\":\"first\",\"note\":\"plain\""},
        {"\"note\":\"plain\"", "\"note\":\"plain\",\"mode\":\"x\""},
        {"\"glia.epochs\":\"0\"," FORMAT_FIELD, FORMAT_FIELD ",\"glia.epochs\":\"0\""},
        {"\"glia.architecture\"", "\"note2\":\"early\",\"glia.architecture\""},
        {"\"note\":\"plain\"", "\"classes2\":\"late\",\"note\":\"plain\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

/* Keys that glia_net_set_metadata() refuses, so that no file of version 1 has them. */
static void test_keys_that_nobody_can_set_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"note\"", "\"glia.zeta\""},
        {"\"note\"", "\"glia.\""},
        {"\"glia.architecture\"", "\"glia.\":\"x\",\"glia.architecture\""},
        {"\"classes\"", "\"\":\"x\",\"classes\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_other_types_of_numbers_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"F16\""},
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"BF16\""},
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"f32\""},
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"\""},
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"" T " \""},
        {"\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"" OTHER_T "\""},
        {"\"0.weight\":{\"dtype\":\"" T "\"", "\"0.weight\":{\"dtype\":\"" OTHER_T "\""},
        {"\"2.bias\":{\"dtype\":\"" T "\"", "\"2.bias\":{\"dtype\":\"I32\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_wrong_shapes_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"shape\":[3,2]", "\"shape\":[2,3]"},   {"\"shape\":[3,2]", "\"shape\":[6]"},
        {"\"shape\":[3,2]", "\"shape\":[3,2,1]"}, {"\"shape\":[3,2]", "\"shape\":[]"},
        {"\"shape\":[3,2]", "\"shape\":[03,2]"},  {"\"shape\":[3,2]", "\"shape\":[-3,-2]"},
        {"\"shape\":[3,2]", "\"shape\":[3.0,2]"}, {"\"shape\":[3,2]", "\"shape\":[3,18446744073709551618]"},
        {"\"shape\":[3]", "\"shape\":[3,1]"},     {"\"shape\":[3]", "\"shape\":[4]"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_wrong_offsets_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[4," WEIGHT_END "]"},
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[0,8]"},
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[" WEIGHT_END ",0]"},
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[-0," WEIGHT_END "]"},
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[0," WEIGHT_END ",0]"},
        {"\"data_offsets\":[" WEIGHT_END "," BIAS_END "]", "\"data_offsets\":[0," BIAS_END "]"}, /* overlap */
        {"\"data_offsets\":[" WEIGHT_END "," BIAS_END "]", "\"data_offsets\":[1" WEIGHT_END ",1" BIAS_END "]"},
        {"\"data_offsets\":[" WEIGHT_END "," BIAS_END "]", "\"data_offsets\":[" WEIGHT_END ",1" BIAS_END "]"},
        {"\"data_offsets\":[0," WEIGHT_END "]", "\"data_offsets\":[0,18446744073709551615]"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_wrong_tensors_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"0.weight\"", "\"0.Weight\""},
        {"\"0.weight\"", "\"1.weight\""},
        {"\"0.weight\"", "\"0.weight\\u0000\""},
        {"\"2.bias\"", "\"0.bias\""},
        {"\"glia.moment1.0.weight\"", "\"glia.moment2.0.weight\""},
        {"\"glia.moment1.0.weight\"", "\"moment1.0.weight\""},
        {",\"0.weight\":{\"dtype\":\"" T "\",\"shape\":[3,2],\"data_offsets\":[0," WEIGHT_END "]}", ""},
        {"},\"0.weight\"", "},\"extra\":{\"dtype\":\"" T "\",\"shape\":[0],\"data_offsets\":[0,0]},\"0.weight\""},
        {"\"0.weight\":{\"dtype\":\"" T "\",", "\"0.weight\":{"},
        {"\"0.weight\":{\"dtype\":\"" T "\",", "\"0.weight\":{\"dtype\":\"" T "\",\"dtype\":\"" T "\","},
        {"\"dtype\":\"" T "\",\"shape\":[3,2]", "\"shape\":[3,2],\"dtype\":\"" T "\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_architectures_that_do_not_go_with_the_tensors_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"input 2, dense 3 tanh", "input 2, dense 4 tanh"},
        {"input 2, dense 3 tanh", "input 3, dense 3 tanh"},
        {"dense 3 tanh", "dense 3 identity"},
        {"input 2, ", "input 2, dropout 0.5, "},
        {"input 2, ", "input 2, standardize, "},
        {"init=glorot_uniform bias=yes", "init=glorot_uniform bias=no"},
        {"dense 3 tanh", "dense 4503599627370496 tanh"},
        {"dense 3 tanh", "dense 9007199254740992 tanh"},
        {"input 2, dense 3 tanh", "input 4294967295, dense 4294967295 tanh"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_architectures_that_are_none_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"dense 3 tanh", "dense 3 tahn"},
        {"dense 3 tanh", "convolution 3 tanh"},
        {"dense 3 tanh", "dense 0 tanh"},
        {"dense 3 tanh", "dense tanh"},
        {"dense 3 tanh", "dense 1e999 tanh"},
        {"dense 3 tanh", "dense 99999999999999999999 tanh"},
        {"dense 3 tanh", "dense 3 step"},
        {"input 2, ", ""},
        {"input 2, ", "input 2, input 2, "},
        {"input 2, ", "input 0, "},
        {"input 2, ", "input 2,, "},
        {"input 2, dense 3 tanh init=glorot_uniform bias=yes, dense 2 softmax init=glorot_uniform bias=yes", ""},
        {"input 2, dense 3 tanh init=glorot_uniform bias=yes, dense 2 softmax init=glorot_uniform bias=yes", "input 2"},
        {"dense 2 softmax init=glorot_uniform bias=yes", "dense 1 softmax init=glorot_uniform bias=yes"},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_texts_not_in_canonical_form_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"dense 3 tanh", "dense  3 tanh"},
        {"dense 3 tanh", "dense 3.0 tanh"},
        {"dense 3 tanh", "dense units=3 tanh"},
        {"input 2, dense 3", "input 2,dense 3"},
        {"input 2, dense 3", "input 2 # two\\u000adense 3"},
        {"dense 3 tanh init=glorot_uniform bias=yes", "dense 3 tanh bias=yes init=glorot_uniform"},
        {"dense 3 tanh init=glorot_uniform", "dense 3 tanh"},
        {"dense 3 tanh", "dense 3 t\\u0061nh"},
        {"cross_entropy l1=0 l2=0", "cross_entropy l2=0 l1=0"},
        {"cross_entropy l1=0 l2=0", "cross_entropy l1=0.0 l2=0"},
        {"cross_entropy l1=0 l2=0", "cross_entropy l2=0"},
        {"epsilon=1e-8", "epsilon=1e-08"},
        {"epsilon=1e-8", "epsilon=0.00000001"},
        {"epsilon=1e-8", "epsilon=1e-8 "},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_losses_and_optimizers_that_are_none_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"cross_entropy l1", "crossentropy l1"},
        {"cross_entropy l1", "binary_cross_entropy l1"}, /* does not fit softmax */
        {"cross_entropy l1", "perceptron l1"},
        {"l2=0 ", "l2=nan "},
        {"l2=0 ", "l2=-1 "},
        {"l2=0 ", "l2=1e999 "},
        {"reduction=mean", "reduction=median"},
        {"cross_entropy l1=0 l2=0 reduction=mean", ""},
        {"\"adam learning", "\"rmsprop learning"},
        {"beta1=0.9 ", "beta1=1 "},
        {"learning_rate=0.001", "learning_rate=inf"},
        {"adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8",
         "sgd learning_rate=0.01 momentum=0 nesterov=no"},
        {"adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8", ""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_counters_that_are_no_counts_are_refused(void **state)
{
    (void)state;
    static const char *const counters[] = {"\"glia.epochs\":\"0\"", "\"glia.passes\":\"1\"", "\"glia.seed\":\"3\"",
                                           "\"glia.steps\":\"1\""};
    static const char *const values[] = {"",
                                         "00",
                                         "01",
                                         "-1",
                                         "+1",
                                         " 1",
                                         "1 ",
                                         "1.0",
                                         "1e0",
                                         "x",
                                         "0x10",
                                         "18446744073709551616",
                                         "99999999999999999999999"};
    for (size_t i = 0; i < COUNT_OF(counters); i++) {
        for (size_t j = 0; j < COUNT_OF(values); j++) {
            char replacement[64];
            const char *name_end = strrchr(counters[i], ':');
            snprintf(replacement, sizeof replacement, "%.*s:\"%s\"", (int)(name_end - counters[i]), counters[i],
                     values[j]);
            const file_edit edits[] = {{counters[i], replacement}};
            file_edit_assert_all_refused(edits, 1, GLIA_ERR_FORMAT);
        }
    }
}

/* Random numbers have so many passes. */
static void test_counters_from_2_to_the_48_on_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"\"glia.epochs\":\"0\"", "\"glia.epochs\":\"281474976710656\""},
        {"\"glia.passes\":\"1\"", "\"glia.passes\":\"281474976710656\""},
        {"\"glia.steps\":\"1\"", "\"glia.steps\":\"281474976710656\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_steps_of_no_optimizer_are_refused(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 3", 3);
    assert_ok(glia_net_set_optimizer(net, NULL));
    harness_file good = harness_save(net);
    harness_file bad = file_edit_replace_piece(good, "\"glia.steps\":\"0\"", "\"glia.steps\":\"1\"");
    file_edit_assert_refused(bad, GLIA_ERR_FORMAT, "a step of no optimizer");
    harness_free(&good);
    harness_free(&bad);
    glia_net_destroy(net);
}

/* The moments are there exactly if there have been steps. */
static void test_steps_that_do_not_go_with_the_moments_are_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {{"\"glia.steps\":\"1\"", "\"glia.steps\":\"0\""}};
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_file_is_read_after_an_edit_that_changes_nothing),
        cmocka_unit_test(test_other_good_values_are_read),
        cmocka_unit_test(test_newer_version_is_unsupported),
        cmocka_unit_test(test_version_that_is_none_is_refused),
        cmocka_unit_test(test_missing_field_is_refused),
        cmocka_unit_test(test_keys_twice_or_out_of_order_are_refused),
        cmocka_unit_test(test_keys_that_nobody_can_set_are_refused),
        cmocka_unit_test(test_other_types_of_numbers_are_refused),
        cmocka_unit_test(test_wrong_shapes_are_refused),
        cmocka_unit_test(test_wrong_offsets_are_refused),
        cmocka_unit_test(test_wrong_tensors_are_refused),
        cmocka_unit_test(test_architectures_that_do_not_go_with_the_tensors_are_refused),
        cmocka_unit_test(test_architectures_that_are_none_are_refused),
        cmocka_unit_test(test_texts_not_in_canonical_form_are_refused),
        cmocka_unit_test(test_losses_and_optimizers_that_are_none_are_refused),
        cmocka_unit_test(test_counters_that_are_no_counts_are_refused),
        cmocka_unit_test(test_counters_from_2_to_the_48_on_are_refused),
        cmocka_unit_test(test_steps_of_no_optimizer_are_refused),
        cmocka_unit_test(test_steps_that_do_not_go_with_the_moments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
