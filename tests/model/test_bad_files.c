/* SPDX-License-Identifier: MIT */
/* Model files made by hand to do harm: each is a good file with one thing changed, its lengths and checksum put right
 * again, and is refused for what is wrong with it. Every case is a test of its own name. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/counted_memory.h"
#include "model/file_edit.h"

/* The good file's tensors begin with 0.weight [3,2] and 0.bias [3]; WEIGHT and BIAS are their entries in the header. */
#ifdef GLIA_REAL_IS_DOUBLE
#define T            "F64"
#define WEIGHT_RANGE "[0,48]"
#define BIAS_RANGE   "[48,72]"
#define LAST_RANGE   "[392,408]" /* of glia.moment2.2.bias */
#define WRAPPED_SIZE "18446744073709552024"
#else
#define T            "F32"
#define WEIGHT_RANGE "[0,24]"
#define BIAS_RANGE   "[24,36]"
#define LAST_RANGE   "[196,204]"
#define WRAPPED_SIZE "18446744073709551820" /* 2^64 more */
#endif
#define WEIGHT_DTYPE "\"0.weight\":{\"dtype\":\"" T "\""
#define WEIGHT       "\"0.weight\":{\"dtype\":\"" T "\",\"shape\":[3,2],\"data_offsets\":" WEIGHT_RANGE "}"
#define BIAS         "\"0.bias\":{\"dtype\":\"" T "\",\"shape\":[3],\"data_offsets\":" BIAS_RANGE "}"
#define NET          "input 2, dense 3 tanh init=glorot_uniform bias=yes, dense 2 softmax init=glorot_uniform bias=yes"
#define ADAM         "adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8"
#define VERSION      "\"glia.format\":\"1\""
#define NOTE         "\"note\":\"plain\""

/* What the message says of it. */
#define OTHER_HEADER "its header does not go with its architecture"
#define DAMAGED      "its header is damaged"
#define WIDTH        " wants a whole number from 1"
#define NOT_VALID    "not a valid model: " /* for what depends on how far memory can count */

typedef struct bad_file {
    const char *name;
    const char *piece, *replacement;
    const char *message;
    glia_status status;
} bad_file;

static bad_file bad_files[] = {
    /* Sizes, products and sums that wrap */
    {"width_of_2_to_the_53_and_1", "dense 3 tanh", "dense 9007199254740993 tanh", NOT_VALID, GLIA_ERR_FORMAT},
    {"width_of_2_to_the_64_and_2", "input 2,", "input 18446744073709551618,", WIDTH, GLIA_ERR_FORMAT},
    {"width_of_a_googol", "dense 3 tanh", "dense 1e100 tanh", WIDTH, GLIA_ERR_FORMAT},
    {"product_of_widths_that_wraps", "input 2, dense 3", "input 4294967295, dense 4294967295", NOT_VALID,
     GLIA_ERR_FORMAT},
    {"product_of_widths_that_wraps_to_6", "input 2, dense 3", "input 4294967294, dense 4294967293", NOT_VALID,
     GLIA_ERR_FORMAT},
    {"sum_of_products_that_wraps", NET, "input 1518500250, dense 1518500250, dense 1518500250", NOT_VALID,
     GLIA_ERR_FORMAT},
    {"shape_whose_product_wraps_to_6", "\"shape\":[3,2]", "\"shape\":[9223372036854775811,2]", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"shape_of_2_to_the_64_and_3", "\"shape\":[3,2]", "\"shape\":[18446744073709551619,2]", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"offset_of_2_to_the_64", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[18446744073709551616,24]",
     OTHER_HEADER, GLIA_ERR_FORMAT},
    {"offsets_whose_difference_wraps", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[18446744073709551592,0]",
     OTHER_HEADER, GLIA_ERR_FORMAT},
    {"end_of_the_data_at_2_to_the_64_less_1", LAST_RANGE "}}", "[0,18446744073709551615]}}", "shorter than its tensors",
     GLIA_ERR_FORMAT},
    {"end_of_the_data_that_wraps", LAST_RANGE "}}", "[0," WRAPPED_SIZE "]}}", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"end_of_the_data_of_thirty_digits", LAST_RANGE "}}", "[0,111111111111111111111111111111]}}", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"end_of_the_data_too_late", LAST_RANGE "}}", "[0,100000]}}", "shorter than its tensors", GLIA_ERR_FORMAT},
    {"end_of_the_data_too_early", LAST_RANGE "}}", "[0,8]}}", "longer than its tensors", GLIA_ERR_FORMAT},

    /* Absurd ranks and counts */
    {"rank_0", "\"shape\":[3,2]", "\"shape\":[]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"rank_1_of_the_same_size", "\"shape\":[3,2]", "\"shape\":[6]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"rank_3_of_the_same_size", "\"shape\":[3,2]", "\"shape\":[3,2,1]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"rank_32", "\"shape\":[3,2]", "\"shape\":[3,2,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
     OTHER_HEADER, GLIA_ERR_FORMAT},
    {"no_values", "\"shape\":[3,2]", "\"shape\":[0,2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"shape_transposed", "\"shape\":[3,2]", "\"shape\":[2,3]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_below_0", "\"shape\":[3,2]", "\"shape\":[-3,-2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_with_a_fraction", "\"shape\":[3,2]", "\"shape\":[3.0,2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_with_an_exponent", "\"shape\":[3,2]", "\"shape\":[3e0,2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_as_a_string", "\"shape\":[3,2]", "\"shape\":[\"3\",2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_in_hexadecimal", "\"shape\":[3,2]", "\"shape\":[0x3,2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"count_that_is_true", "\"shape\":[3]", "\"shape\":[true]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"shape_in_a_shape", "\"shape\":[3,2]", "\"shape\":[[3,2]]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"shape_that_is_a_number", "\"shape\":[3]", "\"shape\":3", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"no_shape", "\"shape\":[3],", "", OTHER_HEADER, GLIA_ERR_FORMAT},

    /* Wrong types */
    {"type_of_8_bits", WEIGHT_DTYPE, "\"0.weight\":{\"dtype\":\"I8\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"type_of_16_bits", WEIGHT_DTYPE, "\"0.weight\":{\"dtype\":\"BF16\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"type_that_nobody_knows", WEIGHT_DTYPE, "\"0.weight\":{\"dtype\":\"F33\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"type_that_is_null", WEIGHT_DTYPE, "\"0.weight\":{\"dtype\":null", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"type_that_is_a_number", WEIGHT_DTYPE, "\"0.weight\":{\"dtype\":32", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"type_of_the_model_that_nobody_knows", "\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"F16\"", "neither F32 nor F64",
     GLIA_ERR_FORMAT},
    {"type_of_the_model_too_long", "\"glia.dtype\":\"" T "\"", "\"glia.dtype\":\"F32F32F32\"", "glia.dtype is too long",
     GLIA_ERR_FORMAT},
    {"tensor_that_is_an_array", WEIGHT, "\"0.weight\":[\"" T "\",[3,2]," WEIGHT_RANGE "]", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"tensor_that_is_null", WEIGHT, "\"0.weight\":null", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensor_that_is_empty", WEIGHT, "\"0.weight\":{}", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"metadata_that_are_null", "{\"__metadata__\":{", "{\"__metadata__\":null,\"more\":{", "does not begin as one",
     GLIA_ERR_FORMAT},
    {"value_that_is_a_number", NOTE, "\"note\":1", DAMAGED, GLIA_ERR_FORMAT},
    {"value_that_is_an_object", NOTE, "\"note\":{\"plain\":\"\"}", DAMAGED, GLIA_ERR_FORMAT},
    {"key_that_is_a_number", NOTE, "7:\"plain\"", DAMAGED, GLIA_ERR_FORMAT},

    /* Tensors that overlap, have holes between them, or come in another order */
    {"tensors_in_one_place", "\"data_offsets\":" BIAS_RANGE, "\"data_offsets\":[0,12]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensors_that_overlap", "\"data_offsets\":" BIAS_RANGE, "\"data_offsets\":[20,32]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensors_with_a_hole", "\"data_offsets\":" BIAS_RANGE, "\"data_offsets\":[52,76]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensor_that_ends_before_it_begins", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[24,0]", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"tensor_in_the_header", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[-24,0]", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"tensor_of_no_bytes", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[0,0]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensor_with_one_offset", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[0]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensors_in_another_order", WEIGHT "," BIAS, BIAS "," WEIGHT, OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensor_too_few", WEIGHT ",", "", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"tensor_too_many", WEIGHT, WEIGHT ",\"more\":{\"dtype\":\"" T "\",\"shape\":[0],\"data_offsets\":[0,0]}",
     OTHER_HEADER, GLIA_ERR_FORMAT},

    /* Duplicate names */
    {"tensor_twice", WEIGHT, WEIGHT "," WEIGHT, OTHER_HEADER, GLIA_ERR_FORMAT},
    {"two_tensors_of_one_name", "\"0.bias\"", "\"0.weight\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"shape_twice", "\"shape\":[3,2]", "\"shape\":[3,2],\"shape\":[3,2]", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"metadata_twice", "\"plain\"}", "\"plain\"},\"__metadata__\":{}", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"key_twice", NOTE, NOTE "," NOTE, "its metadata is not in order", GLIA_ERR_FORMAT},
    {"key_twice_in_other_spelling", NOTE, NOTE ",\"n\\u006fte\":\"plain\"", "its metadata is not in order",
     GLIA_ERR_FORMAT},
    {"field_twice", VERSION, VERSION "," VERSION, OTHER_HEADER, GLIA_ERR_FORMAT},
    {"field_twice_in_other_spelling", VERSION, VERSION ",\"glia.\\u0066ormat\":\"2\"", "its metadata is damaged",
     GLIA_ERR_FORMAT},

    /* Malformed JSON */
    {"byte_order_mark", "{\"__metadata__\"", "\xef\xbb\xbf{\"__metadata__\"", "does not begin as one", GLIA_ERR_FORMAT},
    {"comment", ",\"note\"", "/* */,\"note\"", DAMAGED, GLIA_ERR_FORMAT},
    {"comma_too_many", NOTE "}", NOTE ",}", DAMAGED, GLIA_ERR_FORMAT},
    {"comma_too_few", "\"," VERSION, "\"" VERSION, DAMAGED, GLIA_ERR_FORMAT},
    {"colon_too_few", "\"note\":", "\"note\"", DAMAGED, GLIA_ERR_FORMAT},
    {"colon_too_many", "\"note\":", "\"note\"::", DAMAGED, GLIA_ERR_FORMAT},
    {"string_without_an_end", "\"plain\"}", "\"plain}", DAMAGED, GLIA_ERR_FORMAT},
    {"string_that_ends_in_an_escape", "\"plain\"}", "\"plain\\\"}", DAMAGED, GLIA_ERR_FORMAT},
    {"control_character", "\"plain\"", "\"pl\x01in\"", DAMAGED, GLIA_ERR_FORMAT},
    {"escape_of_a_zero", "\"plain\"", "\"pl\\u0000in\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"escape_of_a_surrogate", "\"plain\"", "\"\\ud800\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"escape_cut_off", "\"plain\"", "\"\\u00\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"no_utf8", "\"plain\"", "\"\xff\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"utf8_of_a_surrogate", "\"plain\"", "\"\xed\xa0\x80\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"utf8_longer_than_needed", "\"plain\"", "\"\xc0\xaf\"", "its metadata is damaged", GLIA_ERR_FORMAT},
    {"braces_too_many", "\"plain\"}", "\"plain\"}}", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"number_that_is_none", "\"data_offsets\":" WEIGHT_RANGE, "\"data_offsets\":[NaN,Infinity]", OTHER_HEADER,
     GLIA_ERR_FORMAT},

    /* Versions */
    {"version_2", VERSION, "\"glia.format\":\"2\"", "update it", GLIA_ERR_UNSUPPORTED},
    {"version_of_2_to_the_32_and_1", VERSION, "\"glia.format\":\"4294967297\"", "update it", GLIA_ERR_UNSUPPORTED},
    {"version_of_2_to_the_64_less_1", VERSION, "\"glia.format\":\"18446744073709551615\"", "update it",
     GLIA_ERR_UNSUPPORTED},
    {"version_of_2_to_the_64_and_1", VERSION, "\"glia.format\":\"18446744073709551617\"", "glia.format is no number",
     GLIA_ERR_FORMAT},
    {"version_of_a_thousand_digits_less", VERSION, "\"glia.format\":\"0000000000000000000000000000000000001\"",
     "glia.format is too long", GLIA_ERR_FORMAT},
    {"version_0", VERSION, "\"glia.format\":\"0\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"version_below_0", VERSION, "\"glia.format\":\"-1\"", "glia.format is no number", GLIA_ERR_FORMAT},
    {"no_version", VERSION ",", "", "its format has no version", GLIA_ERR_FORMAT},

    /* Architectures that do not go with the tensors */
    {"wider_layer", "dense 3 tanh", "dense 4 tanh", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"wider_input", "input 2, ", "input 3, ", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"layer_too_many", "input 2, ", "input 2, sigmoid, ", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"layer_too_few", "dense 3 tanh init=glorot_uniform bias=yes, ", "", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"activation_that_is_no_layer", "dense 3 tanh", "dense 3 identity", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"bias_that_has_no_tensor", "bias=yes, dense 2", "bias=no, dense 2", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"statistics_that_have_no_tensors", "input 2, ", "input 2, standardize, ", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"loss_that_does_not_fit_the_network", "cross_entropy l1", "perceptron l1", "perceptron", GLIA_ERR_FORMAT},
    {"optimizer_that_has_no_moments", ADAM, "sgd learning_rate=0.01 momentum=0 nesterov=no", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"optimizer_that_has_other_moments", ADAM, "sgd learning_rate=0.01 momentum=0.9 nesterov=no", OTHER_HEADER,
     GLIA_ERR_FORMAT},
    {"no_optimizer_but_its_moments", "\"glia.optimizer\":\"" ADAM "\",", "", "steps of no optimizer", GLIA_ERR_FORMAT},
    {"moments_before_any_step", "\"glia.steps\":\"1\"", "\"glia.steps\":\"0\"", OTHER_HEADER, GLIA_ERR_FORMAT},
    {"steps_that_random_numbers_cannot_count", "\"glia.steps\":\"1\"", "\"glia.steps\":\"281474976710656\"", "2^48",
     GLIA_ERR_FORMAT},
};

static void test_bad_file(void **state)
{
    const bad_file *bad = *state;
    harness_file good = file_edit_good_file("plain"),
                 file = file_edit_replace_piece(good, bad->piece, bad->replacement);
    file_edit_assert_refused(file, bad->status, bad->name);
    assert_message_has(bad->message);
    harness_free(&good);
    harness_free(&file);
}

/* Tensors with numbers that are not finite: all bits of the exponent set. */
static void test_number_that_is_not_finite_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    const double bad[] = {NAN, -NAN, INFINITY, -INFINITY};
    harness_file file = file_edit_good_file("plain");
    size_t begin = HEADER_BEGIN + model_header_size(file), count = (file.size - begin) / sizeof(real);
    for (size_t i = 0; i < count; i++) {
        unsigned char *at = file.bytes + begin + i * sizeof(real);
        real old = model_read_real(at);
        model_write_real(at, (real)bad[i % COUNT_OF(bad)]);
        model_seal(file);
        file_edit_assert_refused(file, GLIA_ERR_FORMAT, "a number that is not finite");
        assert_message_has("has a number that is not finite");
        model_write_real(at, old);
    }
    harness_free(&file);
}

/* A signalling NaN, which becomes a quiet one when it is moved through a register. */
static void test_signalling_nan_is_refused(void **state)
{
    (void)state;
    harness_file file = file_edit_good_file("plain");
    unsigned char *at = file.bytes + file.size - sizeof(real);
    memset(at, 0, sizeof(real));
    at[0] = 1;
    at[sizeof(real) - 2] = sizeof(real) == 4 ? 0x80 : 0xf0;
    at[sizeof(real) - 1] = 0x7f;
    model_seal(file);
    file_edit_assert_refused(file, GLIA_ERR_FORMAT, "a signalling NaN");
    assert_message_has("2.bias has a number that is not finite");
    harness_free(&file);
}

enum {
    BAD_FILES = COUNT_OF(bad_files),
    OTHERS = 2
};

int main(void)
{
    struct CMUnitTest tests[BAD_FILES + OTHERS] = {
        [BAD_FILES] = cmocka_unit_test(test_number_that_is_not_finite_is_refused_wherever_it_stands),
        cmocka_unit_test(test_signalling_nan_is_refused),
    };
    for (size_t i = 0; i < BAD_FILES; i++)
        tests[i] =
            (struct CMUnitTest){.name = bad_files[i].name, .test_func = test_bad_file, .initial_state = &bad_files[i]};
    return cmocka_run_group_tests_name("bad_files", tests, NULL, NULL) != 0;
}
