/* SPDX-License-Identifier: MIT */
/* binary_cross_entropy: from the logits, the mean over the outputs. */
#include "train/loss_harness.h"

static const glia__loss_type *const type = &glia__binary_cross_entropy_loss;

/* p = 1/2 and, with z = log 3, 3/4. */
static void test_binary_cross_entropy_by_hand(void **state)
{
    (void)state;
    const real z[] = {0, (real)1.0986122886681098}, t[] = {1, 0};
    const double losses[] = {0.69314718055994531, 1.3862943611198906}; /* log 2 and log 4 */
    loss_assert_row(type, z, t, 1, losses[0], (const double[]){-0.5});
    loss_assert_row(type, z + 1, t + 1, 1, losses[1], (const double[]){0.75});
    loss_assert_row(type, z, t, 2, (losses[0] + losses[1]) / 2, (const double[]){-0.25, 0.375});
}

static void test_binary_cross_entropy_of_targets_between_0_and_1(void **state)
{
    (void)state;
    const real z[] = {(real)1.0986122886681098}, t[] = {(real)0.75};
    loss_assert_row(type, z, t, 1, 0.56233514461880829, (const double[]){0}); /* the entropy of 3/4 and 1/4 */
}

static void test_binary_cross_entropy_gradient_matches_finite_differences(void **state)
{
    (void)state;
    loss_check_gradient(type, 1);
    loss_check_gradient(type, 5);
    loss_check_gradient(type, 130); /* more than are taken at a time */
}

static void test_binary_cross_entropy_of_extreme_logits_is_finite(void **state)
{
    (void)state;
    const real z[] = {1000, -1000, 1000, -1000}, t[] = {0, 1, 1, 0};
    const double losses[] = {1000, 1000, 0, 0}, gradient[] = {1, -1, 0, 0};
    for (size_t i = 0; i < 4; i++)
        loss_assert_row(type, z + i, t + i, 1, losses[i], gradient + i);
}

/* What is certain and right costs nothing; certain and wrong, infinitely much. */
static void test_binary_cross_entropy_of_infinite_logits(void **state)
{
    (void)state;
    const real infinity = (real)INFINITY, z[] = {infinity, -infinity}, right[] = {1, 0}, wrong[] = {0, 1};
    for (size_t i = 0; i < 2; i++) {
        double loss;
        loss_assert_row(type, z + i, right + i, 1, 0, (const double[]){0});
        loss_compare(type, z + i, wrong + i, 1, 1, &loss, NULL);
        assert_true(loss == INFINITY);
    }
}

static void test_binary_cross_entropy_keeps_the_digits_of_small_losses(void **state)
{
    (void)state;
    const real z[] = {30}, t[] = {1};
    const double expected = log1p(exp(-30));
    double loss;
    loss_compare(type, z, t, 1, 1, &loss, NULL);
    assert_near(loss, expected, 16 * ROUNDING * expected);
}

static void test_binary_cross_entropy_of_nan_is_nan_in_its_row_alone(void **state)
{
    (void)state;
    const real z[] = {0, (real)NAN, 1, 2}, t[] = {1, 0, 1, 0};
    double losses[2];
    real gradient[4];
    loss_compare(type, z, t, 2, 2, losses, gradient);
    assert_true(isnan(losses[0]) && isnan(gradient[1]));
    assert_true(!isnan(losses[1]) && !isnan(gradient[2]) && !isnan(gradient[3]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binary_cross_entropy_by_hand),
        cmocka_unit_test(test_binary_cross_entropy_of_targets_between_0_and_1),
        cmocka_unit_test(test_binary_cross_entropy_gradient_matches_finite_differences),
        cmocka_unit_test(test_binary_cross_entropy_of_extreme_logits_is_finite),
        cmocka_unit_test(test_binary_cross_entropy_of_infinite_logits),
        cmocka_unit_test(test_binary_cross_entropy_keeps_the_digits_of_small_losses),
        cmocka_unit_test(test_binary_cross_entropy_of_nan_is_nan_in_its_row_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
