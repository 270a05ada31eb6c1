/* SPDX-License-Identifier: MIT */
/* The parser for the options of libglia-io. */
#include "io_harness.h"

#include "io/settings.h"

enum {
    NAME,
    SIDE,
    COUNT,
    RATE,
    SETTING_COUNT
};

static const char *const sides[] = {"left", "right", NULL};
static const glia__io_setting settings[SETTING_COUNT] = {
    [NAME] = {.name = "name", .kind = GLIA__IO_TEXT},
    [SIDE] = {.name = "side", .kind = GLIA__IO_CHOICE, .words = sides, .value = 1},
    [COUNT] = {.name = "count", .kind = GLIA__IO_COUNT, .minimum = 1, .maximum = 9, .value = 3},
    [RATE] = {.name = "rate", .kind = GLIA__IO_NUMBER, .minimum = 0, .maximum = 1, .value = 0.5},
};

static void refuse(const char *text, const char *message)
{
    glia__io_value values[SETTING_COUNT];
    assert_status(glia__io_settings_read(values, settings, SETTING_COUNT, "options", text, 0), GLIA_ERR_TEXT);
    assert_message_has(message);
    glia__io_values_free(values, SETTING_COUNT);
}

static void test_settings_not_given_have_their_defaults(void **state)
{
    (void)state;
    glia__io_value values[SETTING_COUNT];
    assert_ok(glia__io_settings_read(values, settings, SETTING_COUNT, "options", " \t\n", 0));
    assert_null(values[NAME].text);
    assert_true(values[SIDE].number == 1);
    assert_true(values[COUNT].number == 3);
    assert_true(values[RATE].number == 0.5);
    glia__io_values_free(values, SETTING_COUNT);
}

static void test_settings_are_read_in_any_order(void **state)
{
    (void)state;
    glia__io_value values[SETTING_COUNT];
    assert_ok(glia__io_settings_read(values, settings, SETTING_COUNT, "options",
                                     "ignored rate=0.25  count=9\tside=left\nname=a=b", 7));
    assert_string_equal(values[NAME].text, "a=b");
    assert_true(values[SIDE].number == 0);
    assert_true(values[COUNT].number == 9);
    assert_true(values[RATE].number == 0.25);
    assert_int_equal(values[COUNT].column, 26);
    glia__io_values_free(values, SETTING_COUNT);
}

static void test_settings_in_quotes_may_hold_anything(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name;
    } quoted[] = {
        {"name=\"final class\"", "final class"},
        {"name=\"a \"\"b\"\" c\" rate=1", "a \"b\" c"},
        {"name=\"\"\"\"", "\""},
        {"name=\"x=1 y=2\"", "x=1 y=2"},
        {"name=a\"b", "a\"b"},
    };
    for (size_t i = 0; i < COUNT_OF(quoted); i++) {
        glia__io_value values[SETTING_COUNT];
        assert_ok(glia__io_settings_read(values, settings, SETTING_COUNT, "options", quoted[i].text, 0));
        assert_string_equal(values[NAME].text, quoted[i].name);
        glia__io_values_free(values, SETTING_COUNT);
    }
}

static void test_settings_with_a_wrong_quote_are_refused(void **state)
{
    (void)state;
    refuse("rate=1 name=\"abc", "options, column 13: the closing quote is missing");
    refuse("name=\"", "options, column 6: the closing quote is missing");
    refuse("name=\"abc\"\"", "options, column 6: the closing quote is missing");
    refuse("name=\"abc\"rate=1", "options, column 11: expected a space after the closing quote");
}

static void test_settings_without_equals_are_refused(void **state)
{
    (void)state;
    refuse("rate=1 fast", "options, column 8: expected key=value, found 'fast'");
    refuse("rate =1", "options, column 1: expected key=value, found 'rate'");
}

static void test_settings_unknown_are_refused_with_those_known(void **state)
{
    (void)state;
    refuse("rate=1 Name=x", "options, column 8: unknown setting 'Name'; accepted are name, side, count, rate");
    refuse("=x", "options, column 1: unknown setting ''");
}

static void test_settings_given_twice_are_refused(void **state)
{
    (void)state;
    refuse("rate=1 rate=1", "options, column 8: rate is given twice");
}

static void test_settings_without_value_are_refused(void **state)
{
    (void)state;
    refuse("name=", "options, column 6: name wants a value");
    refuse("name=\"\" rate=1", "options, column 6: name wants a value");
    refuse("rate= 1", "options, column 6: rate wants a value");
}

static void test_settings_out_of_range_are_refused_with_the_range(void **state)
{
    (void)state;
    refuse("side=up", "options, column 6: side wants one of left, right, not 'up'");
    refuse("count=0", "options, column 7: count wants a whole number from 1 to 9, not '0'");
    refuse("count=1.5", "options, column 7: count wants a whole number from 1 to 9, not '1.5'");
    refuse("rate=1.01", "options, column 6: rate wants a number from 0 to 1, not '1.01'");
    refuse("rate=nan", "options, column 6: rate wants a number from 0 to 1, not 'nan'");
    refuse("rate=0,5", "options, column 6: rate wants a number from 0 to 1, not '0,5'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_not_given_have_their_defaults),
        cmocka_unit_test(test_settings_are_read_in_any_order),
        cmocka_unit_test(test_settings_in_quotes_may_hold_anything),
        cmocka_unit_test(test_settings_with_a_wrong_quote_are_refused),
        cmocka_unit_test(test_settings_without_equals_are_refused),
        cmocka_unit_test(test_settings_unknown_are_refused_with_those_known),
        cmocka_unit_test(test_settings_given_twice_are_refused),
        cmocka_unit_test(test_settings_without_value_are_refused),
        cmocka_unit_test(test_settings_out_of_range_are_refused_with_the_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
