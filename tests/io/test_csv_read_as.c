/* SPDX-License-Identifier: MIT */
/* CSV files read for a network that was trained on another: columns by name, classes by the network's numbers. */
#include "io_harness.h"

static glia_data *read_as(const char *text, const char *options, const char *columns, const char *classes)
{
    glia_data *data = NULL;
    assert_ok(glia_data_read_csv_as(&data, io_write_text("as.csv", text).text, options, columns, classes));
    return data;
}

static void refuse(const char *text, const char *options, const char *columns, const char *classes, glia_status status,
                   const char *message)
{
    glia_data *data = NULL;
    assert_status(glia_data_read_csv_as(&data, io_write_text("as.csv", text).text, options, columns, classes), status);
    assert_message_has(message);
    assert_null(data);
}

static const char table[] = "b,id,a,kind\n1,q,2,no\n3,r,4,yes\n";

static void test_read_csv_as_takes_inputs_by_name_in_the_order_given(void **state)
{
    (void)state;
    glia_data *data = read_as(table, NULL, "[\"a\",\"b\"]", NULL);
    static const double inputs[] = {2, 1, 4, 3};
    assert_int_equal(glia_data_input_size(data), 2);
    assert_memory_equal(io_samples64(data).inputs, inputs, sizeof inputs);
    assert_string_equal(glia_data_column_name(data, 0), "a");
    assert_string_equal(glia_data_column_name(data, 1), "b");
    assert_null(glia_data_column_name(data, 2));
    assert_string_equal(glia_data_metadata(data, "columns"), "[\"a\",\"b\"]");
    glia_data_destroy(data);
}

static void test_read_csv_as_passes_over_other_columns(void **state)
{
    (void)state;
    glia_data *data = read_as("id,a\n,1\n\"x\",2\n", NULL, "[\"a\"]", NULL);
    assert_int_equal(glia_data_rows(data), 2);
    assert_true(io_samples64(data).inputs[1] == 2);
    glia_data_destroy(data);
}

static void test_read_csv_as_numbers_classes_as_given(void **state)
{
    (void)state;
    glia_data *data = read_as(table, "target=kind", "[\"a\",\"b\"]", "[\"yes\",\"maybe\",\"no\"]");
    static const int32_t classes[] = {2, 0};
    assert_memory_equal(io_samples64(data).classes, classes, sizeof classes);
    assert_int_equal(glia_data_class_count(data), 3);
    assert_string_equal(glia_data_class_name(data, 1), "maybe");
    assert_string_equal(glia_data_metadata(data, "classes"), "[\"yes\",\"maybe\",\"no\"]");
    assert_string_equal(glia_data_column_name(data, 2), "kind");
    glia_data_destroy(data);
}

static void test_read_csv_as_finds_whole_numbers_among_given_classes(void **state)
{
    (void)state;
    glia_data *data = read_as("a,c\n1,10\n2,2\n", "target=c", NULL, "[\"2\",\"10\"]");
    static const int32_t classes[] = {1, 0};
    assert_memory_equal(io_samples64(data).classes, classes, sizeof classes);
    glia_data_destroy(data);
}

static void test_read_csv_as_without_arrays_is_read_csv(void **state)
{
    (void)state;
    glia_data *data = read_as("a,c\n1,x\n2,w\n", "target=c", NULL, NULL),
              *same = io_read_csv("a,c\n1,x\n2,w\n", "target=c");
    io_assert_same_numbers(data, same);
    assert_string_equal(glia_data_class_name(data, 0), "w");
    glia_data_destroy(data);
    glia_data_destroy(same);
}

static void test_read_csv_as_without_header_counts_inputs(void **state)
{
    (void)state;
    glia_data *data = read_as("1,2,0.5\n3,4,1.5\n", "target=3", "[\"a\",\"b\"]", NULL);
    assert_string_equal(glia_data_column_name(data, 0), "a");
    assert_int_equal(glia_data_target_size(data), 1);
    glia_data_destroy(data);
    refuse("1,2,3\n", NULL, "[\"a\",\"b\"]", NULL, GLIA_ERR_FORMAT, "as.csv:1:1: 3 inputs where 2 are wanted");
}

static void test_read_csv_as_optional_target_may_be_missing(void **state)
{
    (void)state;
    glia_data *data = read_as("a\n1\n", "target=kind target_optional=yes", "[\"a\"]", "[\"yes\",\"no\"]");
    assert_int_equal(glia_data_class_count(data), 0);
    assert_null(io_samples64(data).classes);
    glia_data_destroy(data);
    refuse("a\n1\n", "target=kind", "[\"a\"]", NULL, GLIA_ERR_FORMAT, "as.csv:1:1: no column 'kind'; there are a");
}

static void test_read_csv_as_missing_column_lists_those_there(void **state)
{
    (void)state;
    refuse(table, NULL, "[\"a\",\"c\"]", NULL, GLIA_ERR_FORMAT,
           "as.csv:1:1: no column 'c', which the network was trained on; there are b, id, a, kind");
}

static void test_read_csv_as_input_cannot_be_the_target(void **state)
{
    (void)state;
    refuse(table, "target=a", "[\"a\",\"b\"]", NULL, GLIA_ERR_FORMAT, "as.csv:1:3: column 'a' is an input");
}

static void test_read_csv_as_unknown_class_lists_those_known(void **state)
{
    (void)state;
    refuse(table, "target=kind", "[\"a\"]", "[\"no\",\"maybe\"]", GLIA_ERR_FORMAT,
           "as.csv:3:4: unknown class 'yes'; known are no, maybe");
}

static void test_read_csv_as_missing_target_is_refused(void **state)
{
    (void)state;
    refuse("a,c\n1,x\n2,\n", "target=c", NULL, "[\"x\"]", GLIA_ERR_FORMAT, "as.csv:3:2: the target is missing");
}

static void test_read_csv_as_numbers_with_classes_is_refused(void **state)
{
    (void)state;
    refuse(table, "target=kind target_type=numbers", NULL, "[\"yes\"]", GLIA_ERR_TEXT, "target_type=numbers");
}

static void test_read_csv_as_arrays_must_be_of_different_strings(void **state)
{
    (void)state;
    static const struct {
        const char *json, *message;
    } bad[] = {
        {"", "columns: no valid JSON at byte"},
        {"[\"a\"", "columns: no valid JSON at byte"},
        {"[\"a\\u0000\"]", "columns: no valid JSON at byte"},
        {"[\"\xFF\"]", "columns: no valid JSON at byte"},
        {"{\"a\":1}", "columns: expected a JSON array of names"},
        {"[]", "columns: expected a JSON array of names"},
        {"[\"a\",1]", "columns: item 2 of the JSON array is no string"},
        {"[\"b\",\"a\",\"b\"]", "columns: 'b' is there twice"},
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        refuse(table, NULL, bad[i].json, NULL, GLIA_ERR_FORMAT, bad[i].message);
    refuse(table, "target=kind", NULL, "[\"no\",\"no\"]", GLIA_ERR_FORMAT, "classes: 'no' is there twice");
}

static void test_read_csv_as_deeply_nested_array_is_refused(void **state)
{
    (void)state;
    static char json[100001];
    for (size_t i = 0; i < sizeof json - 1; i++)
        json[i] = '[';
    refuse(table, NULL, json, NULL, GLIA_ERR_FORMAT, "columns: no valid JSON at byte");
    refuse(table, NULL, "[[[[1]]]]", NULL, GLIA_ERR_FORMAT, "columns: item 1 of the JSON array is no string");
    refuse(table, NULL, "[[[[[1]]]]]", NULL, GLIA_ERR_FORMAT, "columns: no valid JSON at byte 5: too deep");
}

static void test_read_csv_as_brackets_in_names_nest_nothing(void **state)
{
    (void)state;
    glia_data *data = read_as("[[[[[[\\,{{{{{{\n1,2\n", NULL, "[\"[[[[[[\\\\\",\"{{{{{{\"]", NULL);
    assert_string_equal(glia_data_column_name(data, 0), "[[[[[[\\");
    assert_string_equal(glia_data_column_name(data, 1), "{{{{{{");
    glia_data_destroy(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_csv_as_takes_inputs_by_name_in_the_order_given),
        cmocka_unit_test(test_read_csv_as_passes_over_other_columns),
        cmocka_unit_test(test_read_csv_as_numbers_classes_as_given),
        cmocka_unit_test(test_read_csv_as_finds_whole_numbers_among_given_classes),
        cmocka_unit_test(test_read_csv_as_without_arrays_is_read_csv),
        cmocka_unit_test(test_read_csv_as_without_header_counts_inputs),
        cmocka_unit_test(test_read_csv_as_optional_target_may_be_missing),
        cmocka_unit_test(test_read_csv_as_missing_column_lists_those_there),
        cmocka_unit_test(test_read_csv_as_input_cannot_be_the_target),
        cmocka_unit_test(test_read_csv_as_unknown_class_lists_those_known),
        cmocka_unit_test(test_read_csv_as_missing_target_is_refused),
        cmocka_unit_test(test_read_csv_as_numbers_with_classes_is_refused),
        cmocka_unit_test(test_read_csv_as_arrays_must_be_of_different_strings),
        cmocka_unit_test(test_read_csv_as_deeply_nested_array_is_refused),
        cmocka_unit_test(test_read_csv_as_brackets_in_names_nest_nothing),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
