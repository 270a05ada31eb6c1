/* SPDX-License-Identifier: MIT */
/* CSV files and options that are refused: with the right status, and a message that says where and why. */
#include "io_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of a file are refused with this status and message; *data is left alone. */
static void refuse_bytes(const void *bytes, size_t size, const char *options, glia_status status, const char *message)
{
    static char nothing;
    glia_data *untouched = (glia_data *)(void *)&nothing, *data = untouched;
    assert_status(glia_data_read_csv(&data, io_write("bad.csv", bytes, size).text, options), status);
    assert_message_has(message);
    assert_ptr_equal(data, untouched);
}

static void refuse(const char *text, const char *options, const char *message)
{
    refuse_bytes(text, strlen(text), options, GLIA_ERR_FORMAT, message);
}

static void refuse_options(const char *options, const char *message)
{
    refuse_bytes("a,b\n1,2\n", 8, options, GLIA_ERR_TEXT, message);
}

static void test_read_csv_null_is_an_argument_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_csv(NULL, "x.csv", NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_read_csv(&data, NULL, NULL), GLIA_ERR_ARGUMENT);
}

static void test_read_csv_missing_file_is_an_io_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_csv(&data, io_path_of("absent.csv").text, NULL), GLIA_ERR_IO);
    assert_message_has("absent.csv: cannot open: No such file");
}

static void test_read_csv_folder_is_an_io_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_csv(&data, io_path_of("").text, NULL), GLIA_ERR_IO);
    assert_message_has("cannot read: Is a directory");
}

static void test_read_csv_text_among_inputs_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n3,abc\n", NULL, "bad.csv:3:2: 'abc' is no finite number; inputs must be numbers; correct");
}

static void test_read_csv_missing_input_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n3,\n", NULL, "bad.csv:3:2: the input is missing");
    refuse("a,b\n1,2\n \t,4\n", NULL, "bad.csv:3:1: the input is missing");
    refuse("a,b\n1,\"\"\n", NULL, "bad.csv:2:2: the input is missing");
}

static void test_read_csv_input_that_is_not_finite_is_refused(void **state)
{
    (void)state;
    static const char *const numbers[] = {"nan",  "NaN",   "inf", "-inf", "infinity", "1e999", "-1e999",
                                          "0x10", "1e",    "1e+", ".",    "-",        "1_000", "1 000",
                                          "--1",  "1.2.3", "1,5", "NA",   "1d3",      "e5",    "1.e"};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        char text[64];
        snprintf(text, sizeof text, "a,b\n1,\"%s\"\n", numbers[i]);
        refuse(text, NULL, "bad.csv:2:2: '");
    }
}

static void test_read_csv_missing_target_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b\n1,x\n3,\n", "target=b", "bad.csv:3:2: the target is missing");
}

static void test_read_csv_target_that_is_no_number_is_refused_where_numbers_are_wanted(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n3,x\n", "target=b target_type=numbers", "bad.csv:3:2: 'x' is no finite number; targets");
}

static void test_read_csv_name_among_fractions_is_refused(void **state)
{
    (void)state;
    refuse("a,b\n1,2.5\n3,x\n4,y\n", "target=b", "bad.csv:3:2: 'x' is no finite number where other targets");
    refuse("a,b\n1,nan\n3,0.5\n", "target=b", "bad.csv:2:2: 'nan' is no finite number where other targets");
}

static void test_read_csv_class_written_in_two_ways_is_refused(void **state)
{
    (void)state;
    refuse("a,b\n1,1\n3,2\n5,1.0\n", "target=b", "bad.csv:4:2: '1.0' is the same number as '1' on line 2");
}

static void test_read_csv_short_row_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b,c\n1,2,3\n4,5\n", NULL, "bad.csv:3:3: a cell is missing: the first row has 3");
}

static void test_read_csv_long_row_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n3,4,5\n", NULL, "bad.csv:3:3: a cell too many: the first row has 2");
    refuse("a,b\n1,2,\n", NULL, "bad.csv:2:3: a cell too many");
}

static void test_read_csv_empty_line_inside_reports_its_place(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n\n3,4\n", NULL, "bad.csv:3:1: an empty line");
    refuse("a,b\r\n1,2\r\n \r\n3,4\r\n", NULL, "bad.csv:3:1: an empty line");
    refuse("a,b\r1,2\r\r3,4\r", NULL, "bad.csv:3:1: an empty line");
    refuse("\na,b\n1,2\n", NULL, "bad.csv:1:1: an empty line");
    refuse("x\n1\n\n2\n", NULL, "bad.csv:3:1: an empty line");
}

static void test_read_csv_lines_are_those_of_the_file(void **state)
{
    (void)state;
    refuse("a,t\n1,\"x\ny\"\n2,z\nbad,z\n", "target=t", "bad.csv:5:1: 'bad'");
    refuse("a,t\r\n1,\"x\r\ny\"\r\n2,z\r\nbad,z\r\n", "target=t", "bad.csv:5:1: 'bad'");
    refuse("t,a\n\"x\n\ny\",1\nz,bad\n", "target=t", "bad.csv:5:2: 'bad'");
    refuse("t,a,b\n\"x\ny\",bad,1\n", "target=t", "bad.csv:3:2: 'bad'");
    refuse("t,a\n\"x\n\nbad\",1\n", NULL, "bad.csv:2:1: 'x  bad'");
}

static void test_read_csv_lines_are_right_across_buffers(void **state)
{
    (void)state;
    enum {
        ROWS = 40000
    };
    char *text = malloc(ROWS * 16 + 16);
    assert_non_null(text);
    char *at = text + sprintf(text, "t,a\r\n");
    for (int row = 0; row < ROWS; row++)
        at += sprintf(at, "\"\r\n\",%d\r\n", row);
    sprintf(at, "x,bad\r\n");
    char expected[64];
    snprintf(expected, sizeof expected, "bad.csv:%d:2: 'bad'", 1 + 2 * ROWS + 1);
    refuse(text, "target=t", expected);
    free(text);
}

static void test_read_csv_empty_file_is_refused(void **state)
{
    (void)state;
    refuse("", NULL, "bad.csv:1:1: the file is empty");
    refuse("\n\r\n", NULL, "bad.csv:1:1: the file is empty");
    refuse("\xEF\xBB\xBF", NULL, "bad.csv:1:1: the file is empty");
}

static void test_read_csv_header_alone_is_refused(void **state)
{
    (void)state;
    refuse("a,b\n", NULL, "bad.csv:1:1: a header without rows");
    refuse("1,2\n", "header=yes", "bad.csv:1:1: a header without rows");
}

static void test_read_csv_header_taken_for_data_is_explained(void **state)
{
    (void)state;
    refuse("x,2\n1,2\n", NULL, "bad.csv:1:1: 'x' is no finite number; inputs must be numbers (header=yes if");
}

static void test_read_csv_other_delimiter_is_explained(void **state)
{
    (void)state;
    refuse("a;b\n1;2\n", NULL, "bad.csv:2:1: '1;2' is no finite number; inputs must be numbers (delimiter=; if");
    refuse("a;b\n1;2\n", "target=b", "bad.csv:1:1: no column 'b'; there are a;b (delimiter=; if");
    refuse("a\tb\n1\t2\n", NULL, "bad.csv:2:1: '1 2' is no finite number; inputs must be numbers (delimiter=tab if");
}

static void test_read_csv_column_name_twice_is_refused(void **state)
{
    (void)state;
    refuse("a,b,a\n1,2,3\n", NULL, "bad.csv:1:3: a second column 'a'");
}

static void test_read_csv_column_without_name_is_refused(void **state)
{
    (void)state;
    refuse("a,b,\n1,2,3\n", NULL, "bad.csv:1:3: the column has no name");
}

static void test_read_csv_names_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    refuse("a,b\xE4\n1,2\n", NULL, "bad.csv:1:2: the column's name is not UTF-8");
    refuse("a,b\n1,x\n2,\xFFy\n", "target=b", "bad.csv:3:2: the class's name is not UTF-8");
}

static void test_read_csv_missing_target_column_lists_those_there(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n", "target=c", "bad.csv:1:1: no column 'c'; there are a, b");
    refuse("a,b\n1,2\n", "target=2", "bad.csv:1:1: no column '2'; there are a, b");
    refuse("1,2\n3,4\n", "target=3", "bad.csv:1:1: no column '3'; without header it is a number from 1 to 2");
    refuse("1,2\n3,4\n", "target=0", "bad.csv:1:1: no column '0'");
    refuse("1,2\n3,4\n", "target=1.5", "bad.csv:1:1: no column '1.5'");
    refuse("1,2\n3,4\n", "target=b", "bad.csv:1:1: no column 'b'");
}

static void test_read_csv_target_alone_is_refused(void **state)
{
    (void)state;
    refuse("a\n1\n", "target=a", "bad.csv:1:1: the target is the only column");
}

static void test_read_csv_quote_inside_a_cell_is_refused(void **state)
{
    (void)state;
    refuse("a,b\n1,2\n3,5\" disk\n", NULL, "bad.csv:3:2: a quote that neither begins nor ends the cell");
    refuse("a,b\n1,2\n\"3\"x,4\n", NULL, "bad.csv:3:1: a quote that neither");
}

static void test_read_csv_quote_left_open_is_refused_where_it_opens(void **state)
{
    (void)state;
    refuse("a,b\n1,\"2\n3,4\n5,6\n", NULL, "bad.csv:2:2: the closing quote of this cell is missing");
}

static void test_read_csv_quote_left_open_takes_no_large_file_into_memory(void **state)
{
    (void)state;
    size_t size = (size_t)3 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    memcpy(text, "a,b\n1,\"", 7);
    refuse_bytes(text, size, NULL, GLIA_ERR_FORMAT, "bad.csv:2:2: a cell of more than 1 MiB");
    memset(text, '7', size);
    refuse_bytes(text, size, NULL, GLIA_ERR_FORMAT, "bad.csv:1:1: a cell of more than 1 MiB");
    free(text);
}

static void test_read_csv_zero_byte_is_refused(void **state)
{
    (void)state;
    refuse_bytes("a,b\n1,2\n3,\0"
                 "4\n",
                 13, NULL, GLIA_ERR_FORMAT, "bad.csv:3:2: a zero byte");
    refuse_bytes("a\0,\0b\0\n\0", 8, NULL, GLIA_ERR_FORMAT, "bad.csv:1:1: a zero byte");
    refuse_bytes("a,b\r\0", 5, NULL, GLIA_ERR_FORMAT, "bad.csv:2:1: a zero byte");
}

static void test_read_csv_option_unknown_lists_those_known(void **state)
{
    (void)state;
    refuse_options("target=b heder=yes", "CSV options, column 10: unknown setting 'heder'; accepted are target, "
                                         "target_type, target_optional, header, delimiter");
}

static void test_read_csv_option_value_unknown_lists_those_known(void **state)
{
    (void)state;
    refuse_options("header=maybe", "column 8: header wants one of auto, yes, no, not 'maybe'");
    refuse_options("target_type=class", "column 13: target_type wants one of auto, classes, numbers, not 'class'");
    refuse_options("target_optional=1", "column 17: target_optional wants one of no, yes, not '1'");
}

static void test_read_csv_delimiter_must_be_one_that_no_cell_needs(void **state)
{
    (void)state;
    static const char *const bad[] = {"delimiter=.",  "delimiter=-",        "delimiter=5",      "delimiter=x",
                                      "delimiter=,,", "delimiter=\"\"\"\"", "delimiter=\"\n\"", "delimiter=\xC2\xA7"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        refuse_options(bad[i], "column 11: delimiter wants tab, or one character");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_csv_null_is_an_argument_error),
        cmocka_unit_test(test_read_csv_missing_file_is_an_io_error),
        cmocka_unit_test(test_read_csv_folder_is_an_io_error),
        cmocka_unit_test(test_read_csv_text_among_inputs_reports_its_place),
        cmocka_unit_test(test_read_csv_missing_input_reports_its_place),
        cmocka_unit_test(test_read_csv_input_that_is_not_finite_is_refused),
        cmocka_unit_test(test_read_csv_missing_target_reports_its_place),
        cmocka_unit_test(test_read_csv_target_that_is_no_number_is_refused_where_numbers_are_wanted),
        cmocka_unit_test(test_read_csv_name_among_fractions_is_refused),
        cmocka_unit_test(test_read_csv_class_written_in_two_ways_is_refused),
        cmocka_unit_test(test_read_csv_short_row_reports_its_place),
        cmocka_unit_test(test_read_csv_long_row_reports_its_place),
        cmocka_unit_test(test_read_csv_empty_line_inside_reports_its_place),
        cmocka_unit_test(test_read_csv_lines_are_those_of_the_file),
        cmocka_unit_test(test_read_csv_lines_are_right_across_buffers),
        cmocka_unit_test(test_read_csv_empty_file_is_refused),
        cmocka_unit_test(test_read_csv_header_alone_is_refused),
        cmocka_unit_test(test_read_csv_header_taken_for_data_is_explained),
        cmocka_unit_test(test_read_csv_other_delimiter_is_explained),
        cmocka_unit_test(test_read_csv_column_name_twice_is_refused),
        cmocka_unit_test(test_read_csv_column_without_name_is_refused),
        cmocka_unit_test(test_read_csv_names_that_are_not_utf8_are_refused),
        cmocka_unit_test(test_read_csv_missing_target_column_lists_those_there),
        cmocka_unit_test(test_read_csv_target_alone_is_refused),
        cmocka_unit_test(test_read_csv_quote_inside_a_cell_is_refused),
        cmocka_unit_test(test_read_csv_quote_left_open_is_refused_where_it_opens),
        cmocka_unit_test(test_read_csv_quote_left_open_takes_no_large_file_into_memory),
        cmocka_unit_test(test_read_csv_zero_byte_is_refused),
        cmocka_unit_test(test_read_csv_option_unknown_lists_those_known),
        cmocka_unit_test(test_read_csv_option_value_unknown_lists_those_known),
        cmocka_unit_test(test_read_csv_delimiter_must_be_one_that_no_cell_needs),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
