/* SPDX-License-Identifier: MIT */
/* The inverse of the normal distribution, against values computed with 40 digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "kernels/normal_quantile.h"

/* The paper promises about 1e-16 of the result for exact arithmetic; the last roundings in the two polynomials, the
 * division, the logarithm and the root add a few times 1.1e-16. */
#define TOLERANCE 1e-15

static void test_quantile_matches_values_of_40_digits(void **state)
{
    (void)state;
    static const double cases[][2] = {{0x1p-1074, -38.467405617144344},
                                      {0x1p-1022, -37.5193793471445},
                                      {1e-300, -37.0470962993612},
                                      {1e-100, -21.273453560965326},
                                      {1e-20, -9.262340089798407},
                                      {1.3e-11, -6.667611456510741},
                                      {1.4e-11, -6.656723091518184},
                                      {1e-10, -6.361340902404057},
                                      {1e-6, -4.753424308822899},
                                      {0.001, -3.0902323061678136},
                                      {0.02, -2.053748910631823},
                                      {0.0749, -1.4402382675279637},
                                      {0.0751, -1.43882539275254},
                                      {0.1, -1.2815515655446004},
                                      {0.25, -0.6744897501960817},
                                      {0.3, -0.5244005127080408},
                                      {0.49, -0.025068908258711057},
                                      {0.499999, -2.5066282745665593e-06},
                                      {0.5, 0.0},
                                      {0.50000000001, 2.506628482030354e-11},
                                      {0.6, 0.2533471031357997},
                                      {0.75, 0.6744897501960817},
                                      {0.9, 1.2815515655446006},
                                      {0.9249, 1.4388253927525403},
                                      {0.9251, 1.440238267527964},
                                      {0.975, 1.9599639845400538},
                                      {0.999, 3.090232306167813},
                                      {0.9999999, 5.199337582290661},
                                      {0x1.fffffffffffffp-1, 8.209536151601387}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double x = glia__normal_quantile(cases[i][0]);
        if (!(fabs(x - cases[i][1]) <= TOLERANCE * fabs(cases[i][1])))
            fail_msg("%.17g of %a instead of %.17g", x, cases[i][0], cases[i][1]);
    }
}

static void test_quantile_is_infinite_at_0_and_1(void **state)
{
    (void)state;
    assert_true(glia__normal_quantile(0.0) == -(double)INFINITY);
    assert_true(glia__normal_quantile(-0.0) == -(double)INFINITY);
    assert_true(glia__normal_quantile(1.0) == (double)INFINITY);
}

static void test_quantile_outside_0_to_1_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(glia__normal_quantile(-0x1p-1074)));
    assert_true(isnan(glia__normal_quantile(0x1.0000000000001p0)));
    assert_true(isnan(glia__normal_quantile(-(double)INFINITY)));
    assert_true(isnan(glia__normal_quantile((double)INFINITY)));
    assert_true(isnan(glia__normal_quantile((double)NAN)));
}

/* Multiples of 2^-12, of which 1 - p is exact, through all but the far tail. */
static void test_quantile_of_1_less_p_is_the_negative(void **state)
{
    (void)state;
    for (int i = 1; i < 4096; i++) {
        double p = i * 0x1p-12;
        assert_true(glia__normal_quantile(1 - p) == -glia__normal_quantile(p));
    }
}

static void test_quantile_rises_across_the_joints(void **state)
{
    (void)state;
    static const double joints[] = {0.075, 0.925, 1.3887943864964021e-11 /* e^-25 */};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        for (int step = -20; step < 20; step++) {
            double p = joints[i] * (1 + step * 1e-13);
            assert_true(glia__normal_quantile(p * (1 + 1e-13)) > glia__normal_quantile(p));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantile_matches_values_of_40_digits),
        cmocka_unit_test(test_quantile_is_infinite_at_0_and_1),
        cmocka_unit_test(test_quantile_outside_0_to_1_is_nan),
        cmocka_unit_test(test_quantile_of_1_less_p_is_the_negative),
        cmocka_unit_test(test_quantile_rises_across_the_joints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
