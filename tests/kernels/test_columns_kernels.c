/* SPDX-License-Identifier: MIT */
/* A dense layer and softmax over columns, in every table: against those over rows, and against sums in a wider type. */
#include <stdio.h>

#include "kernels/kernel_harness.h"

#define SEED 23

/* How many vectors long the columns are, n units, k inputs. */
typedef struct shape {
    size_t vectors, n, k;
} shape;

typedef void check_fn(const glia__kernels *kernels, shape at);

/* Around the tiles of the kernels, and up to the widest layer that runs over columns. */
static const size_t widths[] = {1, 2, 3, 4, 5, 8, 9, 31};
static const size_t lengths[] = {1, 2, 4, 5, 9};

/* Every length and number of units, with k inputs. */
static void check_units(check_fn *check, size_t k)
{
    for (size_t t = 0; kernel_table(t) != NULL; t++)
        for (size_t i = 0; i < COUNT_OF(lengths); i++)
            for (size_t j = 0; j < COUNT_OF(widths); j++)
                check(kernel_table(t), (shape){lengths[i], widths[j], k});
}

static void check_shapes(check_fn *check)
{
    for (size_t i = 0; i < COUNT_OF(widths); i++)
        check_units(check, widths[i]);
}

static void assert_sum(real actual, const kernel_sum *of, const glia__kernels *kernels, shape at)
{
    char where[64];
    snprintf(where, sizeof where, "%zu vectors, n %zu, k %zu", at.vectors, at.n, at.k);
    kernel_assert_sum(actual, of, kernels, where);
}

/* The arrays of one layer over columns: x and d_x [k][stride], weight and d_weight [k][n], bias and d_bias [n], y and
 * d_y [n][stride]. */
typedef struct layer_arrays {
    size_t stride;
    guarded x, weight, bias, y, d_y, d_x, d_weight, d_bias;
} layer_arrays;

static layer_arrays make_arrays(const glia__kernels *kernels, shape at)
{
    size_t stride = at.vectors * kernels->lanes;
    return (layer_arrays){
        .stride = stride,
        .x = guarded_make(at.k * stride, SEED),
        .weight = guarded_make(at.k * at.n, SEED + 1),
        .bias = guarded_make(at.n, SEED + 2),
        .y = guarded_make(at.n * stride, SEED + 3),
        .d_y = guarded_make(at.n * stride, SEED + 4),
        .d_x = guarded_make(at.k * stride, SEED + 5),
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

/* Columns as rows, to be freed. */
static guarded rows_of(const glia__kernels *kernels, guarded columns, size_t width)
{
    guarded rows = guarded_make(columns.count, SEED);
    size_t stride = columns.count / width;
    kernels->to_rows(rows.values, columns.values, stride, width, stride);
    return rows;
}

static void test_columns_are_of_whole_vectors_of_at_most_16(void **state)
{
    (void)state;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        size_t lanes = kernel_table(t)->lanes;
        assert_true(lanes >= 1 && lanes <= 16 && (lanes & (lanes - 1)) == 0);
    }
}

static void check_forward_with(const glia__kernels *kernels, shape at, bool has_bias)
{
    layer_arrays arrays = make_arrays(kernels, at);
    const real *bias = has_bias ? arrays.bias.values : NULL;
    kernels->columns_forward(arrays.y.values, arrays.x.values, arrays.weight.values, bias, arrays.stride, at.n, at.k);
    guarded x = rows_of(kernels, arrays.x, at.k), y = rows_of(kernels, arrays.y, at.n);
    guarded expected = guarded_make(y.count, SEED);
    kernels->dense_forward(expected.values, x.values, arrays.weight.values, bias, arrays.stride, at.n, at.k,
                           kernel_scratch(kernels));
    assert_same_bits(y.values, expected.values, y.count);
    guarded_free(&x);
    guarded_free(&y);
    guarded_free(&expected);
    free_arrays(&arrays);
}

static void check_forward(const glia__kernels *kernels, shape at)
{
    check_forward_with(kernels, at, true);
    check_forward_with(kernels, at, false);
}

static void test_forward_has_the_bits_of_that_over_rows(void **state)
{
    (void)state;
    check_shapes(check_forward);
}

/* The sum of products of two columns, begun with a number. */
static kernel_sum dot(real first, const real *a, const real *b, size_t count)
{
    kernel_sum sum = kernel_sum_begin(first);
    for (size_t i = 0; i < count; i++)
        kernel_sum_add(&sum, a[i], b[i]);
    return sum;
}

static void check_weight_gradient_that(const glia__kernels *kernels, shape at, bool adds)
{
    layer_arrays arrays = make_arrays(kernels, at);
    guarded before = guarded_copy(arrays.d_weight);
    size_t stride = arrays.stride;
    kernels->columns_weight_gradient(arrays.d_weight.values, arrays.x.values, arrays.d_y.values, stride, at.n, at.k,
                                     adds);
    for (size_t place = 0; place < at.k * at.n; place++) {
        kernel_sum expected = dot(adds ? before.values[place] : 0, arrays.x.values + place / at.n * stride,
                                  arrays.d_y.values + place % at.n * stride, stride);
        assert_sum(arrays.d_weight.values[place], &expected, kernels, at);
    }
    guarded_free(&before);
    free_arrays(&arrays);
}

static void check_weight_gradient(const glia__kernels *kernels, shape at)
{
    check_weight_gradient_that(kernels, at, false);
    check_weight_gradient_that(kernels, at, true);
}

static void test_weight_gradient_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_weight_gradient);
}

static void check_bias_gradient_that(const glia__kernels *kernels, shape at, bool adds)
{
    layer_arrays arrays = make_arrays(kernels, at);
    guarded before = guarded_copy(arrays.d_bias);
    kernels->columns_bias_gradient(arrays.d_bias.values, arrays.d_y.values, arrays.stride, at.n, adds);
    for (size_t unit = 0; unit < at.n; unit++) {
        kernel_sum expected = kernel_sum_begin(adds ? before.values[unit] : 0);
        for (size_t row = 0; row < arrays.stride; row++)
            kernel_sum_add(&expected, 1, arrays.d_y.values[unit * arrays.stride + row]);
        assert_sum(arrays.d_bias.values[unit], &expected, kernels, at);
    }
    guarded_free(&before);
    free_arrays(&arrays);
}

static void check_bias_gradient(const glia__kernels *kernels, shape at)
{
    check_bias_gradient_that(kernels, at, false);
    check_bias_gradient_that(kernels, at, true);
}

static void test_bias_gradient_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_bias_gradient);
}

/* Blocks of 64 rows, each summed from 0 and then added: alone, the 1s are too small to change the large number of the
 * first block. */
static void test_bias_gradient_is_summed_in_blocks_of_rows(void **state)
{
    (void)state;
    const real large = 2 / (real)ROUNDING;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        size_t lanes = kernel_table(t)->lanes;
        real d_bias, d_y[2 * GLIA__ROW_BLOCK] = {0};
        d_y[0] = large;
        for (size_t row = GLIA__ROW_BLOCK; row < COUNT_OF(d_y); row += lanes)
            d_y[row] = 1; /* in the same lane */
        kernel_table(t)->columns_bias_gradient(&d_bias, d_y, COUNT_OF(d_y), 1, false);
        assert_true(d_bias == large + (real)(GLIA__ROW_BLOCK / lanes));
    }
}

static void check_input_gradient(const glia__kernels *kernels, shape at)
{
    layer_arrays arrays = make_arrays(kernels, at);
    size_t stride = arrays.stride;
    kernels->columns_input_gradient(arrays.d_x.values, arrays.d_y.values, arrays.weight.values, stride, at.n, at.k);
    for (size_t place = 0; place < at.k * stride; place++) {
        kernel_sum expected = kernel_sum_begin(0);
        for (size_t unit = 0; unit < at.n; unit++)
            kernel_sum_add(&expected, arrays.d_y.values[unit * stride + place % stride],
                           arrays.weight.values[place / stride * at.n + unit]);
        assert_sum(arrays.d_x.values[place], &expected, kernels, at);
    }
    free_arrays(&arrays);
}

static void test_input_gradient_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_input_gradient);
}

/* Where NaN goes: a number of row 1 is NaN, and its factors are 0. */
static void test_nan_spreads_to_its_row_alone(void **state)
{
    (void)state;
    const shape at = {3, 5, 7};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        const glia__kernels *kernels = kernel_table(t);
        layer_arrays arrays = make_arrays(kernels, at);
        size_t stride = arrays.stride;
        arrays.x.values[4 * stride + 1] = arrays.d_y.values[2 * stride + 1] = (real)NAN;
        for (size_t unit = 0; unit < at.n; unit++)
            arrays.weight.values[4 * at.n + unit] = 0;
        for (size_t input = 0; input < at.k; input++)
            arrays.weight.values[input * at.n + 2] = 0;
        kernels->columns_forward(arrays.y.values, arrays.x.values, arrays.weight.values, arrays.bias.values, stride,
                                 at.n, at.k);
        kernels->columns_input_gradient(arrays.d_x.values, arrays.d_y.values, arrays.weight.values, stride, at.n, at.k);
        for (size_t i = 0; i < arrays.y.count; i++)
            assert_int_equal(isnan(arrays.y.values[i]) != 0, i % stride == 1);
        for (size_t i = 0; i < arrays.d_x.count; i++)
            assert_int_equal(isnan(arrays.d_x.values[i]) != 0, i % stride == 1);
        free_arrays(&arrays);
    }
}

static void test_nan_spreads_to_the_gradients_of_its_unit(void **state)
{
    (void)state;
    const shape at = {3, 5, 7};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        const glia__kernels *kernels = kernel_table(t);
        layer_arrays arrays = make_arrays(kernels, at);
        size_t stride = arrays.stride;
        arrays.d_y.values[2 * stride + 1] = (real)NAN;
        kernels->columns_weight_gradient(arrays.d_weight.values, arrays.x.values, arrays.d_y.values, stride, at.n, at.k,
                                         false);
        kernels->columns_bias_gradient(arrays.d_bias.values, arrays.d_y.values, stride, at.n, false);
        for (size_t i = 0; i < arrays.d_weight.count; i++)
            assert_int_equal(isnan(arrays.d_weight.values[i]) != 0, i % at.n == 2);
        for (size_t i = 0; i < at.n; i++)
            assert_int_equal(isnan(arrays.d_bias.values[i]) != 0, i == 2);
        free_arrays(&arrays);
    }
}

/* softmax */

/* Logits within +-16, [n][stride]; among those of rows 0 to 2 some that are infinite or NaN. */
static guarded make_logits(size_t n, size_t stride, bool has_special_values)
{
    const real special[] = {(real)-INFINITY, (real)INFINITY, (real)NAN};
    guarded x = guarded_make(n * stride, SEED);
    for (size_t i = 0; i < x.count; i++)
        x.values[i] *= 16;
    for (size_t row = 0; has_special_values && row < COUNT_OF(special) && row < stride; row++)
        x.values[(row + n / 2) % n * stride + row] = special[row];
    return x;
}

static void check_softmax(const glia__kernels *kernels, shape at)
{
    size_t stride = at.vectors * kernels->lanes;
    for (int has_special_values = 0; has_special_values < 2; has_special_values++) {
        guarded x = make_logits(at.n, stride, has_special_values), y = guarded_make(x.count, SEED);
        kernels->softmax_columns(y.values, x.values, stride, at.n);
        guarded rows = rows_of(kernels, x, at.n), y_rows = rows_of(kernels, y, at.n);
        kernels->softmax(rows.values, rows.values, stride, at.n);
        if (has_special_values)
            assert_same_values(y_rows.values, rows.values, rows.count, kernels);
        else
            assert_same_bits(y_rows.values, rows.values, rows.count);
        kernels->softmax_columns(x.values, x.values, stride, at.n); /* in place */
        assert_same_values(x.values, y.values, x.count, kernels);
        guarded_free(&x);
        guarded_free(&y);
        guarded_free(&rows);
        guarded_free(&y_rows);
    }
}

static void test_softmax_has_the_bits_of_that_over_rows(void **state)
{
    (void)state;
    check_units(check_softmax, 1);
}

/* In units of u y (|d_y| + sum |d_y y|), as over rows: n + 1 roundings of the sum, a difference and a product. */
static void check_softmax_backward(const glia__kernels *kernels, shape at)
{
    size_t stride = at.vectors * kernels->lanes;
    guarded y = make_logits(at.n, stride, false), d_y = guarded_make(y.count, SEED + 1), d_x = guarded_copy(d_y);
    kernels->softmax_columns(y.values, y.values, stride, at.n);
    kernels->softmax_columns_backward(d_x.values, d_y.values, y.values, stride, at.n);
    for (size_t place = 0; place < y.count; place++) {
        kernel_sum sum = kernel_sum_begin(0);
        for (size_t i = place % stride; i < y.count; i += stride)
            kernel_sum_add(&sum, d_y.values[i], y.values[i]);
        wide p = (wide)y.values[place], d = (wide)d_y.values[place], scale = (d < 0 ? -d : d) + sum.magnitude;
        wide bound = ((wide)at.n + 3) * (wide)ROUNDING * p * scale + (wide)LEAST_NORMAL;
        assert_within_bound((wide)d_x.values[place] - p * (d - sum.exact), bound, kernels, "softmax_columns_backward");
    }
    kernels->softmax_columns_backward(d_y.values, d_y.values, y.values, stride, at.n); /* in place */
    assert_same_bits(d_y.values, d_x.values, d_x.count);
    guarded_free(&y);
    guarded_free(&d_y);
    guarded_free(&d_x);
}

static void test_softmax_backward_is_within_the_bound(void **state)
{
    (void)state;
    check_units(check_softmax_backward, 1);
}

static int print_seed(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_of_whole_vectors_of_at_most_16),
        cmocka_unit_test(test_forward_has_the_bits_of_that_over_rows),
        cmocka_unit_test(test_weight_gradient_is_within_the_bound),
        cmocka_unit_test(test_bias_gradient_is_within_the_bound),
        cmocka_unit_test(test_bias_gradient_is_summed_in_blocks_of_rows),
        cmocka_unit_test(test_input_gradient_is_within_the_bound),
        cmocka_unit_test(test_nan_spreads_to_its_row_alone),
        cmocka_unit_test(test_nan_spreads_to_the_gradients_of_its_unit),
        cmocka_unit_test(test_softmax_has_the_bits_of_that_over_rows),
        cmocka_unit_test(test_softmax_backward_is_within_the_bound),
    };
    return cmocka_run_group_tests(tests, print_seed, NULL) != 0;
}
