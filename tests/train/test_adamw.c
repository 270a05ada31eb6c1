/* SPDX-License-Identifier: MIT */
/* adamw by hand, and on which parameters it decays. */
#include <string.h>

#include "net/network_harness.h"
#include "train/optimizer_harness.h"

#define TEXT "adamw learning_rate=0.25 beta1=0.5 beta2=0.75 epsilon=0 weight_decay=0.5"

/* adam's steps, 1/4, -(1/4) (1/3) / sqrt(3/7) and 1/4 / sqrt(73/37), and 1/8 of the old weight each time. */
static void test_adamw_by_hand(void **state)
{
    (void)state;
    optimizer_course course = optimizer_begin(TEXT, true);
    optimizer_assert_step(&course, 1, 0.625);
    optimizer_assert_step(&course, 0, 0.41958123069567111);
    optimizer_assert_step(&course, -2, 0.54511695302564760);
    assert_true(course.states[0] == (real)-0.875 && course.states[1] == (real)1.140625); /* adam's: no decay in them */
}

static void test_adamw_without_decay_is_adam(void **state)
{
    (void)state;
    optimizer_course adam = optimizer_begin("adam epsilon=0", true);
    optimizer_course adamw = optimizer_begin("adamw epsilon=0 weight_decay=0", true);
    for (int i = 0; i < 5; i++) {
        optimizer_assert_step(&adam, 1, 1 - 0.001 * (i + 1));
        optimizer_assert_step(&adamw, 1, 1 - 0.001 * (i + 1));
        assert_same_bits(&adamw.parameter, &adam.parameter, 1);
    }
}

/* The first step over a network, a part of the parameters after the other. states [2][parameter_count] from 0 on */
static void step_over(const glia__network *network, const char *text, const real *gradients, size_t part, real *states)
{
    glia__optimizer optimizer;
    assert_ok(glia__optimizer_read(&optimizer, text));
    glia__step step = {.optimizer = &optimizer, .network = network, .gradients = gradients, .states = states};
    glia__step_prepare(&step, 1);
    for (size_t first = 0; first < network->parameter_count; first += part) {
        size_t left = network->parameter_count - first;
        glia__step_update(&step, first, left < part ? left : part);
    }
}

/* With gradients of 0, 1/8 of the weights goes and the biases stay, wherever a part begins and ends. */
static void test_adamw_decays_dense_weights_alone(void **state)
{
    (void)state;
    static const real parameters[] = {8, -16, 8, 24, 16}, expected[] = {7, -14, 8, 21, 16}, gradients[5] = {0};
    for (size_t part = 1; part <= COUNT_OF(parameters); part++) {
        glia__network network = network_make("input 2, dense 1, dense 1");
        real states[2 * COUNT_OF(parameters)] = {0};
        memcpy(network.values, parameters, sizeof parameters);
        step_over(&network, "adamw learning_rate=0.25 weight_decay=0.5", gradients, part, states);
        assert_same_bits(network.values, expected, COUNT_OF(expected));
        glia__network_release(&network);
    }
}

/* [moment1 of all parameters][moment2 of all parameters] */
static void test_step_over_a_network_keeps_the_states_apart(void **state)
{
    (void)state;
    static const real gradients[] = {1, 2, -4}, expected[] = {(real)0.5, 1, -2, (real)0.25, 1, 4};
    for (size_t part = 1; part <= COUNT_OF(gradients); part++) {
        glia__network network = network_make("input 2, dense 1");
        real states[6] = {0};
        step_over(&network, TEXT, gradients, part, states);
        assert_same_bits(states, expected, 6);
        glia__network_release(&network);
    }
}

static void test_adamw_text(void **state)
{
    (void)state;
    optimizer_assert_canonical("adamw",
                               "adamw learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8 weight_decay=0.01");
    optimizer_assert_refused("adamw weight_decay=-1",
                             "optimizer, column 7: weight_decay wants a number from 0, not '-1'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adamw_by_hand),
        cmocka_unit_test(test_adamw_without_decay_is_adam),
        cmocka_unit_test(test_adamw_decays_dense_weights_alone),
        cmocka_unit_test(test_step_over_a_network_keeps_the_states_apart),
        cmocka_unit_test(test_adamw_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
