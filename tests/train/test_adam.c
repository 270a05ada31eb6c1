/* SPDX-License-Identifier: MIT */
/* adam by hand. */
#include "train/optimizer_harness.h"

/* m = 1/2, 1/4, -7/8; v = 1/4, 3/16, 73/64; c1 = 1/2, 3/4, 7/8; c2 = 1/4, 7/16, 37/64:
 * w -= 1/4 x 1, 1/4 x (1/3) / sqrt(3/7), 1/4 x -1 / sqrt(73/37) */
static void test_adam_by_hand(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("adam learning_rate=0.25 beta1=0.5 beta2=0.75 epsilon=0", true);
    optimizer_assert_step(&course, 1, 0.75);
    optimizer_assert_step(&course, 0, 0.62270623069567111);
    optimizer_assert_step(&course, -2, 0.80068960686260649);
    assert_true(course.states[0] == (real)-0.875 && course.states[1] == (real)1.140625);
}

static void test_adam_adds_epsilon_to_the_root(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("adam learning_rate=0.25 beta1=0.5 beta2=0.75 epsilon=1", true);
    optimizer_assert_step(&course, 1, 0.875);
    optimizer_assert_step(&course, 1, 0.75);
}

/* Corrected for moments that began at 0, the first step is as long as the rate. */
static void test_adam_begins_with_a_step_of_its_rate_whatever_the_gradient(void **state)
{
    (void)state;
    static const double gradients[] = {1e-3, 1, 1e6};
    for (size_t i = 0; i < COUNT_OF(gradients); i++) {
        optimizer_course down = optimizer_begin("adam learning_rate=0.125 epsilon=0", true);
        optimizer_course up = down;
        optimizer_assert_step(&down, (real)gradients[i], 0.875);
        optimizer_assert_step(&up, -(real)gradients[i], 1.125);
    }
}

/* The corrections have become 1, by repeated squaring. */
static void test_adam_goes_on_after_very_many_steps(void **state)
{
    (void)state;
    static const uint64_t steps[] = {1000000, UINT64_C(1) << 40, UINT64_MAX - 1};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        optimizer_course course = optimizer_begin("adam learning_rate=0.25 beta1=0.5 beta2=0.9375 epsilon=0", true);
        course.step = steps[i];
        optimizer_assert_step(&course, 1, 0.5); /* 1 - (1/4) (1/2) / sqrt(1/16) */
    }
}

static void test_adam_decays_nothing(void **state)
{
    (void)state;
    optimizer_course weight = optimizer_begin("adam learning_rate=0.25", true);
    optimizer_assert_step(&weight, 0, 1);
}

static void test_adam_keeps_two_moments(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("adam", true);
    assert_int_equal(glia__optimizer_state_count(&course.optimizer), 2);
    assert_string_equal(glia__adam_optimizer.state_names[0], "moment1");
    assert_string_equal(glia__adam_optimizer.state_names[1], "moment2");
}

static void test_adam_is_the_default(void **state)
{
    (void)state;
    char text[128];
    glia__writer writer = {.buffer = text, .capacity = sizeof text};
    glia__optimizer optimizer = glia__optimizer_default();
    glia__optimizer_write(&writer, &optimizer);
    assert_string_equal(text, "adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8");
}

static void test_adam_text(void **state)
{
    (void)state;
    optimizer_assert_canonical("adam epsilon=1e-07 beta2=.99",
                               "adam learning_rate=0.001 beta1=0.9 beta2=0.99 epsilon=1e-7");
    optimizer_assert_refused("adam beta1=1", "optimizer, column 6: beta1 wants a number from 0 to below 1, not '1'");
    optimizer_assert_refused("adam weight_decay=0", "optimizer, column 6: unknown setting 'weight_decay'; accepted: "
                                                    "learning_rate=, beta1=, beta2=, epsilon=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adam_by_hand),
        cmocka_unit_test(test_adam_adds_epsilon_to_the_root),
        cmocka_unit_test(test_adam_begins_with_a_step_of_its_rate_whatever_the_gradient),
        cmocka_unit_test(test_adam_goes_on_after_very_many_steps),
        cmocka_unit_test(test_adam_decays_nothing),
        cmocka_unit_test(test_adam_keeps_two_moments),
        cmocka_unit_test(test_adam_is_the_default),
        cmocka_unit_test(test_adam_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
