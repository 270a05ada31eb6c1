/* SPDX-License-Identifier: MIT */
/* The kernels of classification in every table: softmax and its backward. */
#include "kernels/kernel_harness.h"

#define SEED 22

#define INF  ((real)INFINITY)
#define NONE ((real)NAN)

typedef struct shape {
    size_t m, n;
} shape;

/* Around the sizes of vectors, and rows that are few or many, narrow or wide. */
static const shape shapes[] = {{1, 2},   {2, 3},   {3, 5},   {1, 7},   {5, 8},   {7, 9},   {2, 15},
                               {3, 16},  {4, 17},  {1, 31},  {2, 33},  {9, 65},  {3, 127}, {2, 129},
                               {129, 2}, {40, 10}, {17, 16}, {37, 31}, {16, 32}, {21, 40}, {35, 129}};

typedef void check_fn(const glia__kernels *kernels, shape at);

static void check_shapes(check_fn *check)
{
    for (size_t t = 0; kernel_table(t) != NULL; t++)
        for (size_t i = 0; i < COUNT_OF(shapes); i++)
            check(kernel_table(t), shapes[i]);
}

/* Logits within +-16. */
static guarded make_logits(shape at)
{
    guarded x = guarded_make(at.m * at.n, SEED);
    for (size_t i = 0; i < x.count; i++)
        x.values[i] *= 16;
    return x;
}

static real maximum_of(const real *x, size_t n)
{
    real maximum = x[0];
    for (size_t i = 1; i < n; i++)
        maximum = x[i] > maximum ? x[i] : maximum;
    return maximum;
}

/* The sum of exp(x - max) and the largest |x - max| of a row. */
static long double exponentials(const real *x, size_t n, long double *spread)
{
    long double maximum = (long double)maximum_of(x, n), sum = 0;
    *spread = 0;
    for (size_t i = 0; i < n; i++) {
        sum += expl((long double)x[i] - maximum);
        *spread = fmaxl(*spread, maximum - (long double)x[i]);
    }
    return sum;
}

/* Of every term, u |x - max| by the difference and 2 u by exp (1 ulp); of the sum, u a term; u by the quotient. */
static void check_softmax(const glia__kernels *kernels, shape at)
{
    guarded x = make_logits(at), y = guarded_make(at.m * at.n, SEED + 1);
    kernels->softmax(y.values, x.values, at.m, at.n);
    for (size_t row = 0; row < at.m; row++) {
        const real *logits = x.values + row * at.n;
        long double spread, sum = exponentials(logits, at.n, &spread), maximum = (long double)maximum_of(logits, at.n);
        for (size_t i = 0; i < at.n; i++) {
            long double exact = expl((long double)logits[i] - maximum) / sum;
            long double bound = (2 * spread + 5 + (long double)at.n) * ROUNDING * exact;
            assert_within_bound((wide)((long double)y.values[row * at.n + i] - exact), (wide)bound, kernels, "softmax");
        }
    }
    guarded_free(&x);
    guarded_free(&y);
}

static void test_softmax_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_softmax);
}

static void check_softmax_by_rows(const glia__kernels *kernels, shape at)
{
    guarded x = make_logits(at), y = guarded_make(at.m * at.n, SEED), alone = guarded_make(at.n, SEED);
    kernels->softmax(y.values, x.values, at.m, at.n);
    for (size_t row = 0; row < at.m; row++) {
        kernels->softmax(alone.values, x.values + row * at.n, 1, at.n);
        assert_same_bits(y.values + row * at.n, alone.values, at.n);
    }
    kernels->softmax(x.values, x.values, at.m, at.n);
    assert_same_bits(x.values, y.values, y.count);
    guarded_free(&x);
    guarded_free(&y);
    guarded_free(&alone);
}

static void test_softmax_has_the_same_bits_in_any_batch_and_in_place(void **state)
{
    (void)state;
    check_shapes(check_softmax_by_rows);
}

static void test_softmax_by_hand(void **state)
{
    (void)state;
    const real x[] = {3, 3, 3, 3, /**/ 0, -INF, 0, -INF, /**/ REAL_MAX, -REAL_MAX, 0, 1, /**/ -2, -INF, -INF, -INF};
    const real fourth = (real)0.25, half = (real)0.5;
    const real expected[] = {fourth, fourth, fourth, fourth, half, 0, half, 0, 1, 0, 0, 0, 1, 0, 0, 0};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real y[COUNT_OF(x)];
        kernel_table(t)->softmax(y, x, 4, 4);
        assert_same_values(y, expected, COUNT_OF(x), kernel_table(t));
    }
}

/* Wherever it stands, and in no other row. */
static void test_logit_of_nan_or_infinity_makes_its_row_nan(void **state)
{
    (void)state;
    const real bad[] = {NONE, INF};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t i = 0; i < 2 * 17; i++) {
            guarded x = make_logits((shape){3, 17}), y = guarded_make(3 * 17, SEED);
            x.values[17 + i / 2] = bad[i % 2];
            kernel_table(t)->softmax(y.values, x.values, 3, 17);
            for (size_t j = 0; j < y.count; j++)
                assert_int_equal(isnan(y.values[j]) != 0, j / 17 == 1);
            guarded_free(&x);
            guarded_free(&y);
        }
    }
}

/* In units of u y (|d_y| + sum |d_y y|): a product and an addition for each term of the sum, then a difference and a
 * product. */
static void check_softmax_backward(const glia__kernels *kernels, shape at)
{
    guarded y = make_logits(at), d_y = guarded_make(at.m * at.n, SEED + 1), d_x = guarded_make(at.m * at.n, SEED + 2);
    kernels->softmax(y.values, y.values, at.m, at.n);
    kernels->softmax_backward(d_x.values, d_y.values, y.values, at.m, at.n);
    for (size_t row = 0; row < at.m; row++) {
        const real *p = y.values + row * at.n, *d = d_y.values + row * at.n;
        wide sum = 0, magnitude = 0;
        for (size_t i = 0; i < at.n; i++) {
            sum += (wide)d[i] * (wide)p[i];
            magnitude += (wide)fabs((double)d[i]) * (wide)p[i];
        }
        for (size_t i = 0; i < at.n; i++) {
            wide exact = (wide)p[i] * ((wide)d[i] - sum), scale = (wide)fabs((double)d[i]) + magnitude;
            wide bound = ((wide)at.n + 3) * (wide)ROUNDING * (wide)p[i] * scale + (wide)LEAST_NORMAL;
            assert_within_bound((wide)d_x.values[row * at.n + i] - exact, bound, kernels, "softmax_backward");
        }
    }
    guarded_free(&y);
    guarded_free(&d_y);
    guarded_free(&d_x);
}

static void test_softmax_backward_is_within_the_bound(void **state)
{
    (void)state;
    check_shapes(check_softmax_backward);
}

static void check_softmax_backward_in_place(const glia__kernels *kernels, shape at)
{
    guarded y = make_logits(at), d = guarded_make(at.m * at.n, SEED + 1), d_x = guarded_make(at.m * at.n, SEED + 2);
    kernels->softmax(y.values, y.values, at.m, at.n);
    kernels->softmax_backward(d_x.values, d.values, y.values, at.m, at.n);
    kernels->softmax_backward(d.values, d.values, y.values, at.m, at.n);
    assert_same_bits(d.values, d_x.values, d.count);
    guarded_free(&y);
    guarded_free(&d);
    guarded_free(&d_x);
}

static void test_softmax_backward_works_in_place(void **state)
{
    (void)state;
    check_shapes(check_softmax_backward_in_place);
}

static void test_softmax_backward_by_hand(void **state)
{
    (void)state;
    const real y[] = {(real)0.5, (real)0.25, (real)0.25}, d_y[] = {2, 0, -4};
    const real expected[] = {1, 0, -1}; /* the sum is 0 */
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real d_x[3];
        kernel_table(t)->softmax_backward(d_x, d_y, y, 1, 3);
        assert_same_values(d_x, expected, 3, kernel_table(t));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_softmax_is_within_the_bound),
        cmocka_unit_test(test_softmax_has_the_same_bits_in_any_batch_and_in_place),
        cmocka_unit_test(test_softmax_by_hand),
        cmocka_unit_test(test_logit_of_nan_or_infinity_makes_its_row_nan),
        cmocka_unit_test(test_softmax_backward_is_within_the_bound),
        cmocka_unit_test(test_softmax_backward_works_in_place),
        cmocka_unit_test(test_softmax_backward_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
