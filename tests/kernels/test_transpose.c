/* SPDX-License-Identifier: MIT */
/* Rows to columns and back, in every table: nothing is rounded, so the bits are the same. */
#include "kernels/kernel_harness.h"

#define SEED 21

/* m rows of n numbers; columns lie `stride` apart. */
typedef void check_fn(const glia__kernels *kernels, size_t m, size_t n, size_t stride);

/* Around the lanes of every vector, and the narrow rows of small networks. */
static const size_t sizes[] = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 48, 65, 200};

static void check_sizes(check_fn *check)
{
    print_message("seed %d\n", SEED);
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            for (size_t j = 0; j < COUNT_OF(sizes); j++) {
                check(kernel_table(t), sizes[i], sizes[j], sizes[i]);
                check(kernel_table(t), sizes[i], sizes[j], sizes[i] + 1);
                check(kernel_table(t), sizes[i], sizes[j], (sizes[i] + 15) / 16 * 16);
                check(kernel_table(t), sizes[i], sizes[j], sizes[i] + 19);
            }
        }
    }
}

static void check_to_columns(const glia__kernels *kernels, size_t m, size_t n, size_t stride)
{
    guarded rows = guarded_make(m * n, SEED), columns = guarded_make(n * stride, SEED + 1);
    kernels->to_columns(columns.values, rows.values, m, n, stride);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < stride; i++)
            assert_true(columns.values[j * stride + i] == (i < m ? rows.values[i * n + j] : 0));
    guarded_free(&rows);
    guarded_free(&columns);
}

static void test_to_columns_fills_columns_up_with_zeros(void **state)
{
    (void)state;
    check_sizes(check_to_columns);
}

static void check_to_rows(const glia__kernels *kernels, size_t m, size_t n, size_t stride)
{
    guarded columns = guarded_make(n * stride, SEED), rows = guarded_make(m * n, SEED + 1);
    kernels->to_rows(rows.values, columns.values, m, n, stride);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++)
            assert_true(rows.values[i * n + j] == columns.values[j * stride + i]);
    guarded_free(&rows);
    guarded_free(&columns);
}

static void test_to_rows_reads_the_first_rows_of_each_column(void **state)
{
    (void)state;
    check_sizes(check_to_rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_columns_fills_columns_up_with_zeros),
        cmocka_unit_test(test_to_rows_reads_the_first_rows_of_each_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
