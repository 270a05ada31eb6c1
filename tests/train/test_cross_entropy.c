/* SPDX-License-Identifier: MIT */
/* cross_entropy: from the logits, so that extreme ones give what they should. */
#include "train/loss_harness.h"

#define INF ((real)INFINITY)

static const glia__loss_type *const type = &glia__cross_entropy_loss;

/* z = 0 gives p = 1/3 each: -log(1/3), and p - t. */
static void test_cross_entropy_by_hand(void **state)
{
    (void)state;
    const real zeros[] = {0, 0, 0}, first[] = {1, 0, 0};
    loss_assert_row(type, zeros, first, 3, 1.0986122886681098, (const double[]){-2.0 / 3, 1.0 / 3, 1.0 / 3});

    /* p = 1/4, 3/4 */
    const real z[] = {0, (real)1.0986122886681098}, t[] = {0, 1};
    loss_assert_row(type, z, t, 2, 0.28768207245178096, (const double[]){0.25, -0.25});
}

/* S = 3/2: S log(2) and S p - t. */
static void test_cross_entropy_of_targets_that_do_not_sum_to_1(void **state)
{
    (void)state;
    const real z[] = {5, 5}, t[] = {1, (real)0.5}, nothing[] = {0, 0};
    loss_assert_row(type, z, t, 2, 1.5 * 0.69314718055994531, (const double[]){-0.25, 0.25});
    loss_assert_row(type, z, nothing, 2, 0, (const double[]){0, 0});
}

static void test_cross_entropy_gradient_matches_finite_differences(void **state)
{
    (void)state;
    loss_check_gradient(type, 2);
    loss_check_gradient(type, 10);
}

/* Never from log p, which is -infinity here. */
static void test_cross_entropy_of_extreme_logits_is_finite(void **state)
{
    (void)state;
    const real z[] = {1000, -1000}, wrong[] = {0, 1}, right[] = {1, 0};
    loss_assert_row(type, z, wrong, 2, 2000, (const double[]){1, -1});
    loss_assert_row(type, z, right, 2, 0, (const double[]){0, 0});
    const real largest[] = {REAL_MAX, 0, 1}, t[] = {1, 0, 0};
    loss_assert_row(type, largest, t, 3, 0, (const double[]){0, 0, 0});
}

/* log(1 + e^-30) is almost e^-30: in float, 1 + e^-30 is 1. */
static void test_cross_entropy_keeps_the_digits_of_small_losses(void **state)
{
    (void)state;
    const real z[] = {30, 0}, t[] = {1, 0};
    const double expected = log1p(exp(-30));
    double loss;
    loss_compare(type, z, t, 1, 2, &loss, NULL);
    assert_near(loss, expected, 16 * ROUNDING * expected);
}

/* A class that cannot be, and is not wanted, costs nothing; wanted, it costs infinitely much. */
static void test_cross_entropy_of_a_logit_of_minus_infinity(void **state)
{
    (void)state;
    const real z[] = {0, -INF}, other[] = {1, 0}, itself[] = {0, 1};
    double loss;
    loss_assert_row(type, z, other, 2, 0, (const double[]){0, 0});
    loss_compare(type, z, itself, 1, 2, &loss, NULL);
    assert_true(loss == INFINITY);
}

static void test_cross_entropy_of_nan_or_infinity_is_nan_in_its_row_alone(void **state)
{
    (void)state;
    const real bad[] = {(real)NAN, INF}, t[] = {1, 0, 1, 0};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const real z[] = {0, bad[i], 1, 2};
        double losses[2];
        real gradient[4];
        loss_compare(type, z, t, 2, 2, losses, gradient);
        assert_true(isnan(losses[0]) && isnan(gradient[0]) && isnan(gradient[1]));
        assert_true(!isnan(losses[1]) && !isnan(gradient[2]) && !isnan(gradient[3]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cross_entropy_by_hand),
        cmocka_unit_test(test_cross_entropy_of_targets_that_do_not_sum_to_1),
        cmocka_unit_test(test_cross_entropy_gradient_matches_finite_differences),
        cmocka_unit_test(test_cross_entropy_of_extreme_logits_is_finite),
        cmocka_unit_test(test_cross_entropy_keeps_the_digits_of_small_losses),
        cmocka_unit_test(test_cross_entropy_of_a_logit_of_minus_infinity),
        cmocka_unit_test(test_cross_entropy_of_nan_or_infinity_is_nan_in_its_row_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
