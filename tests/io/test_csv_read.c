/* SPDX-License-Identifier: MIT */
/* CSV files that are read: their forms, their columns, their classes and targets. */
#include "gzip_file.h"
#include "io_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The file has the rows (1, 2) and (3, 4) of inputs and nothing else. */
static void assert_reads_1_to_4(const char *text, const char *options)
{
    glia_data *data = io_read_csv(text, options);
    assert_int_equal(glia_data_rows(data), 2);
    assert_int_equal(glia_data_input_size(data), 2);
    glia64_samples samples = io_samples64(data);
    for (int i = 0; i < 4; i++)
        assert_true(samples.inputs[i] == i + 1);
    assert_null(samples.targets);
    assert_null(samples.classes);
    glia_data_destroy(data);
}

static void assert_class_names(const glia_data *data, const char *const *names, size_t count)
{
    assert_int_equal(glia_data_class_count(data), count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(glia_data_class_name(data, i), names[i]);
    assert_null(glia_data_class_name(data, count));
}

static void test_read_csv_with_header(void **state)
{
    (void)state;
    assert_reads_1_to_4("a,b\n1,2\n3,4\n", NULL);
}

static void test_read_csv_without_header(void **state)
{
    (void)state;
    assert_reads_1_to_4("1,2\n3,4\n", NULL);
    assert_reads_1_to_4("1,2\n3,4\n", "header=no");
}

static void test_read_csv_header_of_numbers_if_told(void **state)
{
    (void)state;
    assert_reads_1_to_4("2019,2020\n1,2\n3,4\n", "header=yes");
}

static void test_read_csv_last_line_without_end(void **state)
{
    (void)state;
    assert_reads_1_to_4("a,b\n1,2\n3,4", NULL);
    assert_reads_1_to_4("a,b\n1,2\n3,\"4\"", NULL);
}

static void test_read_csv_lines_of_windows_and_of_old_macs(void **state)
{
    (void)state;
    assert_reads_1_to_4("a,b\r\n1,2\r\n3,4\r\n", NULL);
    assert_reads_1_to_4("a,b\r1,2\r3,4\r", NULL);
}

static void test_read_csv_empty_lines_at_the_end(void **state)
{
    (void)state;
    assert_reads_1_to_4("a,b\n1,2\n3,4\n\n", NULL);
    assert_reads_1_to_4("a,b\r\n1,2\r\n3,4\r\n\r\n \t\r\n", NULL);
    assert_reads_1_to_4("a,b\n1,2\n3,4\n  ", NULL);
}

static void test_read_csv_byte_order_mark(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("\xEF\xBB\xBF\"a\",b\n1,2\n", NULL);
    assert_string_equal(glia_data_column_name(data, 0), "a");
    glia_data_destroy(data);
    assert_reads_1_to_4("\xEF\xBB\xBF"
                        "1,2\n3,4\n",
                        NULL);
}

static void test_read_csv_delimiters(void **state)
{
    (void)state;
    assert_reads_1_to_4("a;b\n1;2\n3;4\n", "delimiter=;");
    assert_reads_1_to_4("a\tb\n1\t2\n3\t4\n", "delimiter=tab");
    assert_reads_1_to_4("a b\n1 2\n3 4\n", "delimiter=\" \"");
    assert_reads_1_to_4("a,b\n1,2\n3,4\n", "delimiter=,");
}

static void test_read_csv_spaces_around_cells(void **state)
{
    (void)state;
    assert_reads_1_to_4("a, b\n 1,2\t\n\"3\" , 4 \n", NULL);
}

static void test_read_csv_quoted_cells_are_text_as_it_is(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,\"the \"\"class\"\",\nin full\"\n1,\" a \"\n2,\"b\r\nc\"\n",
                                  "target=\"the \"\"class\"\",\nin full\"");
    assert_string_equal(glia_data_column_name(data, 1), "the \"class\",\nin full");
    static const char *const names[] = {" a ", "b\r\nc"};
    assert_class_names(data, names, COUNT_OF(names));
    glia_data_destroy(data);
}

static void test_read_csv_numbers_are_the_nearest_doubles(void **state)
{
    (void)state;
    glia_data *data = io_read_csv(
        "x\n0.1\n-2.5e-3\n.5\n5.\n+7\n1E3\n0.30000000000000004\n4.9e-324\n1.7976931348623157e308\n-0\n", NULL);
    static const double expected[] = {
        0.1, -2.5e-3, 0.5, 5, 7, 1000, 0.30000000000000004, 4.9e-324, 1.7976931348623157e308, -0.0};
    assert_int_equal(glia_data_rows(data), COUNT_OF(expected));
    assert_memory_equal(io_samples64(data).inputs, expected, sizeof expected);
    glia_data_destroy(data);
}

static void test_read_csv_gzip_is_the_same_as_plain(void **state)
{
    (void)state;
    static const char text[] = "a,b,c\n1,2,x\n3,4,y\n";
    glia_data *plain = io_read_csv(text, "target=c"), *packed = NULL;
    assert_ok(glia_data_read_csv(&packed, io_write_gzip("data.csv", text, sizeof text - 1).text, "target=c"));
    io_assert_same_numbers(plain, packed);
    glia_data_destroy(plain);
    glia_data_destroy(packed);
}

static void test_read_csv_from_a_pipe(void **state)
{
    (void)state;
    io_path path = io_path_of("pipe");
    assert_int_equal(mkfifo(path.text, 0600), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0) {
        FILE *file = fopen(path.text, "w");
        _exit(file == NULL || fputs("a,b\n1,2\n3,4\n", file) < 0 || fclose(file) != 0);
    }
    glia_data *data = NULL;
    assert_ok(glia_data_read_csv(&data, path.text, NULL));
    assert_int_equal(glia_data_rows(data), 2);
    glia_data_destroy(data);
    int answer;
    assert_int_equal(waitpid(writer, &answer, 0), writer);
    assert_int_equal(answer, 0);
    remove(path.text);
}

static void test_read_csv_text_classes_are_numbered_by_bytes(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,c\n1,dog\n2,cat\n3,Dog\n4,\xC3\xA4hre\n5,cat\n6,10\n7,9\n", "target=c");
    static const char *const names[] = {"10", "9", "Dog", "cat", "dog", "\xC3\xA4hre"};
    assert_class_names(data, names, COUNT_OF(names));
    static const int32_t classes[] = {4, 3, 2, 5, 3, 0, 1};
    assert_memory_equal(io_samples64(data).classes, classes, sizeof classes);
    assert_int_equal(glia_data_target_size(data), 0);
    glia_data_destroy(data);
}

static void test_read_csv_whole_numbers_are_classes_in_their_order(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,c\n1,10\n2,9\n3,-1\n4,007\n5,9\n", "target=c");
    static const char *const names[] = {"-1", "007", "9", "10"};
    assert_class_names(data, names, COUNT_OF(names));
    static const int32_t classes[] = {3, 2, 0, 1, 2};
    assert_memory_equal(io_samples64(data).classes, classes, sizeof classes);
    glia_data_destroy(data);
}

static void test_read_csv_fractions_are_targets(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,y\n1,2\n2,2.5\n3,-1e-3\n", "target=y");
    static const double targets[] = {2, 2.5, -1e-3};
    assert_int_equal(glia_data_target_size(data), 1);
    assert_int_equal(glia_data_class_count(data), 0);
    assert_memory_equal(io_samples64(data).targets, targets, sizeof targets);
    assert_null(io_samples64(data).classes);
    glia_data_destroy(data);
}

static void test_read_csv_numbers_too_large_to_count_are_targets(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,y\n1,1e20\n2,3e20\n", "target=y");
    assert_int_equal(glia_data_target_size(data), 1);
    glia_data_destroy(data);
}

static void test_read_csv_target_type_overrides(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,y\n1,2\n2,3\n", "target=y target_type=numbers");
    assert_int_equal(glia_data_target_size(data), 1);
    assert_true(io_samples64(data).targets[1] == 3);
    glia_data_destroy(data);

    data = io_read_csv("x,y\n1,2.5\n2,10\n3,n/a\n", "target=y target_type=classes");
    static const char *const names[] = {"10", "2.5", "n/a"};
    assert_class_names(data, names, COUNT_OF(names));
    glia_data_destroy(data);
}

static void test_read_csv_target_anywhere(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,t,b\n1,0,2\n3,1,4\n", "target=t");
    assert_string_equal(glia_data_column_name(data, 0), "a");
    assert_string_equal(glia_data_column_name(data, 1), "b");
    assert_string_equal(glia_data_column_name(data, 2), "t");
    assert_null(glia_data_column_name(data, 3));
    static const double inputs[] = {1, 2, 3, 4};
    assert_memory_equal(io_samples64(data).inputs, inputs, sizeof inputs);
    glia_data_destroy(data);
}

static void test_read_csv_columns_without_header_are_named(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("0,1,2\n1,3,4\n", "target=1");
    assert_string_equal(glia_data_column_name(data, 0), "x1");
    assert_string_equal(glia_data_column_name(data, 1), "x2");
    assert_string_equal(glia_data_column_name(data, 2), "class");
    glia_data_destroy(data);

    data = io_read_csv("1,0.5\n3,4\n", "target=2");
    assert_string_equal(glia_data_column_name(data, 1), "target");
    glia_data_destroy(data);
}

static void test_read_csv_optional_target_may_be_missing(void **state)
{
    (void)state;
    assert_reads_1_to_4("a,b\n1,2\n3,4\n", "target=c target_optional=yes");
    assert_reads_1_to_4("1,2\n3,4\n", "target=3 target_optional=yes");
}

static void test_read_csv_metadata(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("\"a \"\"1\"\"\",t\n1,x\n2,\xC3\xA4\n", "target=t");
    assert_string_equal(glia_data_metadata(data, "columns"), "[\"a \\\"1\\\"\"]");
    assert_string_equal(glia_data_metadata(data, "classes"), "[\"x\",\"\xC3\xA4\"]");
    assert_string_equal(glia_data_metadata(data, "target"), "t");
    assert_null(glia_data_metadata(data, "scale"));
    assert_null(glia_data_metadata(data, "nothing"));
    assert_string_equal(glia_data_metadata_key(data, 0), "classes");
    assert_string_equal(glia_data_metadata_key(data, 1), "columns");
    assert_string_equal(glia_data_metadata_key(data, 2), "target");
    assert_null(glia_data_metadata_key(data, 3));
    glia_data_destroy(data);
}

static void test_read_csv_larger_than_any_buffer(void **state)
{
    (void)state;
    enum {
        ROWS = 50000
    };
    char *text = malloc(ROWS * 24 + 8);
    assert_non_null(text);
    char *at = text + sprintf(text, "a,t\r\n");
    for (int row = 0; row < ROWS; row++)
        at += sprintf(at, "%d,\"c\"\"\r\n%d\"\r\n", row, row % 3);
    glia_data *data = io_read_csv(text, "target=t");
    free(text);
    assert_int_equal(glia_data_rows(data), ROWS);
    assert_int_equal(glia_data_class_count(data), 3);
    assert_string_equal(glia_data_class_name(data, 2), "c\"\r\n2");
    glia64_samples samples = io_samples64(data);
    for (int row = 0; row < ROWS; row++) {
        assert_true(samples.inputs[row] == row);
        assert_int_equal(samples.classes[row], row % 3);
    }
    glia_data_destroy(data);
}

static void test_accessors_of_null_answer_nothing(void **state)
{
    (void)state;
    assert_int_equal(glia_data_rows(NULL), 0);
    assert_int_equal(glia_data_input_size(NULL), 0);
    assert_int_equal(glia_data_target_size(NULL), 0);
    assert_int_equal(glia_data_class_count(NULL), 0);
    assert_null(glia_data_class_name(NULL, 0));
    assert_null(glia_data_column_name(NULL, 0));
    assert_null(glia_data_metadata(NULL, "columns"));
    assert_null(glia_data_metadata_key(NULL, 0));
    glia_data_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_csv_with_header),
        cmocka_unit_test(test_read_csv_without_header),
        cmocka_unit_test(test_read_csv_header_of_numbers_if_told),
        cmocka_unit_test(test_read_csv_last_line_without_end),
        cmocka_unit_test(test_read_csv_lines_of_windows_and_of_old_macs),
        cmocka_unit_test(test_read_csv_empty_lines_at_the_end),
        cmocka_unit_test(test_read_csv_byte_order_mark),
        cmocka_unit_test(test_read_csv_delimiters),
        cmocka_unit_test(test_read_csv_spaces_around_cells),
        cmocka_unit_test(test_read_csv_quoted_cells_are_text_as_it_is),
        cmocka_unit_test(test_read_csv_numbers_are_the_nearest_doubles),
        cmocka_unit_test(test_read_csv_gzip_is_the_same_as_plain),
        cmocka_unit_test(test_read_csv_from_a_pipe),
        cmocka_unit_test(test_read_csv_text_classes_are_numbered_by_bytes),
        cmocka_unit_test(test_read_csv_whole_numbers_are_classes_in_their_order),
        cmocka_unit_test(test_read_csv_fractions_are_targets),
        cmocka_unit_test(test_read_csv_numbers_too_large_to_count_are_targets),
        cmocka_unit_test(test_read_csv_target_type_overrides),
        cmocka_unit_test(test_read_csv_target_anywhere),
        cmocka_unit_test(test_read_csv_columns_without_header_are_named),
        cmocka_unit_test(test_read_csv_optional_target_may_be_missing),
        cmocka_unit_test(test_read_csv_metadata),
        cmocka_unit_test(test_read_csv_larger_than_any_buffer),
        cmocka_unit_test(test_accessors_of_null_answer_nothing),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
