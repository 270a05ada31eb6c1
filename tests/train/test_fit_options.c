/* SPDX-License-Identifier: MIT */
/* The text of a fit's options. */
#include <stdio.h>

#include "api/harness.h"
#include "train/fit.h"

static void assert_options(const char *text, size_t epochs, size_t batch, size_t patience, bool is_shuffled)
{
    glia__fit_options options;
    assert_ok(glia__fit_options_read(&options, text));
    assert_int_equal(options.epochs, epochs);
    assert_int_equal(options.batch, batch);
    assert_int_equal(options.patience, patience);
    assert_int_equal(options.is_shuffled, is_shuffled);
}

static void test_defaults(void **state)
{
    (void)state;
    assert_options(NULL, 1, 32, 0, true);
    assert_options("", 1, 32, 0, true);
    assert_options(" # as they are\n", 1, 32, 0, true);
}

static void test_every_option_is_read(void **state)
{
    (void)state;
    assert_options("epochs=20 batch=8 patience=5 shuffle=no", 20, 8, 5, false);
    assert_options("shuffle=yes patience=1 batch=1 epochs=4294967295", 4294967295, 1, 1, true);
    assert_options("batch=4294967295 patience=4294967294", 1, 4294967295, 4294967294, true);
}

static void test_batch_of_all_is_0(void **state)
{
    (void)state;
    assert_options("batch=all", 1, 0, 0, true);
}

/* Whatever a size_t holds: cut off to 32 bits, they would be counts that are accepted. */
static void test_counts_from_2_to_the_32_on_are_text_errors(void **state)
{
    (void)state;
    static const char *const names[] = {"epochs", "batch", "patience"};
    static const char *const counts[] = {"4294967296",       "4294967297",           "4294967328",   "8589934593",
                                         "9007199254740991", "18446744073709551617", "4294967297e0", "1e300"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        for (size_t j = 0; j < COUNT_OF(counts); j++) {
            char text[64];
            glia__fit_options options = {.epochs = 77, .batch = 78, .patience = 79};
            snprintf(text, sizeof text, "%s=%s", names[i], counts[j]);
            assert_status(glia__fit_options_read(&options, text), GLIA_ERR_TEXT);
            assert_message_has("wants a whole number from 1 to 4294967295");
            assert_int_equal(options.epochs, 77);
            assert_int_equal(options.batch, 78);
            assert_int_equal(options.patience, 79);
        }
    }
}

static void test_bad_options_are_text_errors(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"epochs=0", "epochs wants a whole number from 1 to 4294967295, not '0'"},
        {"epochs=4294967296", "epochs wants a whole number from 1 to 4294967295"},
        {"epochs=1.5", "epochs wants a whole number"},
        {"batch=0", "batch wants a whole number from 1 to 4294967295, or all, not '0'"},
        {"batch=none", "batch wants a whole number from 1 to 4294967295, or all, not 'none'"},
        {"patience=0", "patience wants a whole number from 1"},
        {"shuffle=maybe", "shuffle wants one of no, yes, not 'maybe'"},
        {"epoch=3", "unknown setting 'epoch'; accepted: epochs=, batch=, shuffle=, patience="},
        {"20", "unknown value '20'; accepted: epochs="},
        {"fit epochs=3", "unknown value 'fit'"},
        {"epochs=1 epochs=2", "epochs is given twice"},
        {"epochs=1, batch=2", "fit options, column 11: the text should have ended before this"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        glia__fit_options options = {.epochs = 77};
        assert_status(glia__fit_options_read(&options, cases[i][0]), GLIA_ERR_TEXT);
        assert_message_has(cases[i][1]);
        assert_int_equal(options.epochs, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_every_option_is_read),
        cmocka_unit_test(test_batch_of_all_is_0),
        cmocka_unit_test(test_counts_from_2_to_the_32_on_are_text_errors),
        cmocka_unit_test(test_bad_options_are_text_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
