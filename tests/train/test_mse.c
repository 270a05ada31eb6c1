/* SPDX-License-Identifier: MIT */
/* mse: the mean of the squared differences, without 1/2. */
#include "train/loss_harness.h"

static void test_mse_by_hand(void **state)
{
    (void)state;
    const real y[] = {1, (real)-0.5, 2, 0}, t[] = {0, (real)0.5, 2, -3};
    loss_assert_row(&glia__mse_loss, y, t, 4, (1 + 1 + 0 + 9) / 4.0, (const double[]){0.5, -0.5, 0, 1.5});
    loss_assert_row(&glia__mse_loss, y, t, 1, 1, (const double[]){2});
}

static void test_mse_of_several_rows_is_row_by_row(void **state)
{
    (void)state;
    const real y[] = {1, 3, 5, 7}, t[] = {0, 3, 5, 5};
    double losses[2];
    loss_compare(&glia__mse_loss, y, t, 2, 2, losses, NULL);
    assert_true(losses[0] == 0.5 && losses[1] == 2);
}

static void test_mse_gradient_matches_finite_differences(void **state)
{
    (void)state;
    loss_check_gradient(&glia__mse_loss, 1);
    loss_check_gradient(&glia__mse_loss, 7);
}

/* Whose square is no number of the network's: the loss is infinite, which fit takes for divergence. */
static void test_mse_beyond_the_number_type_is_infinite(void **state)
{
    (void)state;
    const real y[] = {REAL_MAX}, t[] = {0};
    double loss;
    loss_compare(&glia__mse_loss, y, t, 1, 1, &loss, NULL);
    assert_true(loss == (double)INFINITY);
}

static void test_mse_lets_nan_through(void **state)
{
    (void)state;
    const real y[] = {1, (real)NAN}, t[] = {0, 0};
    double loss;
    real gradient[2];
    loss_compare(&glia__mse_loss, y, t, 1, 2, &loss, gradient);
    assert_true(isnan(loss) && !isnan(gradient[0]) && isnan(gradient[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mse_by_hand),
        cmocka_unit_test(test_mse_of_several_rows_is_row_by_row),
        cmocka_unit_test(test_mse_gradient_matches_finite_differences),
        cmocka_unit_test(test_mse_beyond_the_number_type_is_infinite),
        cmocka_unit_test(test_mse_lets_nan_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
