/* SPDX-License-Identifier: MIT */
/* perceptron: only what is wrong costs, and teaches. */
#include "train/loss_harness.h"

static const glia__loss_type *const type = &glia__perceptron_loss;

/* Right, wrong, right, wrong; a wrong one costs |z|. */
static void test_perceptron_by_hand(void **state)
{
    (void)state;
    const real z[] = {3, 2, (real)-0.5, -4}, t[] = {1, 0, 0, 1};
    loss_assert_row(type, z, t, 4, 2 + 4, (const double[]){0, 1, 0, -1});
    loss_assert_row(type, z, t, 1, 0, (const double[]){0});
    loss_assert_row(type, z + 3, t + 3, 1, 4, (const double[]){-1});
}

/* On the line the answer is 1: it costs nothing, and teaches if it is wrong. */
static void test_perceptron_at_0(void **state)
{
    (void)state;
    const real z[] = {0}, t[] = {0};
    loss_assert_row(type, z, t, 1, 0, (const double[]){1});
}

static void test_perceptron_gradient_matches_finite_differences(void **state)
{
    (void)state;
    loss_check_gradient(type, 1);
    loss_check_gradient(type, 5);
}

static void test_perceptron_of_extreme_logits_is_finite(void **state)
{
    (void)state;
    const real z[] = {REAL_MAX, -REAL_MAX}, t[] = {1, 0};
    loss_assert_row(type, z, t, 2, 0, (const double[]){0, 0});
    const real infinite[] = {(real)INFINITY, -(real)INFINITY};
    loss_assert_row(type, infinite, t, 2, 0, (const double[]){0, 0});
}

static void test_perceptron_lets_nan_through(void **state)
{
    (void)state;
    const real z[] = {(real)NAN, 1}, t[] = {0, 0};
    double loss;
    real gradient[2];
    loss_compare(type, z, t, 1, 2, &loss, gradient);
    assert_true(isnan(loss) && isnan(gradient[0]) && gradient[1] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_perceptron_by_hand),
        cmocka_unit_test(test_perceptron_at_0),
        cmocka_unit_test(test_perceptron_gradient_matches_finite_differences),
        cmocka_unit_test(test_perceptron_of_extreme_logits_is_finite),
        cmocka_unit_test(test_perceptron_lets_nan_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
