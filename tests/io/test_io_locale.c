/* SPDX-License-Identifier: MIT */
/* Nothing depends on the locale, not even one whose decimal point is a comma. */
#include "io_harness.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"

/* Make a locale with a decimal comma in the test's folder, for where none is installed. */
static void make_locale(void)
{
    io_path folder = io_path_of("locale");
    char command[100 + 3 * SCRATCH_PATH_SIZE];
    snprintf(command, sizeof command, "mkdir -p '%s' && localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >'%s.log' 2>&1",
             folder.text, folder.text, folder.text);
    if (system(command) == 0)
        setenv("LOCPATH", folder.text, 1);
}

/* The whole process in a locale with a decimal comma, or the test is skipped. */
static int enter_comma_locale(void **state)
{
    if (scratch_folder_make(state) != 0)
        return 1;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"};
    for (int attempt = 0; attempt < 2; attempt++) {
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (setlocale(LC_ALL, names[i]) != NULL)
                return 0;
        make_locale();
    }
    print_message("there is no locale with a decimal comma, and localedef cannot make one\n");
    return 0;
}

static int remove_locale_and_folder(void **state)
{
    char command[100 + SCRATCH_PATH_SIZE];
    snprintf(command, sizeof command, "rm -rf '%s'", io_path_of("locale").text);
    (void)!system(command);
    return scratch_folder_remove(state);
}

static void skip_without_comma(void)
{
    if (strcmp(localeconv()->decimal_point, ",") != 0)
        skip();
}

static void test_numbers_are_read_and_written_with_a_point(void **state)
{
    (void)state;
    skip_without_comma();
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
    skip_without_comma();
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
    skip_without_comma();
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, "moons rows=4 noise=0.25", 1));
    glia_data_destroy(data);
    assert_status(glia_data_generate(&data, "moons noise=0,25", 1), GLIA_ERR_TEXT);
}

static void test_messages_stay_english(void **state)
{
    (void)state;
    skip_without_comma();
    glia_data *data = NULL;
    assert_status(glia_data_read_csv(&data, io_path_of("absent").text, NULL), GLIA_ERR_IO);
    assert_message_has("No such file or directory");
}

static void test_the_locale_of_the_caller_stays(void **state)
{
    (void)state;
    skip_without_comma();
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
    return cmocka_run_group_tests(tests, enter_comma_locale, remove_locale_and_folder) != 0;
}
