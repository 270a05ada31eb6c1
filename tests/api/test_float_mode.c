/* SPDX-License-Identifier: MIT */
/* The processor's floating-point mode: training calls have their own and hand the caller's back. */
#include "harness.h"

#include <fenv.h>

#define ARCHITECTURE "input 2, dense 5 tanh, dropout 0.25, dense 2 softmax"
enum {
    ROWS = 10
};

static real inputs[ROWS * 2];
static int32_t classes[ROWS];

static int fill_data(void **state)
{
    (void)state;
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill_classes(classes, ROWS, 2, 2);
    return 0;
}

/* Everything that trains. */
static void train(glia_net *net)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    assert_ok(glia_net_train(net, &rows, NULL));
    assert_ok(glia_net_forward(net, inputs, ROWS, NULL));
    assert_ok(glia_net_backward_classes(net, classes, NULL, NULL));
    assert_ok(glia_net_step(net));
    assert_ok(glia_net_fit(net, &rows, NULL, "epochs=3", NULL, NULL));
}

static void test_rounding_mode_of_the_caller_changes_no_bit_of_training(void **state)
{
    (void)state;
    static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    glia_net *expected = harness_net(ARCHITECTURE, 1);
    train(expected);
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        glia_net *net = harness_net(ARCHITECTURE, 1);
        assert_int_equal(fesetround(modes[i]), 0);
        train(net);
        assert_int_equal(fegetround(), modes[i]);
        assert_int_equal(fesetround(FE_TONEAREST), 0);
        assert_same_net(net, expected);
        glia_net_destroy(net);
    }
    glia_net_destroy(expected);
}

static void test_exception_flags_of_the_caller_stay(void **state)
{
    (void)state;
    glia_net *net = harness_net(ARCHITECTURE, 1);
    assert_int_equal(feclearexcept(FE_ALL_EXCEPT), 0);
    train(net);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), 0);
    assert_int_equal(feraiseexcept(FE_DIVBYZERO), 0);
    train(net);
    assert_int_equal(fetestexcept(FE_ALL_EXCEPT), FE_DIVBYZERO);
    assert_int_equal(feclearexcept(FE_ALL_EXCEPT), 0);
    glia_net_destroy(net);
}

/* Where a processor can take subnormal numbers for 0, it does in training. */
static void test_training_flushes_subnormal_numbers(void **state)
{
    (void)state;
#if defined __SSE2__ || defined __aarch64__
    const real one[] = {1};
    real output = 1;
    glia_net *net = harness_net("input 1, dense 1", 1);
    glia_net_parameters(net, NULL)[0] = LEAST_NORMAL / 2;
    assert_ok(glia_net_forward(net, one, 1, &output));
    assert_true(output == 0);
    glia_net_destroy(net);
#else
    skip();
#endif
}

/* The caller's own arithmetic still knows subnormal numbers after a training call. */
static void test_caller_keeps_subnormal_numbers(void **state)
{
    (void)state;
    volatile real least = LEAST_NORMAL;
    glia_net *net = harness_net(ARCHITECTURE, 1);
    train(net);
    assert_true(least / 2 != 0);
    glia_net_destroy(net);
}

/* A parameter below the normal numbers is left by predict, which runs in the caller's mode. */
static void test_predict_runs_in_the_mode_of_the_caller(void **state)
{
    (void)state;
    const real one[] = {1};
    real output;
    glia_net *net = harness_net("input 1, dense 1", 1);
    glia_net_parameters(net, NULL)[0] = LEAST_NORMAL / 2;
    assert_ok(glia_net_predict(net, one, 1, &output));
    assert_true(output == LEAST_NORMAL / 2);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounding_mode_of_the_caller_changes_no_bit_of_training),
        cmocka_unit_test(test_exception_flags_of_the_caller_stay),
        cmocka_unit_test(test_training_flushes_subnormal_numbers),
        cmocka_unit_test(test_caller_keeps_subnormal_numbers),
        cmocka_unit_test(test_predict_runs_in_the_mode_of_the_caller),
    };
    return cmocka_run_group_tests(tests, fill_data, NULL) != 0;
}
