/* SPDX-License-Identifier: MIT */
/* Nothing depends on the locale, not even one whose decimal point is a comma. */
#include "io_harness.h"

#include <stdio.h>

#include "api/comma_locale.h"
#include "io/decimal.h"

static void test_numbers_are_read_and_written_with_a_point(void **state)
{
    (void)state;
    comma_locale_need();
    double value;
    char text[GLIA__DECIMAL_SIZE];
    assert_true(glia__decimal_read(&value, "0.30000000000000004"));
    assert_true(value == 0.30000000000000004);
    assert_true(glia__decimal_read(&value, "1.5"));
    assert_true(value == 1.5);
    assert_false(glia__decimal_read(&value, "1,5"));
    glia__decimal_write(text, 0.1 + 0.2);
    assert_string_equal(text, "0.30000000000000004");
    glia__decimal_write_float(text, 0.1f);
    assert_string_equal(text, "0.1");
}

static void test_csv_is_read_and_written_alike(void **state)
{
    (void)state;
    comma_locale_need();
    static const char text[] = "a,t\n0.30000000000000004,x\n-2.5,y\n";
    glia_data *data = io_read_csv(text, "target=t");
    assert_true(io_samples64(data).inputs[0] == 0.30000000000000004);
    assert_true(io_samples64(data).inputs[1] == -2.5);
    io_path path = io_path_of("out.csv");
    assert_ok(glia_data_write_csv(data, path.text));
    io_assert_file(path.text, text);
    glia_data_destroy(data);
}

static void test_settings_are_read_alike(void **state)
{
    (void)state;
    comma_locale_need();
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, "moons rows=4 noise=0.25", 1));
    glia_data_destroy(data);
    assert_status(glia_data_generate(&data, "moons noise=0,25", 1), GLIA_ERR_TEXT);
}

static void test_messages_stay_english(void **state)
{
    (void)state;
    comma_locale_need();
    glia_data *data = NULL;
    assert_status(glia_data_read_csv(&data, io_path_of("absent").text, NULL), GLIA_ERR_IO);
    assert_message_has("No such file or directory");
}

static void test_the_locale_of_the_caller_stays(void **state)
{
    (void)state;
    comma_locale_need();
    glia_data *data = io_read_csv("a\n0.30000000000000004\n", NULL);
    glia_data_destroy(data);
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_read_and_written_with_a_point),
        cmocka_unit_test(test_csv_is_read_and_written_alike),
        cmocka_unit_test(test_settings_are_read_alike),
        cmocka_unit_test(test_messages_stay_english),
        cmocka_unit_test(test_the_locale_of_the_caller_stays),
    };
    return cmocka_run_group_tests(tests, comma_locale_enter, comma_locale_leave) != 0;
}
