/* SPDX-License-Identifier: MIT */
/* exp, log, log1p, tanh and sigmoid: what they are at zeros, infinities and NaN, how near to the exact result they come
 * elsewhere, that they never fall, and that their bits are the same on every machine. Random arguments come from SEED;
 * exhaustive_elementary.c looks at every float. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/crc32c.h"
#include "base/random.h"
#include "kernels/elementary.h"

#define SEED 20240608

enum {
    SAMPLES = 200000
};

/* A wider type, in which the C library's results are exact to a hundredth of our ulp or better, where there is one. */
#ifdef GLIA_REAL_IS_DOUBLE
typedef long double wide;
#define WIDE(name)     name##l
#define HAS_WIDE       (LDBL_MANT_DIG >= DBL_MANT_DIG + 8)
#define REAL_MANT_DIG  DBL_MANT_DIG
#define REAL_MIN_EXP   DBL_MIN_EXP
#define LEAST          0x1p-1074 /* the smallest subnormal number */
#define JUST_BELOW_ONE (1 - DBL_EPSILON / 2)
#define OVERFLOWS      709.79 /* e^x does, and at the one below it does not */
#define OVERFLOWS_NOT  709.78
#define UNDERFLOWS     -745.14
#define UNDERFLOWS_NOT -745.13
#define SAME_BITS_CRC  0x5A5DD97B
#else
typedef double wide;
#define WIDE(name)     name
#define HAS_WIDE       1
#define REAL_MANT_DIG  FLT_MANT_DIG
#define REAL_MIN_EXP   FLT_MIN_EXP
#define LEAST          0x1p-149F
#define JUST_BELOW_ONE (1 - FLT_EPSILON / 2)
#define OVERFLOWS      88.73F
#define OVERFLOWS_NOT  88.72F
#define UNDERFLOWS     -103.98F
#define UNDERFLOWS_NOT -103.97F
#define SAME_BITS_CRC  0xB57A0983
#endif

static const real infinity = (real)INFINITY;
static const real nan_value = (real)NAN;

/* A function, and where to try it: the results of arguments from low to high are numbers. */
typedef struct function {
    real (*ours)(real x);
    wide (*exact)(wide x);
    real low, high;
    double bound; /* in ulp */
} function;

static wide exact_sigmoid(wide x)
{
    return x < 0 ? WIDE(exp)(x) / (1 + WIDE(exp)(x)) : 1 / (1 + WIDE(exp)(-x));
}

/* The bounds are those promised for the library; log1p has none of its own and is held to 2. */
static const function exp_function = {real_exp, WIDE(exp), UNDERFLOWS, OVERFLOWS_NOT, 1};
static const function log_function = {real_log, WIDE(log), LEAST, REAL_MAX, 2};
static const function log1p_function = {real_log1p, WIDE(log1p), -JUST_BELOW_ONE, REAL_MAX, 2};
static const function tanh_function = {real_tanh, WIDE(tanh), -REAL_MAX, REAL_MAX, 2};
static const function sigmoid_function = {real_sigmoid, exact_sigmoid, UNDERFLOWS, REAL_MAX, 2.5};

static void assert_bits(real actual, real expected)
{
    if (real_to_bits(actual) != real_to_bits(expected))
        fail_msg("%a instead of %a", (double)actual, (double)expected);
}

static void assert_nan(real actual)
{
    assert_true(isnan(actual));
}

/* A third of the arguments are uniform over [low, high] cut to +-1000, a third over [-4, 4] where the functions bend, a
 * third have any exponent; what leaves the domain becomes its middle. */
static real argument(const function *f, uint64_t index)
{
    uint64_t random = glia__random(SEED, 0, 0, index);
    double uniform = glia__random_uniform(SEED, 1, 0, index);
    double low = f->low > -1000 ? (double)f->low : -1000;
    double high = f->high < 1000 ? (double)f->high : 1000;
    real x = index % 3 == 0   ? (real)(low + (high - low) * uniform)
             : index % 3 == 1 ? (real)(8 * uniform - 4)
                              : real_from_bits((real_bits)random);
    return x >= f->low && x <= f->high ? x : 1 / (real)(index + 1);
}

/* The distance between neighbours at a value. */
static wide ulp_at(wide value)
{
    int exponent;
    WIDE(frexp)(value, &exponent);
    return WIDE(ldexp)(1, (exponent < REAL_MIN_EXP ? REAL_MIN_EXP : exponent) - REAL_MANT_DIG);
}

/* Where the exact result is a normal number, the error is within the bound; where it is smaller, within 1 ulp. */
static void assert_accurate(const function *f)
{
    if (!HAS_WIDE)
        skip();
    print_message("seed %d\n", SEED);
    for (uint64_t i = 0; i < SAMPLES; i++) {
        real x = argument(f, i);
        wide exact = f->exact((wide)x);
        double error = (double)(WIDE(fabs)((wide)f->ours(x) - exact) / ulp_at(exact));
        double bound = WIDE(fabs)(exact) >= (wide)REAL_MIN_NORMAL ? f->bound : 1;
        if (!(error <= bound))
            fail_msg("%.3f ulp at %a", error, (double)x);
    }
}

static void assert_never_falls(const function *f)
{
    print_message("seed %d\n", SEED);
    for (uint64_t i = 0; i < SAMPLES; i++) {
        real x = argument(f, i);
        real above = real_from_bits(real_to_bits(x) + (x < 0 ? (real_bits)-1 : 1));
        if (!(f->ours(above) >= f->ours(x)))
            fail_msg("falls above %a", (double)x);
    }
}

static void test_exp_is_within_1_ulp(void **state)
{
    (void)state;
    assert_accurate(&exp_function);
}

static void test_log_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(&log_function);
}

static void test_log1p_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(&log1p_function);
}

static void test_tanh_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(&tanh_function);
}

static void test_sigmoid_is_within_2_and_a_half_ulp(void **state)
{
    (void)state;
    assert_accurate(&sigmoid_function);
}

static void test_none_falls_as_its_argument_rises(void **state)
{
    (void)state;
    assert_never_falls(&exp_function);
    assert_never_falls(&log_function);
    assert_never_falls(&log1p_function);
    assert_never_falls(&tanh_function);
    assert_never_falls(&sigmoid_function);
}

static void test_exp_at_the_ends(void **state)
{
    (void)state;
    assert_bits(real_exp(0), 1);
    assert_bits(real_exp(-(real)0), 1);
    assert_bits(real_exp(LEAST), 1);
    assert_bits(real_exp(infinity), infinity);
    assert_bits(real_exp(-infinity), 0);
    assert_bits(real_exp(REAL_MAX), infinity);
    assert_bits(real_exp(-REAL_MAX), 0);
    assert_bits(real_exp(OVERFLOWS), infinity);
    assert_true(real_exp(OVERFLOWS_NOT) <= REAL_MAX);
    assert_bits(real_exp(UNDERFLOWS), 0);
    assert_bits(real_exp(UNDERFLOWS_NOT), LEAST);
    assert_nan(real_exp(nan_value));
    assert_nan(real_exp(-nan_value));
}

static void test_log_at_the_ends(void **state)
{
    (void)state;
    assert_bits(real_log(1), 0);
    assert_bits(real_log(0), -infinity);
    assert_bits(real_log(-(real)0), -infinity);
    assert_bits(real_log(infinity), infinity);
    assert_nan(real_log(-LEAST));
    assert_nan(real_log(-1));
    assert_nan(real_log(-infinity));
    assert_nan(real_log(nan_value));
    assert_nan(real_log(-nan_value));
}

static void test_log1p_at_the_ends(void **state)
{
    (void)state;
    assert_bits(real_log1p(0), 0);
    assert_bits(real_log1p(-(real)0), -(real)0);
    assert_bits(real_log1p(LEAST), LEAST);
    assert_bits(real_log1p(-LEAST), -LEAST);
    assert_bits(real_log1p(-1), -infinity);
    assert_bits(real_log1p(infinity), infinity);
    assert_nan(real_log1p(-1 - (real)0x1p-20));
    assert_nan(real_log1p(-infinity));
    assert_nan(real_log1p(nan_value));
    assert_nan(real_log1p(-nan_value));
}

static void test_tanh_at_the_ends(void **state)
{
    (void)state;
    assert_bits(real_tanh(0), 0);
    assert_bits(real_tanh(-(real)0), -(real)0);
    assert_bits(real_tanh(LEAST), LEAST);
    assert_bits(real_tanh(REAL_MIN_NORMAL), REAL_MIN_NORMAL);
    assert_bits(real_tanh(REAL_MAX), 1);
    assert_bits(real_tanh(infinity), 1);
    assert_bits(real_tanh(-infinity), -1);
    assert_nan(real_tanh(nan_value));
    assert_nan(real_tanh(-nan_value));
}

static void test_sigmoid_at_the_ends(void **state)
{
    (void)state;
    assert_bits(real_sigmoid(0), (real)0.5);
    assert_bits(real_sigmoid(-(real)0), (real)0.5);
    assert_bits(real_sigmoid(infinity), 1);
    assert_bits(real_sigmoid(REAL_MAX), 1);
    assert_bits(real_sigmoid(-infinity), 0);
    assert_bits(real_sigmoid(UNDERFLOWS), 0);
    assert_bits(real_sigmoid(UNDERFLOWS_NOT), LEAST);
    assert_nan(real_sigmoid(nan_value));
    assert_nan(real_sigmoid(-nan_value));
}

static void test_tanh_is_odd_and_bounded(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < SAMPLES; i++) {
        real x = argument(&tanh_function, i);
        assert_bits(real_tanh(-x), -real_tanh(x));
        assert_true(real_tanh(x) >= -1 && real_tanh(x) <= 1);
    }
}

static void test_sigmoid_is_bounded(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < SAMPLES; i++) {
        real y = real_sigmoid(argument(&sigmoid_function, i));
        assert_true(y >= 0 && y <= 1);
    }
}

/* The checksum of many results, their bytes the lowest first, is the same with every compiler and processor. */
static void test_bits_are_the_same_everywhere(void **state)
{
    (void)state;
    const function *const functions[] = {&exp_function, &log_function, &log1p_function, &tanh_function,
                                         &sigmoid_function};
    uint32_t crc = 0;
    for (size_t k = 0; k < sizeof functions / sizeof functions[0]; k++)
        for (uint64_t i = 0; i < SAMPLES; i++) {
            real_bits bits = real_to_bits(functions[k]->ours(argument(functions[k], i)));
            unsigned char bytes[sizeof bits];
            for (size_t b = 0; b < sizeof bits; b++)
                bytes[b] = (unsigned char)(bits >> 8 * b);
            crc = glia__crc32c(crc, bytes, sizeof bytes);
        }
    assert_int_equal(crc, SAME_BITS_CRC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp_is_within_1_ulp),
        cmocka_unit_test(test_log_is_within_2_ulp),
        cmocka_unit_test(test_log1p_is_within_2_ulp),
        cmocka_unit_test(test_tanh_is_within_2_ulp),
        cmocka_unit_test(test_sigmoid_is_within_2_and_a_half_ulp),
        cmocka_unit_test(test_none_falls_as_its_argument_rises),
        cmocka_unit_test(test_exp_at_the_ends),
        cmocka_unit_test(test_log_at_the_ends),
        cmocka_unit_test(test_log1p_at_the_ends),
        cmocka_unit_test(test_tanh_at_the_ends),
        cmocka_unit_test(test_sigmoid_at_the_ends),
        cmocka_unit_test(test_tanh_is_odd_and_bounded),
        cmocka_unit_test(test_sigmoid_is_bounded),
        cmocka_unit_test(test_bits_are_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
