/* SPDX-License-Identifier: MIT */
/* exp, log, log1p, tanh and sigmoid in every kernel set: what they are at zeros, infinities and NaN, how near to the
 * exact result they come elsewhere, that they never fall, and that the portable bits are the same on every machine.
 * Random arguments come from SEED; exhaustive_elementary.c looks at every float. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/crc32c.h"
#include "base/random.h"
#include "kernels/elementary_table.h"

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
#define SAME_BITS_CRC  0xC678C96D
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
#define SAME_BITS_CRC  0x7689A44F
#endif

#define INF  ((real)INFINITY)
#define NONE ((real)NAN)

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* A function, and where to try it: the results of arguments from low to high are numbers. */
typedef struct function {
    wide (*exact)(wide x);
    real low, high;
    double bound; /* in ulp */
} function;

static wide exact_sigmoid(wide x)
{
    return x < 0 ? WIDE(exp)(x) / (1 + WIDE(exp)(x)) : 1 / (1 + WIDE(exp)(-x));
}

/* The bounds are those promised for the library; log and log1p, of which nothing is promised, are held to 2. */
static const function functions[ELEMENTARY_COUNT] = {
    [EXP] = {WIDE(exp), UNDERFLOWS, OVERFLOWS_NOT, 1},      [LOG] = {WIDE(log), LEAST, REAL_MAX, 2},
    [LOG1P] = {WIDE(log1p), -JUST_BELOW_ONE, REAL_MAX, 2},  [TANH] = {WIDE(tanh), -REAL_MAX, REAL_MAX, 2},
    [SIGMOID] = {exact_sigmoid, UNDERFLOWS, REAL_MAX, 2.5},
};

static real_bits to_bits(real x)
{
    real_bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static real from_bits(real_bits bits)
{
    real x;
    memcpy(&x, &bits, sizeof x);
    return x;
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
                              : from_bits((real_bits)random);
    return x >= f->low && x <= f->high ? x : 1 / (real)(index + 1);
}

static real x[SAMPLES], y[SAMPLES], y_above[SAMPLES];

static void fill_arguments(elementary which)
{
    for (size_t i = 0; i < SAMPLES; i++)
        x[i] = argument(&functions[which], i);
}

/* The distance between neighbours at a value. */
static wide ulp_at(wide value)
{
    int exponent;
    WIDE(frexp)(value, &exponent);
    return WIDE(ldexp)(1, (exponent < REAL_MIN_EXP ? REAL_MIN_EXP : exponent) - REAL_MANT_DIG);
}

static void assert_accurate(elementary which)
{
    const function *f = &functions[which];
    if (!HAS_WIDE)
        skip();
    print_message("seed %d\n", SEED);
    fill_arguments(which);
    for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
        elementary_table_at(t)->apply[which](y, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++) {
            wide exact = f->exact((wide)x[i]);
            double error = (double)(WIDE(fabs)((wide)y[i] - exact) / ulp_at(exact));
            if (!(error <= f->bound))
                fail_msg("%s: %.3f ulp at %a", elementary_table_at(t)->name, error, (double)x[i]);
        }
    }
}

static void assert_never_falls(elementary which)
{
    print_message("seed %d\n", SEED);
    for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
        fill_arguments(which);
        elementary_table_at(t)->apply[which](y, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++)
            x[i] = from_bits(to_bits(x[i]) + (x[i] < 0 ? (real_bits)-1 : 1));
        elementary_table_at(t)->apply[which](y_above, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++)
            if (!(y_above[i] >= y[i]))
                fail_msg("%s: falls below %a", elementary_table_at(t)->name, (double)x[i]);
    }
}

static void test_exp_is_within_1_ulp(void **state)
{
    (void)state;
    assert_accurate(EXP);
}

static void test_log_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(LOG);
}

static void test_log1p_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(LOG1P);
}

static void test_tanh_is_within_2_ulp(void **state)
{
    (void)state;
    assert_accurate(TANH);
}

static void test_sigmoid_is_within_2_and_a_half_ulp(void **state)
{
    (void)state;
    assert_accurate(SIGMOID);
}

static void test_none_falls_as_its_argument_rises(void **state)
{
    (void)state;
    for (elementary which = 0; which < ELEMENTARY_COUNT; which++)
        assert_never_falls(which);
}

/* The result of every set for one argument, alone and among others that overflow or are no numbers. */
static void assert_results(elementary which, real at, void check(real actual, real expected), real expected)
{
    for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
        real among[33];
        for (size_t i = 0; i < COUNT_OF(among); i++)
            among[i] = i % 3 == 0 ? at : i % 3 == 1 ? REAL_MAX : NONE;
        elementary_table_at(t)->apply[which](among, among, COUNT_OF(among));
        for (size_t i = 0; i < COUNT_OF(among); i += 3)
            check(among[i], expected);
        elementary_table_at(t)->apply[which](among, &at, 1);
        check(among[0], expected);
    }
}

static void check_bits(real actual, real expected)
{
    if (to_bits(actual) != to_bits(expected))
        fail_msg("%a instead of %a", (double)actual, (double)expected);
}

static void check_nan(real actual, real expected)
{
    (void)expected;
    assert_true(isnan(actual));
}

static void assert_bits(elementary which, real at, real expected)
{
    assert_results(which, at, check_bits, expected);
}

static void assert_nan(elementary which, real at)
{
    assert_results(which, at, check_nan, at);
}

static void check_finite(real actual, real expected)
{
    (void)expected;
    assert_true(real_is_finite(actual));
}

static void test_exp_at_the_ends(void **state)
{
    (void)state;
    assert_bits(EXP, 0, 1);
    assert_bits(EXP, -(real)0, 1);
    assert_bits(EXP, LEAST, 1);
    assert_bits(EXP, INF, INF);
    assert_bits(EXP, -INF, 0);
    assert_bits(EXP, REAL_MAX, INF);
    assert_bits(EXP, -REAL_MAX, 0);
    assert_bits(EXP, OVERFLOWS, INF);
    assert_results(EXP, OVERFLOWS_NOT, check_finite, INF);
    assert_bits(EXP, UNDERFLOWS, 0);
    assert_bits(EXP, UNDERFLOWS_NOT, LEAST);
    assert_nan(EXP, NONE);
    assert_nan(EXP, -NONE);
}

static void test_log_at_the_ends(void **state)
{
    (void)state;
    assert_bits(LOG, 1, 0);
    assert_bits(LOG, 0, -INF);
    assert_bits(LOG, -(real)0, -INF);
    assert_bits(LOG, INF, INF);
    assert_nan(LOG, -LEAST);
    assert_nan(LOG, -1);
    assert_nan(LOG, -INF);
    assert_nan(LOG, NONE);
    assert_nan(LOG, -NONE);
}

static void test_log1p_at_the_ends(void **state)
{
    (void)state;
    assert_bits(LOG1P, 0, 0);
    assert_bits(LOG1P, -(real)0, -(real)0);
    assert_bits(LOG1P, LEAST, LEAST);
    assert_bits(LOG1P, -LEAST, -LEAST);
    assert_bits(LOG1P, -1, -INF);
    assert_bits(LOG1P, INF, INF);
    assert_nan(LOG1P, -1 - (real)0x1p-20);
    assert_nan(LOG1P, -INF);
    assert_nan(LOG1P, NONE);
    assert_nan(LOG1P, -NONE);
}

static void test_tanh_at_the_ends(void **state)
{
    (void)state;
    assert_bits(TANH, 0, 0);
    assert_bits(TANH, -(real)0, -(real)0);
    assert_bits(TANH, LEAST, LEAST);
    assert_bits(TANH, REAL_MIN_NORMAL, REAL_MIN_NORMAL);
    assert_bits(TANH, REAL_MAX, 1);
    assert_bits(TANH, INF, 1);
    assert_bits(TANH, -INF, -1);
    assert_nan(TANH, NONE);
    assert_nan(TANH, -NONE);
}

static void test_sigmoid_at_the_ends(void **state)
{
    (void)state;
    assert_bits(SIGMOID, 0, (real)0.5);
    assert_bits(SIGMOID, -(real)0, (real)0.5);
    assert_bits(SIGMOID, INF, 1);
    assert_bits(SIGMOID, REAL_MAX, 1);
    assert_bits(SIGMOID, -INF, 0);
    assert_bits(SIGMOID, UNDERFLOWS, 0);
    assert_bits(SIGMOID, UNDERFLOWS_NOT, LEAST);
    assert_nan(SIGMOID, NONE);
    assert_nan(SIGMOID, -NONE);
}

static void test_tanh_is_odd_and_bounded(void **state)
{
    (void)state;
    for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
        fill_arguments(TANH);
        elementary_table_at(t)->apply[TANH](y, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++)
            x[i] = -x[i];
        elementary_table_at(t)->apply[TANH](x, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++) {
            check_bits(x[i], -y[i]);
            assert_true(y[i] >= -1 && y[i] <= 1);
        }
    }
}

static void test_sigmoid_is_bounded(void **state)
{
    (void)state;
    for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
        fill_arguments(SIGMOID);
        elementary_table_at(t)->apply[SIGMOID](y, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++)
            assert_true(y[i] >= 0 && y[i] <= 1);
    }
}

/* The checksum of many results, their bytes the lowest first, is the same with every compiler and processor. */
static void test_portable_bits_are_the_same_everywhere(void **state)
{
    (void)state;
    uint32_t crc = 0;
    for (elementary which = 0; which < ELEMENTARY_COUNT; which++) {
        fill_arguments(which);
        elementary_portable.apply[which](y, x, SAMPLES);
        for (size_t i = 0; i < SAMPLES; i++) {
            real_bits bits = to_bits(y[i]);
            unsigned char bytes[sizeof bits];
            for (size_t b = 0; b < sizeof bits; b++)
                bytes[b] = (unsigned char)(bits >> 8 * b);
            crc = glia__crc32c(crc, bytes, sizeof bytes);
        }
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
        cmocka_unit_test(test_portable_bits_are_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
