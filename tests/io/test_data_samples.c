/* SPDX-License-Identifier: MIT */
/* Lending a data set as float and as double. */
#include "io_harness.h"

#include <string.h>

static void test_samples_are_the_doubles_of_the_text(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,b,t\n0.1,2,0.3\n4,0.5,-6\n", "target=t");
    glia64_samples samples = io_samples64(data);
    static const double inputs[] = {0.1, 2, 4, 0.5}, targets[] = {0.3, -6};
    assert_int_equal(samples.rows, 2);
    assert_memory_equal(samples.inputs, inputs, sizeof inputs);
    assert_memory_equal(samples.targets, targets, sizeof targets);
    assert_null(samples.classes);
    assert_null(samples.row_weights);
    assert_int_equal(samples.struct_size, sizeof samples);
    glia_data_destroy(data);
}

static void test_samples_as_float_are_the_doubles_rounded(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,b,t\n0.1,1e-50,0.3\n4,3.4028235e38,-6\n", "target=t");
    glia_samples samples = io_samples(data);
    static const float inputs[] = {0.1f, 0, 4, 3.4028235e38f}, targets[] = {0.3f, -6};
    assert_memory_equal(samples.inputs, inputs, sizeof inputs);
    assert_memory_equal(samples.targets, targets, sizeof targets);
    assert_null(samples.row_weights);
    glia_data_destroy(data);
}

static void test_samples_lend_the_same_arrays_again(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,t\n1,x\n2,y\n", "target=t");
    glia_samples first = io_samples(data);
    glia64_samples wide = io_samples64(data);
    glia_samples second = io_samples(data);
    assert_ptr_equal(first.inputs, second.inputs);
    assert_ptr_equal(first.classes, wide.classes);
    assert_ptr_equal(io_samples64(data).inputs, wide.inputs);
    glia_data_destroy(data);
}

static void test_samples_too_large_for_float_are_refused_as_float_only(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,b,t\n1,2,3\n4,-1e39,6\n", "target=t target_type=numbers");
    glia_samples samples = {.struct_size = sizeof samples};
    assert_status(glia_data_samples(data, &samples), GLIA_ERR_FORMAT);
    assert_message_has("row 2, column 2: the number is too large for a float");
    assert_null(samples.inputs);
    assert_true(io_samples64(data).inputs[3] == -1e39);
    glia_data_destroy(data);

    data = io_read_csv("a,b,t\n1,2,3\n4,5,1e39\n", "target=t target_type=numbers");
    assert_status(glia_data_samples(data, &samples), GLIA_ERR_FORMAT);
    assert_message_has("row 2, column 3: the number is too large for a float");
    glia_data_destroy(data);
}

static void test_samples_argument_errors_leave_the_struct_alone(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a\n1\n", NULL);
    glia_samples samples = {.struct_size = sizeof samples}, before;
    glia64_samples samples64 = {.struct_size = 0};
    assert_status(glia_data_samples(NULL, &samples), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_samples(data, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_samples64(NULL, &samples64), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_samples64(data, NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_samples64(data, &samples64), GLIA_ERR_ARGUMENT);
    static const size_t sizes[] = {0, sizeof samples - 1, sizeof samples + 1};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        samples.struct_size = sizes[i];
        before = samples;
        assert_status(glia_data_samples(data, &samples), GLIA_ERR_ARGUMENT);
        assert_memory_equal(&samples, &before, sizeof samples);
    }
    glia_data_destroy(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples_are_the_doubles_of_the_text),
        cmocka_unit_test(test_samples_as_float_are_the_doubles_rounded),
        cmocka_unit_test(test_samples_lend_the_same_arrays_again),
        cmocka_unit_test(test_samples_too_large_for_float_are_refused_as_float_only),
        cmocka_unit_test(test_samples_argument_errors_leave_the_struct_alone),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
