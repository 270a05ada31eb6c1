/* SPDX-License-Identifier: MIT */
/* Cutting a data set in two and shuffling it: rows stay whole. */
#include "io_harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows (i, 1000 + i) with target 2000.5 + i, or with class i. */
static glia_data *counted_data(size_t rows, int has_classes)
{
    char *text = malloc(rows * 40 + 16);
    assert_non_null(text);
    char *at = text + sprintf(text, "a,b,t\n");
    for (size_t i = 0; i < rows; i++)
        at += has_classes ? sprintf(at, "%zu,%zu,%zu\n", i, 1000 + i, i)
                          : sprintf(at, "%zu,%zu,%zu.5\n", i, 1000 + i, 2000 + i);
    glia_data *data = io_read_csv(text, "target=t");
    free(text);
    return data;
}

/* Every row is one of counted_data(); answers the sum of their numbers i. */
static size_t assert_rows_are_whole(glia_data *data)
{
    glia64_samples samples = io_samples64(data);
    glia_samples floats = io_samples(data);
    size_t sum = 0;
    for (size_t row = 0; row < samples.rows; row++) {
        double number = samples.inputs[2 * row];
        sum += (size_t)number;
        assert_true(samples.inputs[2 * row + 1] == 1000 + number);
        assert_true(floats.inputs[2 * row] == (float)number);
        assert_true(floats.inputs[2 * row + 1] == (float)(1000 + number));
        if (samples.targets != NULL) {
            assert_true(samples.targets[row] == 2000.5 + number);
            assert_true(floats.targets[row] == (float)(2000.5 + number));
        }
        if (samples.classes != NULL)
            assert_int_equal(samples.classes[row], (int)number);
    }
    return sum;
}

static void assert_split_sizes(size_t rows, double fraction, size_t first_rows)
{
    glia_data *data = counted_data(rows, 0), *first = NULL, *second = NULL;
    assert_ok(glia_data_split(&first, &second, data, fraction));
    assert_int_equal(glia_data_rows(first), first_rows);
    assert_int_equal(glia_data_rows(second), rows - first_rows);
    glia_data_destroy(data);
    glia_data_destroy(first);
    glia_data_destroy(second);
}

static void test_split_rounds_but_leaves_no_part_empty(void **state)
{
    (void)state;
    assert_split_sizes(10, 0.2, 8);
    assert_split_sizes(10, 0.24, 8);
    assert_split_sizes(10, 0.25, 7);
    assert_split_sizes(10, 1e-300, 9);
    assert_split_sizes(10, 0.9999999, 1);
    assert_split_sizes(2, 0.5, 1);
}

static void test_split_keeps_the_order_and_the_original(void **state)
{
    (void)state;
    for (int has_classes = 0; has_classes < 2; has_classes++) {
        glia_data *data = counted_data(9, has_classes), *first = NULL, *second = NULL;
        assert_ok(glia_data_split(&first, &second, data, 0.3));
        assert_rows_are_whole(first);
        assert_rows_are_whole(second);
        assert_rows_are_whole(data);
        assert_true(io_samples64(first).inputs[2 * 5] == 5);
        assert_true(io_samples64(second).inputs[0] == 6);
        assert_int_equal(glia_data_rows(data), 9);
        glia_data_destroy(data);
        glia_data_destroy(first);
        glia_data_destroy(second);
    }
}

static void test_split_parts_outlive_the_original_with_its_names(void **state)
{
    (void)state;
    glia_data *data = counted_data(9, 1), *first = NULL, *second = NULL;
    assert_ok(glia_data_split(&first, &second, data, 0.3));
    glia_data_destroy(data);
    assert_int_equal(glia_data_class_count(second), 9);
    assert_string_equal(glia_data_class_name(second, 8), "8");
    assert_string_equal(glia_data_column_name(second, 2), "t");
    assert_string_equal(glia_data_metadata(second, "columns"), "[\"a\",\"b\"]");
    assert_string_equal(glia_data_metadata(first, "target"), "t");
    assert_int_equal(glia_data_target_size(first), 0);
    glia_data_destroy(first);
    glia_data_destroy(second);
}

static void test_split_of_idx_keeps_floats_and_scale(void **state)
{
    (void)state;
    static const unsigned char images[] = {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 1, 10, 20, 30};
    glia_data *data = NULL, *first = NULL, *second = NULL;
    assert_ok(glia_data_read_idx(&data, io_write("images", images, sizeof images).text, NULL));
    io_samples64(data);
    assert_ok(glia_data_split(&first, &second, data, 0.5));
    assert_int_equal(glia_data_rows(second), 2);
    assert_true(io_samples(second).inputs[1] == 30.0f / 255.0f);
    assert_true(io_samples64(second).inputs[1] == (double)(30.0f / 255.0f));
    assert_string_equal(glia_data_metadata(second, "scale"), "255");
    glia_data_destroy(data);
    glia_data_destroy(first);
    glia_data_destroy(second);
}

static void test_split_argument_errors(void **state)
{
    (void)state;
    glia_data *data = counted_data(4, 0), *first = NULL, *second = NULL;
    static const double bad[] = {0, 1, -0.5, 1.5, (double)NAN};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_status(glia_data_split(&first, &second, data, bad[i]), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_split(NULL, &second, data, 0.5), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_split(&first, NULL, data, 0.5), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_split(&first, &second, NULL, 0.5), GLIA_ERR_ARGUMENT);
    assert_null(first);
    assert_null(second);
    glia_data_destroy(data);
}

static void test_split_of_one_row_is_a_shape_error(void **state)
{
    (void)state;
    glia_data *data = counted_data(1, 0), *first = NULL, *second = NULL;
    assert_status(glia_data_split(&first, &second, data, 0.5), GLIA_ERR_SHAPE);
    assert_null(first);
    glia_data_destroy(data);
}

static void test_shuffle_keeps_rows_whole_in_lent_arrays_too(void **state)
{
    (void)state;
    for (int has_classes = 0; has_classes < 2; has_classes++) {
        glia_data *data = counted_data(200, has_classes);
        glia64_samples before = io_samples64(data);
        glia_samples floats_before = io_samples(data);
        assert_ok(glia_data_shuffle(data, 3));
        assert_ptr_equal(io_samples64(data).inputs, before.inputs);
        assert_ptr_equal(io_samples(data).inputs, floats_before.inputs);
        assert_int_equal(assert_rows_are_whole(data), 200 * 199 / 2);
        size_t in_place = 0;
        for (size_t row = 0; row < 200; row++)
            in_place += before.inputs[2 * row] == (double)row;
        assert_true(in_place < 20); /* expected 1 */
        glia_data_destroy(data);
    }
}

static void test_shuffle_depends_on_seed_and_number_of_rows_alone(void **state)
{
    (void)state;
    glia_data *first = counted_data(50, 0), *second = counted_data(50, 1), *other = counted_data(50, 0);
    io_samples(first);
    assert_ok(glia_data_shuffle(first, 11));
    assert_ok(glia_data_shuffle(second, 11));
    assert_ok(glia_data_shuffle(other, 12));
    size_t size = 100 * sizeof(double);
    assert_memory_equal(io_samples64(first).inputs, io_samples64(second).inputs, size);
    assert_true(memcmp(io_samples64(first).inputs, io_samples64(other).inputs, size) != 0);
    glia_data_destroy(first);
    glia_data_destroy(second);
    glia_data_destroy(other);
}

static void test_shuffle_makes_every_order_equally_likely(void **state)
{
    (void)state;
    enum {
        SEEDS = 6000
    };
    size_t counts[3][3] = {{0}};
    glia_data *data = counted_data(3, 0);
    const double *inputs = io_samples64(data).inputs;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        assert_ok(glia_data_shuffle(data, seed));
        counts[(size_t)inputs[0]][(size_t)inputs[2]]++;
    }
    /* Shuffling what was shuffled before keeps all orders equally likely. Each is expected 1000 times, with a standard
     * deviation of 29; the bounds are five of them away. */
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            assert_in_range(counts[i][k], i == k ? 0 : 855, i == k ? 0 : 1145);
    glia_data_destroy(data);
}

static void test_shuffle_of_one_row_changes_nothing(void **state)
{
    (void)state;
    glia_data *data = counted_data(1, 1);
    assert_ok(glia_data_shuffle(data, 1));
    assert_rows_are_whole(data);
    glia_data_destroy(data);
}

static void test_shuffle_of_wide_rows(void **state)
{
    (void)state;
    enum {
        ROWS = 20,
        WIDTH = 301
    };
    unsigned char images[12 + ROWS * WIDTH] = {0, 0, 8, 2, 0, 0, 0, ROWS, 0, 0, WIDTH >> 8, WIDTH & 255};
    for (int i = 0; i < ROWS * WIDTH; i++)
        images[12 + i] = (unsigned char)(i / WIDTH + i % WIDTH % 100);
    glia_data *data = NULL;
    assert_ok(glia_data_read_idx(&data, io_write("images", images, sizeof images).text, NULL));
    assert_ok(glia_data_shuffle(data, 1));
    const float *inputs = io_samples(data).inputs;
    for (int row = 0; row < ROWS; row++)
        for (int i = 0; i < WIDTH; i++)
            assert_int_equal((int)(inputs[row * WIDTH + i] * 255.0f + 0.5f),
                             (int)(inputs[row * WIDTH] * 255.0f + 0.5f) + i % 100);
    glia_data_destroy(data);
}

static void test_shuffle_null_is_an_argument_error(void **state)
{
    (void)state;
    assert_status(glia_data_shuffle(NULL, 1), GLIA_ERR_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_rounds_but_leaves_no_part_empty),
        cmocka_unit_test(test_split_keeps_the_order_and_the_original),
        cmocka_unit_test(test_split_parts_outlive_the_original_with_its_names),
        cmocka_unit_test(test_split_of_idx_keeps_floats_and_scale),
        cmocka_unit_test(test_split_argument_errors),
        cmocka_unit_test(test_split_of_one_row_is_a_shape_error),
        cmocka_unit_test(test_shuffle_keeps_rows_whole_in_lent_arrays_too),
        cmocka_unit_test(test_shuffle_depends_on_seed_and_number_of_rows_alone),
        cmocka_unit_test(test_shuffle_makes_every_order_equally_likely),
        cmocka_unit_test(test_shuffle_of_one_row_changes_nothing),
        cmocka_unit_test(test_shuffle_of_wide_rows),
        cmocka_unit_test(test_shuffle_null_is_an_argument_error),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
