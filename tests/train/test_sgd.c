/* SPDX-License-Identifier: MIT */
/* sgd, plain, with momentum and with Nesterov's look-ahead, by hand. */
#include "train/optimizer_harness.h"

static void test_sgd_by_hand(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("sgd learning_rate=0.5", true);
    optimizer_assert_step(&course, 0.5, 0.75);
    optimizer_assert_step(&course, -1, 1.25);
    optimizer_assert_step(&course, 0, 1.25);
}

/* v = 1, 1.5, 0.75 */
static void test_sgd_with_momentum_by_hand(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("sgd learning_rate=0.25 momentum=0.5", true);
    optimizer_assert_step(&course, 1, 0.75);
    optimizer_assert_step(&course, 1, 0.375);
    optimizer_assert_step(&course, 0, 0.1875);
    assert_true(course.states[0] == (real)0.75);
}

/* v the same; g + v / 2 = 1.5, 1.75, 0.375 */
static void test_sgd_with_nesterov_by_hand(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("sgd learning_rate=0.25 momentum=0.5 nesterov=yes", true);
    optimizer_assert_step(&course, 1, 0.625);
    optimizer_assert_step(&course, 1, 0.1875);
    optimizer_assert_step(&course, 0, 0.09375);
}

/* The rate stands outside v: what went before is not rescaled. */
static void test_sgd_takes_a_new_rate_for_the_past_too(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin("sgd learning_rate=0.25 momentum=0.5", true);
    optimizer_assert_step(&course, 1, 0.75);
    course.optimizer.values[GLIA__LEARNING_RATE] = 0.5;
    optimizer_assert_step(&course, 0, 0.5);
}

static void test_sgd_keeps_a_state_for_momentum_alone(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count;
    } cases[] = {{"sgd", 0}, {"sgd momentum=0 nesterov=yes", 0}, {"sgd momentum=0.9", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        optimizer_course course = optimizer_begin(cases[i].text, true);
        assert_int_equal(glia__optimizer_state_count(&course.optimizer), cases[i].count);
    }
    assert_string_equal(glia__sgd_optimizer.state_names[0], "velocity");
}

static void test_sgd_text(void **state)
{
    (void)state;
    optimizer_assert_canonical("sgd", "sgd learning_rate=0.01 momentum=0 nesterov=no");
    optimizer_assert_canonical("sgd nesterov=yes momentum=.9", "sgd learning_rate=0.01 momentum=0.9 nesterov=yes");
    optimizer_assert_refused("sgd momentum=1",
                             "optimizer, column 5: momentum wants a number from 0 to below 1, not '1'");
    optimizer_assert_refused("sgd learning_rate=-1",
                             "optimizer, column 5: learning_rate wants a number from 0, not '-1'");
    optimizer_assert_refused("rmsprop", "optimizer, column 1: unknown optimizer 'rmsprop'; accepted: sgd, adam, adamw");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sgd_by_hand),
        cmocka_unit_test(test_sgd_with_momentum_by_hand),
        cmocka_unit_test(test_sgd_with_nesterov_by_hand),
        cmocka_unit_test(test_sgd_takes_a_new_rate_for_the_past_too),
        cmocka_unit_test(test_sgd_keeps_a_state_for_momentum_alone),
        cmocka_unit_test(test_sgd_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
