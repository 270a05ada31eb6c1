/* SPDX-License-Identifier: MIT */
/* The activations of every table: values by hand, special values, and bounds against long double. */
#include <stdio.h>
#include <string.h>

#include "kernels/kernel_harness.h"

#define SEED 21

/* Around the sizes of vectors. */
static const size_t sizes[] = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 127, 129};

/* An activation and its backward, by where they stand in a table. */
typedef struct activation {
    const char *name;
    glia__activation_fn *forward;
    glia__activation_backward_fn *backward; /* NULL: it has none */
    real setting;
} activation;

enum {
    RELU,
    LEAKY_RELU,
    SIGMOID,
    TANH,
    STEP,
    ACTIVATIONS
};

static activation activation_of(const glia__kernels *kernels, size_t index)
{
    const activation all[ACTIVATIONS] = {
        [RELU] = {"relu", kernels->relu, kernels->relu_backward, 0},
        [LEAKY_RELU] = {"leaky_relu", kernels->leaky_relu, kernels->leaky_relu_backward, (real)0.25},
        [SIGMOID] = {"sigmoid", kernels->sigmoid, kernels->sigmoid_backward, 0},
        [TANH] = {"tanh", kernels->tanh, kernels->tanh_backward, 0},
        [STEP] = {"step", kernels->step, NULL, 0},
    };
    return all[index];
}

/* The size of the last digit of a number, that of the smallest normal number below it. */
static long double ulp_of(long double value)
{
    int exponent;
    frexpl(fabsl(value) < LEAST_NORMAL ? (long double)LEAST_NORMAL : value, &exponent);
    return ldexpl(2 * ROUNDING, exponent - 1);
}

static void assert_ulp(real actual, long double exact, double ulps, const glia__kernels *kernels, const char *what)
{
    long double error = (long double)actual - exact;
    assert_within_bound((wide)(error / ulp_of(exact)), (wide)ulps, kernels, what);
}

static void assert_values(size_t index, const real *x, const real *expected, size_t count)
{
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        activation of = activation_of(kernel_table(t), index);
        for (size_t i = 0; i < count; i++) { /* a lone value and a full vector may go different ways */
            real xs[64], ys[64], es[64];
            for (size_t j = 0; j < COUNT_OF(xs); j++) {
                xs[j] = x[i];
                es[j] = expected[i];
            }
            of.forward(ys, xs, of.setting, 1);
            assert_same_values(ys, es, 1, kernel_table(t));
            of.forward(ys, xs, of.setting, COUNT_OF(xs));
            assert_same_values(ys, es, COUNT_OF(xs), kernel_table(t));
        }
    }
}

#define INF  ((real)INFINITY)
#define NONE ((real)NAN)

static void test_relu_by_hand(void **state)
{
    (void)state;
    const real x[] = {-INF, -REAL_MAX, -1, (real)-0.0, 0, (real)0.5, REAL_MAX, INF, NONE};
    const real y[] = {0, 0, 0, 0, 0, (real)0.5, REAL_MAX, INF, NONE};
    assert_values(RELU, x, y, COUNT_OF(x));
}

static void test_leaky_relu_by_hand(void **state)
{
    (void)state;
    const real x[] = {-INF, -4, (real)-0.0, 0, 3, REAL_MAX, INF, NONE};
    const real y[] = {-INF, -1, 0, 0, 3, REAL_MAX, INF, NONE};
    assert_values(LEAKY_RELU, x, y, COUNT_OF(x));
}

/* Not 0 x -infinity, which is NaN. */
static void test_leaky_relu_of_slope_0_is_relu(void **state)
{
    (void)state;
    const real x[] = {-INF, -4, 0, 3, NONE}, expected[] = {0, 0, 0, 3, NONE};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        real y[COUNT_OF(x)];
        kernel_table(t)->leaky_relu(y, x, 0, COUNT_OF(x));
        assert_same_values(y, expected, COUNT_OF(x), kernel_table(t));
    }
}

static void test_step_is_1_from_0_on(void **state)
{
    (void)state;
    const real x[] = {-INF, -1, (real)-LEAST_NORMAL, (real)-0.0, 0, (real)LEAST_NORMAL, 2, INF, NONE};
    const real y[] = {0, 0, 0, 1, 1, 1, 1, 1, NONE};
    assert_values(STEP, x, y, COUNT_OF(x));
}

static void test_sigmoid_special_values(void **state)
{
    (void)state;
    const real x[] = {-INF, -REAL_MAX, (real)-0.0, 0, REAL_MAX, INF, NONE};
    const real y[] = {0, 0, (real)0.5, (real)0.5, 1, 1, NONE};
    assert_values(SIGMOID, x, y, COUNT_OF(x));
}

static void test_tanh_special_values(void **state)
{
    (void)state;
    const real x[] = {-INF, -REAL_MAX, (real)-0.0, 0, REAL_MAX, INF, NONE};
    const real y[] = {-1, -1, 0, 0, 1, 1, NONE};
    assert_values(TANH, x, y, COUNT_OF(x));
}

static long double exact_sigmoid(long double x)
{
    return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x));
}

/* Random arguments of every size that matters: 2^-30 to 2^7, of both signs. */
static void fill_arguments(guarded x)
{
    for (size_t i = 0; i < x.count; i++)
        x.values[i] *= (real)ldexp(1, (int)(glia_random(SEED, UINT32_MAX, 0, i) % 38) - 30);
}

static void assert_activation_within(size_t index, long double exact(long double), double ulps)
{
    print_message("seed %d\n", SEED);
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        activation of = activation_of(kernel_table(t), index);
        guarded x = guarded_make(20001, SEED), y = guarded_make(x.count, SEED);
        fill_arguments(x);
        of.forward(y.values, x.values, of.setting, x.count);
        for (size_t i = 0; i < x.count; i++)
            assert_ulp(y.values[i], exact((long double)x.values[i]), ulps, kernel_table(t), of.name);
        guarded_free(&x);
        guarded_free(&y);
    }
}

static void test_sigmoid_is_within_2_5_ulp(void **state)
{
    (void)state;
    assert_activation_within(SIGMOID, exact_sigmoid, 2.5);
}

static void test_tanh_is_within_2_ulp(void **state)
{
    (void)state;
    assert_activation_within(TANH, tanhl, 2);
}

/* Each value has the same bits wherever it stands, and nothing is written past the end. */
static void test_activations_do_not_depend_on_the_place(void **state)
{
    (void)state;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t a = 0; a < ACTIVATIONS; a++) {
            activation of = activation_of(kernel_table(t), a);
            for (size_t s = 0; s < COUNT_OF(sizes); s++) {
                guarded x = guarded_make(sizes[s], SEED), y = guarded_make(sizes[s], SEED + 1);
                of.forward(y.values, x.values, of.setting, sizes[s]);
                for (size_t i = 0; i < sizes[s]; i++) {
                    real alone;
                    of.forward(&alone, &x.values[i], of.setting, 1);
                    assert_same_bits(&y.values[i], &alone, 1);
                }
                guarded_free(&x);
                guarded_free(&y);
            }
        }
    }
}

static void test_activations_work_in_place(void **state)
{
    (void)state;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t a = 0; a < ACTIVATIONS; a++) {
            activation of = activation_of(kernel_table(t), a);
            guarded x = guarded_make(129, SEED), y = guarded_make(129, SEED + 1);
            of.forward(y.values, x.values, of.setting, x.count);
            of.forward(x.values, x.values, of.setting, x.count);
            assert_same_bits(x.values, y.values, x.count);
            guarded_free(&x);
            guarded_free(&y);
        }
    }
}

/* Kernels that do not round have the bits of the portable ones. */
static void test_relu_and_step_equal_the_portable_kernels(void **state)
{
    (void)state;
    static const size_t exact[] = {RELU, STEP};
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t a = 0; a < COUNT_OF(exact); a++) {
            activation of = activation_of(kernel_table(t), exact[a]);
            activation portable = activation_of(&glia__kernels_portable, exact[a]);
            guarded x = guarded_make(129, SEED), y = guarded_make(129, SEED), expected = guarded_make(129, SEED);
            of.forward(y.values, x.values, 0, x.count);
            portable.forward(expected.values, x.values, 0, x.count);
            assert_same_values(y.values, expected.values, x.count, kernel_table(t));
            guarded_free(&x);
            guarded_free(&y);
            guarded_free(&expected);
        }
    }
}

/* Backward */

static void assert_backward(size_t index, const real *y, const real *expected, size_t count)
{
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        activation of = activation_of(kernel_table(t), index);
        for (size_t i = 0; i < count; i++) {
            real ys[64], d_y[64], d_x[64], es[64];
            for (size_t j = 0; j < COUNT_OF(ys); j++) {
                ys[j] = y[i];
                d_y[j] = -8;
                es[j] = expected[i];
            }
            of.backward(d_x, d_y, ys, of.setting, COUNT_OF(ys));
            assert_same_values(d_x, es, COUNT_OF(ys), kernel_table(t));
        }
    }
}

static void test_relu_backward_by_hand(void **state)
{
    (void)state;
    const real y[] = {0, (real)LEAST_NORMAL, 3, INF, NONE}, d_x[] = {0, -8, -8, -8, NONE};
    assert_backward(RELU, y, d_x, COUNT_OF(y));
}

static void test_leaky_relu_backward_by_hand(void **state)
{
    (void)state;
    const real y[] = {-INF, -1, 0, (real)0.5, INF, NONE}, d_x[] = {-2, -2, -2, -8, -8, NONE};
    assert_backward(LEAKY_RELU, y, d_x, COUNT_OF(y));
}

static void test_sigmoid_backward_by_hand(void **state)
{
    (void)state;
    const real y[] = {0, (real)0.25, (real)0.5, 1, NONE}, d_x[] = {0, (real)-1.5, -2, 0, NONE};
    assert_backward(SIGMOID, y, d_x, COUNT_OF(y));
}

static void test_tanh_backward_by_hand(void **state)
{
    (void)state;
    const real y[] = {-1, (real)-0.5, 0, (real)0.75, 1, NONE}, d_x[] = {0, -6, -8, (real)-3.5, 0, NONE};
    assert_backward(TANH, y, d_x, COUNT_OF(y));
}

static wide sigmoid_slope(wide y)
{
    return y * (1 - y);
}

static wide tanh_slope(wide y)
{
    return 1 - y * y;
}

/* Two products and a difference with 1: within 4 u of |d_y| (1 + y^2), and nothing is written past the end. */
static void assert_slopes(size_t index, wide slope(wide y))
{
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        activation of = activation_of(kernel_table(t), index);
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            guarded y = guarded_make(sizes[s], SEED), d_y = guarded_make(sizes[s], SEED + 1);
            guarded d_x = guarded_make(sizes[s], SEED + 2);
            of.backward(d_x.values, d_y.values, y.values, of.setting, sizes[s]);
            for (size_t i = 0; i < sizes[s]; i++) {
                wide magnitude = (wide)fabs((double)d_y.values[i]) * (1 + (wide)y.values[i] * (wide)y.values[i]);
                assert_within_bound((wide)d_x.values[i] - (wide)d_y.values[i] * slope((wide)y.values[i]),
                                    4 * (wide)ROUNDING * magnitude, kernel_table(t), of.name);
            }
            guarded_free(&y);
            guarded_free(&d_y);
            guarded_free(&d_x);
        }
    }
}

static void test_sigmoid_backward_is_within_4_roundings(void **state)
{
    (void)state;
    assert_slopes(SIGMOID, sigmoid_slope);
}

static void test_tanh_backward_is_within_4_roundings(void **state)
{
    (void)state;
    assert_slopes(TANH, tanh_slope);
}

static void test_backwards_work_in_place(void **state)
{
    (void)state;
    for (size_t t = 0; kernel_table(t) != NULL; t++) {
        for (size_t a = 0; a < ACTIVATIONS; a++) {
            activation of = activation_of(kernel_table(t), a);
            if (of.backward == NULL)
                continue;
            guarded y = guarded_make(129, SEED), d = guarded_make(129, SEED + 1), d_x = guarded_make(129, SEED + 2);
            of.backward(d_x.values, d.values, y.values, of.setting, y.count);
            of.backward(d.values, d.values, y.values, of.setting, y.count);
            assert_same_bits(d.values, d_x.values, y.count);
            guarded_free(&y);
            guarded_free(&d);
            guarded_free(&d_x);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_relu_by_hand),
        cmocka_unit_test(test_leaky_relu_by_hand),
        cmocka_unit_test(test_leaky_relu_of_slope_0_is_relu),
        cmocka_unit_test(test_step_is_1_from_0_on),
        cmocka_unit_test(test_sigmoid_special_values),
        cmocka_unit_test(test_tanh_special_values),
        cmocka_unit_test(test_sigmoid_is_within_2_5_ulp),
        cmocka_unit_test(test_tanh_is_within_2_ulp),
        cmocka_unit_test(test_activations_do_not_depend_on_the_place),
        cmocka_unit_test(test_activations_work_in_place),
        cmocka_unit_test(test_relu_and_step_equal_the_portable_kernels),
        cmocka_unit_test(test_relu_backward_by_hand),
        cmocka_unit_test(test_leaky_relu_backward_by_hand),
        cmocka_unit_test(test_sigmoid_backward_by_hand),
        cmocka_unit_test(test_tanh_backward_by_hand),
        cmocka_unit_test(test_sigmoid_backward_is_within_4_roundings),
        cmocka_unit_test(test_tanh_backward_is_within_4_roundings),
        cmocka_unit_test(test_backwards_work_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
