/* SPDX-License-Identifier: MIT */
/* The matrix products of every table against the same sums in a wider type. */
#include <stdio.h>

#include "kernels/kernel_harness.h"

#define SEED 20

/* m rows of the batch, n units, k inputs */
typedef struct shape {
    size_t m, n, k;
} shape;

typedef void check_fn(const glia__kernels *kernels, shape at);

/* How far apart the numbers of a result lie that are checked: all of a small one, some of each row and column of a
 * large one. */
static size_t sparseness(size_t count)
{
    return count < 20000 ? 1 : 37;
}

/* Around the sizes of vectors, register tiles and blocks of rows. */
static const size_t sizes[] = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 257};
static const size_t small_sizes[] = {1, 2, 3, 4, 8, 17};

/* For products that copy parts of the matrices: more than one block of rows and of steps, rows that lie a power of two
 * apart, are far from each other or begin anywhere on a line of the cache, few rows with many weights, more of them
 * than are read at a time in place, and more lanes than units. */
static const shape large_shapes[] = {{271, 515, 1024}, {300, 300, 290}, {67, 1100, 270}, {20, 100, 300}, {33, 61, 129},
                                     {131, 129, 120},  {600, 140, 30},  {32, 128, 530},  {200, 9, 63}};

/* Every size in each place, all triples of the small ones, and the large ones for kernels that have room to copy to. */
static void check_shapes(check_fn *check)
{
    print_message("seed %d\n", SEED);
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            check(kernel_table(t), (shape){sizes[i], 7, 9});
            check(kernel_table(t), (shape){9, sizes[i], 7});
            check(kernel_table(t), (shape){7, 9, sizes[i]});
        }
        for (size_t i = 0; i < COUNT_OF(small_sizes); i++)
            for (size_t j = 0; j < COUNT_OF(small_sizes); j++)
                for (size_t l = 0; l < COUNT_OF(small_sizes); l++)
                    check(kernel_table(t), (shape){small_sizes[i], small_sizes[j], small_sizes[l]});
        for (size_t i = 0; i < COUNT_OF(large_shapes) && kernel_table(t)->scratch_count > 0; i++)
            check(kernel_table(t), large_shapes[i]);
    }
}

static void assert_sum(real actual, const kernel_sum *of, const glia__kernels *kernels, shape at)
{
    char where[64];
    snprintf(where, sizeof where, "m %zu, n %zu, k %zu", at.m, at.n, at.k);
    kernel_assert_sum(actual, of, kernels, where);
}

/* The arrays of one layer: x [m][k], weight [k][n], bias [n], and y and d_y [m][n]. */
typedef struct layer_arrays {
    guarded x, weight, bias, y, d_y, d_x, d_weight, d_bias;
} layer_arrays;

static layer_arrays make_arrays(shape at)
{
    return (layer_arrays){
        .x = guarded_make(at.m * at.k, SEED),
        .weight = guarded_make(at.k * at.n, SEED + 1),
        .bias = guarded_make(at.n, SEED + 2),
        .y = guarded_make(at.m * at.n, SEED + 3),
        .d_y = guarded_make(at.m * at.n, SEED + 4),
        .d_x = guarded_make(at.m * at.k, SEED + 5),
        .d_weight = guarded_make(at.k * at.n, SEED + 6),
        .d_bias = guarded_make(at.n, SEED + 7),
    };
}

static void free_arrays(layer_arrays *arrays)
{
    guarded *const all[] = {&arrays->x,   &arrays->weight, &arrays->bias,     &arrays->y,
                            &arrays->d_y, &arrays->d_x,    &arrays->d_weight, &arrays->d_bias};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        guarded_free(all[i]);
}

static void run_forward(const glia__kernels *kernels, shape at, layer_arrays *arrays)
{
    kernels->dense_forward(arrays->y.values, arrays->x.values, arrays->weight.values, arrays->bias.values, at.m, at.n,
                           at.k, kernel_scratch(kernels));
}

static void check_forward_sums(const glia__kernels *kernels, shape at, const layer_arrays *arrays, const real *bias)
{
    for (size_t place = 0; place < at.m * at.n; place += sparseness(at.m * at.n)) {
        size_t row = place / at.n, unit = place % at.n;
        kernel_sum expected = kernel_sum_begin(bias == NULL ? 0 : bias[unit]);
        for (size_t input = 0; input < at.k; input++)
            kernel_sum_add(&expected, arrays->x.values[row * at.k + input], arrays->weight.values[input * at.n + unit]);
        assert_sum(arrays->y.values[place], &expected, kernels, at);
    }
}

static void check_forward(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    run_forward(kernels, at, &arrays);
    check_forward_sums(kernels, at, &arrays, arrays.bias.values);
    free_arrays(&arrays);
}

static void check_forward_without_bias(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    kernels->dense_forward(arrays.y.values, arrays.x.values, arrays.weight.values, NULL, at.m, at.n, at.k,
                           kernel_scratch(kernels));
    check_forward_sums(kernels, at, &arrays, NULL);
    free_arrays(&arrays);
}

static void test_forward_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_forward);
}

static void test_forward_without_bias_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_forward_without_bias);
}

static void check_forward_by_rows(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    run_forward(kernels, at, &arrays);
    for (size_t row = 0; row < at.m; row++) {
        guarded alone = guarded_make(at.n, SEED);
        kernels->dense_forward(alone.values, arrays.x.values + row * at.k, arrays.weight.values, arrays.bias.values, 1,
                               at.n, at.k, kernel_scratch(kernels));
        assert_same_bits(arrays.y.values + row * at.n, alone.values, at.n);
        guarded_free(&alone);
    }
    free_arrays(&arrays);
}

static void test_forward_of_a_row_has_the_same_bits_in_any_batch(void **state)
{
    (void)state;
    check_shapes(check_forward_by_rows);
}

static void check_forward_without_scratch(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    run_forward(kernels, at, &arrays);
    guarded alone = guarded_make(at.m * at.n, SEED);
    kernels->dense_forward(alone.values, arrays.x.values, arrays.weight.values, arrays.bias.values, at.m, at.n, at.k,
                           NULL);
    assert_same_bits(arrays.y.values, alone.values, alone.count);
    guarded_free(&alone);
    free_arrays(&arrays);
}

static void test_forward_has_the_same_bits_without_scratch(void **state)
{
    (void)state;
    check_shapes(check_forward_without_scratch);
}

/* One running sum in the order of the inputs, begun with the bias. With numbers of very different size another order
 * would lose the small ones. */
static void test_forward_sums_in_the_order_of_the_inputs(void **state)
{
    (void)state;
    const real large = 1 / (real)ROUNDING, x[] = {1, 1, 1, 1}, weight[] = {large, 1, 1, -large}, bias[] = {1};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real y;
        kernel_table(t)->dense_forward(&y, x, weight, bias, 1, 1, 4, kernel_scratch(kernel_table(t)));
        assert_true(y == 0); /* the 1s are halves of what large can hold: each is rounded away, to even */
    }
}

/* Of the inputs from `first` on, up to `end`. */
static void run_weight_gradient(const glia__kernels *kernels, shape at, const layer_arrays *arrays, real *d_weight,
                                size_t first, size_t end, bool adds)
{
    kernels->dense_weight_gradient(d_weight + first * at.n, arrays->x.values + first, arrays->d_y.values, at.m, at.n,
                                   end - first, at.k, adds, kernel_scratch(kernels));
}

static void check_weight_gradient_sums(const glia__kernels *kernels, shape at, const layer_arrays *arrays,
                                       const real *before)
{
    for (size_t place = 0; place < at.k * at.n; place += sparseness(at.k * at.n)) {
        size_t input = place / at.n, unit = place % at.n;
        kernel_sum expected = kernel_sum_begin(before == NULL ? 0 : before[place]);
        for (size_t row = 0; row < at.m; row++)
            kernel_sum_add(&expected, arrays->x.values[row * at.k + input], arrays->d_y.values[row * at.n + unit]);
        assert_sum(arrays->d_weight.values[place], &expected, kernels, at);
    }
}

static void check_added_weight_gradient(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    guarded before = guarded_copy(arrays.d_weight);
    run_weight_gradient(kernels, at, &arrays, arrays.d_weight.values, 0, at.k, true);
    check_weight_gradient_sums(kernels, at, &arrays, before.values);
    guarded_free(&before);
    free_arrays(&arrays);
}

static void test_weight_gradient_is_added_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_added_weight_gradient);
}

static void check_overwritten_weight_gradient(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    for (size_t i = 0; i < arrays.d_weight.count; i++)
        arrays.d_weight.values[i] = (real)NAN;
    run_weight_gradient(kernels, at, &arrays, arrays.d_weight.values, 0, at.k, false);
    check_weight_gradient_sums(kernels, at, &arrays, NULL);
    free_arrays(&arrays);
}

static void test_weight_gradient_is_overwritten_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_overwritten_weight_gradient);
}

/* Added to 0, the sums are the same. */
static void check_overwriting_and_adding(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    guarded added = guarded_copy(arrays.d_weight);
    for (size_t i = 0; i < added.count; i++)
        added.values[i] = 0;
    run_weight_gradient(kernels, at, &arrays, added.values, 0, at.k, true);
    run_weight_gradient(kernels, at, &arrays, arrays.d_weight.values, 0, at.k, false);
    assert_same_bits(arrays.d_weight.values, added.values, added.count);
    guarded_free(&added);
    free_arrays(&arrays);
}

static void test_weight_gradient_has_the_same_bits_overwritten_and_added_to_0(void **state)
{
    (void)state;
    check_shapes(check_overwriting_and_adding);
}

/* Some inputs of a wider layer, as threads take them. */
static void check_weight_gradient_by_inputs(const glia__kernels *kernels, shape at)
{
    for (int adds = 0; adds < 2; adds++) {
        layer_arrays arrays = make_arrays(at);
        guarded parts = guarded_copy(arrays.d_weight);
        size_t first = at.k / 3;
        run_weight_gradient(kernels, at, &arrays, arrays.d_weight.values, 0, at.k, adds != 0);
        if (first > 0)
            run_weight_gradient(kernels, at, &arrays, parts.values, 0, first, adds != 0);
        run_weight_gradient(kernels, at, &arrays, parts.values, first, at.k, adds != 0);
        assert_same_bits(parts.values, arrays.d_weight.values, parts.count);
        guarded_free(&parts);
        free_arrays(&arrays);
    }
}

static void test_weight_gradient_has_the_same_bits_for_some_of_the_inputs(void **state)
{
    (void)state;
    check_shapes(check_weight_gradient_by_inputs);
}

static void check_bias_gradient(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    guarded before = guarded_copy(arrays.d_bias);
    kernels->dense_bias_gradient(arrays.d_bias.values, arrays.d_y.values, at.m, at.n);
    for (size_t unit = 0; unit < at.n; unit++) {
        kernel_sum expected = kernel_sum_begin(before.values[unit]);
        for (size_t row = 0; row < at.m; row++)
            kernel_sum_add(&expected, 1, arrays.d_y.values[row * at.n + unit]);
        assert_sum(arrays.d_bias.values[unit], &expected, kernels, at);
    }
    guarded_free(&before);
    free_arrays(&arrays);
}

static void test_bias_gradient_is_added_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_bias_gradient);
}

/* Blocks of 64 rows, each summed from 0 and then added. */
static void test_bias_gradient_is_summed_in_blocks_of_rows(void **state)
{
    (void)state;
    const real large = 2 / (real)ROUNDING;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real d_bias = large, d_y[2 * GLIA__ROW_BLOCK];
        for (size_t row = 0; row < COUNT_OF(d_y); row++)
            d_y[row] = 1; /* alone too small to change `large` */
        kernel_table(t)->dense_bias_gradient(&d_bias, d_y, COUNT_OF(d_y), 1);
        assert_true(d_bias == large + 2 * GLIA__ROW_BLOCK);
    }
}

static void check_input_gradient(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(at);
    kernels->dense_input_gradient(arrays.d_x.values, arrays.d_y.values, arrays.weight.values, at.m, at.n, at.k,
                                  kernel_scratch(kernels));
    for (size_t place = 0; place < at.m * at.k; place += sparseness(at.m * at.k)) {
        size_t row = place / at.k, input = place % at.k;
        kernel_sum expected = kernel_sum_begin(0);
        for (size_t unit = 0; unit < at.n; unit++)
            kernel_sum_add(&expected, arrays.d_y.values[row * at.n + unit], arrays.weight.values[input * at.n + unit]);
        assert_sum(arrays.d_x.values[place], &expected, kernels, at);
    }
    free_arrays(&arrays);
}

static void test_input_gradient_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_input_gradient);
}

/* Threads take 16 rows or more of a batch that has as many. */
static void check_input_gradient_by_parts(const glia__kernels *kernels, shape at)
{
    enum {
        LEAST_ROWS = 16
    };
    size_t m = 2 * LEAST_ROWS + at.m, first = LEAST_ROWS + at.m / 2;
    layer_arrays arrays = make_arrays((shape){m, at.n, at.k});
    guarded parts = guarded_make(arrays.d_x.count, SEED);
    real *scratch = kernel_scratch(kernels);
    kernels->dense_input_gradient(arrays.d_x.values, arrays.d_y.values, arrays.weight.values, m, at.n, at.k, scratch);
    kernels->dense_input_gradient(parts.values, arrays.d_y.values, arrays.weight.values, first, at.n, at.k, scratch);
    kernels->dense_input_gradient(parts.values + first * at.k, arrays.d_y.values + first * at.n, arrays.weight.values,
                                  m - first, at.n, at.k, scratch);
    assert_same_bits(parts.values, arrays.d_x.values, arrays.d_x.count);
    guarded_free(&parts);
    free_arrays(&arrays);
}

static void test_input_gradient_has_the_same_bits_in_parts_of_16_rows_or_more(void **state)
{
    (void)state;
    check_shapes(check_input_gradient_by_parts);
}

/* Where NaN and infinity go */

static const shape medium = {5, 9, 17};

/* The other factors are 0: whoever leaves out products with 0 loses the NaN that 0 x infinity is. */
static void test_forward_spreads_nan_to_its_row_alone(void **state)
{
    (void)state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < COUNT_OF(bad); i++) {
            layer_arrays arrays = make_arrays(medium);
            arrays.x.values[2 * medium.k + 3] = (real)bad[i];
            for (size_t unit = 0; unit < medium.n; unit++)
                arrays.weight.values[3 * medium.n + unit] = 0;
            run_forward(kernel_table(t), medium, &arrays);
            for (size_t j = 0; j < arrays.y.count; j++)
                assert_int_equal(isnan(arrays.y.values[j]) != 0, j / medium.n == 2);
            free_arrays(&arrays);
        }
    }
}

static void test_forward_spreads_a_weight_that_is_not_finite_to_its_unit_alone(void **state)
{
    (void)state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < COUNT_OF(bad); i++) {
            layer_arrays arrays = make_arrays(medium);
            arrays.weight.values[3 * medium.n + 4] = (real)bad[i];
            for (size_t row = 0; row < medium.m; row++)
                arrays.x.values[row * medium.k + 3] = 0;
            run_forward(kernel_table(t), medium, &arrays);
            for (size_t j = 0; j < arrays.y.count; j++)
                assert_int_equal(isnan(arrays.y.values[j]) != 0, j % medium.n == 4);
            free_arrays(&arrays);
        }
    }
}

static void test_forward_overflows_to_infinity(void **state)
{
    (void)state;
    const real x[] = {REAL_MAX, 1}, weight[] = {2, 1}, bias[] = {0};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real y;
        kernel_table(t)->dense_forward(&y, x, weight, bias, 1, 1, 2, kernel_scratch(kernel_table(t)));
        assert_true(y == (real)INFINITY);
    }
}

static void test_gradients_spread_nan(void **state)
{
    (void)state;
    size_t m = medium.m, n = medium.n, k = medium.k;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        const glia__kernels *kernels = kernel_table(t);
        layer_arrays arrays = make_arrays(medium);
        arrays.d_y.values[2 * n + 4] = (real)NAN;
        for (size_t input = 0; input < k; input++)
            arrays.x.values[2 * k + input] = 0;
        run_weight_gradient(kernels, medium, &arrays, arrays.d_weight.values, 0, k, true);
        kernels->dense_bias_gradient(arrays.d_bias.values, arrays.d_y.values, m, n);
        kernels->dense_input_gradient(arrays.d_x.values, arrays.d_y.values, arrays.weight.values, m, n, k,
                                      kernel_scratch(kernels));
        for (size_t j = 0; j < arrays.d_weight.count; j++)
            assert_int_equal(isnan(arrays.d_weight.values[j]) != 0, j % n == 4);
        for (size_t j = 0; j < n; j++)
            assert_int_equal(isnan(arrays.d_bias.values[j]) != 0, j == 4);
        for (size_t j = 0; j < arrays.d_x.count; j++)
            assert_int_equal(isnan(arrays.d_x.values[j]) != 0, j / k == 2);
        free_arrays(&arrays);
    }
}

/* Choosing a table */

static void test_select_takes_the_best_without_a_limit(void **state)
{
    (void)state;
    const glia__kernels *best = NULL, *last = NULL;
    assert_ok(glia__kernels_select(&best, NULL));
    for (size_t t = 0; kernel_table(t) != NULL; t++)
        last = kernel_table(t);
    assert_ptr_equal(best, last);
}

static void test_select_knows_portable_everywhere(void **state)
{
    (void)state;
    assert_string_equal(kernel_table(0)->name, "portable");
}

static void test_select_refuses_an_unknown_name(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "avx", "Portable", "portable "};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const glia__kernels *kernels = NULL;
        assert_status(glia__kernels_select(&kernels, bad[i]), GLIA_ERR_TEXT);
        assert_message_has("portable");
        assert_null(kernels);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forward_is_within_the_bound),
        cmocka_unit_test(test_forward_without_bias_is_within_the_bound),
        cmocka_unit_test(test_forward_of_a_row_has_the_same_bits_in_any_batch),
        cmocka_unit_test(test_forward_has_the_same_bits_without_scratch),
        cmocka_unit_test(test_forward_sums_in_the_order_of_the_inputs),
        cmocka_unit_test(test_weight_gradient_is_added_within_the_bound),
        cmocka_unit_test(test_weight_gradient_is_overwritten_within_the_bound),
        cmocka_unit_test(test_weight_gradient_has_the_same_bits_overwritten_and_added_to_0),
        cmocka_unit_test(test_weight_gradient_has_the_same_bits_for_some_of_the_inputs),
        cmocka_unit_test(test_bias_gradient_is_added_within_the_bound),
        cmocka_unit_test(test_bias_gradient_is_summed_in_blocks_of_rows),
        cmocka_unit_test(test_input_gradient_is_within_the_bound),
        cmocka_unit_test(test_input_gradient_has_the_same_bits_in_parts_of_16_rows_or_more),
        cmocka_unit_test(test_forward_spreads_nan_to_its_row_alone),
        cmocka_unit_test(test_forward_spreads_a_weight_that_is_not_finite_to_its_unit_alone),
        cmocka_unit_test(test_forward_overflows_to_infinity),
        cmocka_unit_test(test_gradients_spread_nan),
        cmocka_unit_test(test_select_takes_the_best_without_a_limit),
        cmocka_unit_test(test_select_knows_portable_everywhere),
        cmocka_unit_test(test_select_refuses_an_unknown_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
