/* SPDX-License-Identifier: MIT */
/* The tensors of a model in the order of its file. */
#include "model/model_parts.h"

/* A model whose optimizer has made so many steps; its states are in memory. */
static void begin(model_parts *made, const char *architecture, const char *optimizer, uint64_t steps)
{
    model_parts_begin(made, architecture);
    assert_ok(glia__trainer_set_optimizer(&made->trainer, optimizer));
    made->trainer.step_count = steps;
    if (steps > 0)
        assert_ok(glia__trainer_reserve_states(&made->trainer));
}

/* The names in the order of the file, those of states as "moment1/0.weight". */
static void assert_tensors(const char *architecture, const char *optimizer, uint64_t steps, const char *expected)
{
    char names[256] = "";
    glia__writer writer = {.buffer = names, .capacity = sizeof names};
    glia__tensor_place place;
    model_parts made;
    begin(&made, architecture, optimizer, steps);
    for (size_t i = 0; glia__model_tensor(&made.model, i, &place); i++) {
        glia__write_text(&writer, i > 0 ? " " : "");
        glia__write_text(&writer, place.state_name == NULL ? "" : place.state_name);
        glia__write_text(&writer, place.state_name == NULL ? "" : "/");
        glia__write_text(&writer, place.array->name);
    }
    assert_string_equal(names, expected);
    assert_false(glia__model_tensor(&made.model, SIZE_MAX, &place));
    model_parts_end(&made);
}

static void test_arrays_come_first_and_states_after_the_first_step(void **state)
{
    (void)state;
    static const char architecture[] = "input 2, standardize, dense 1";
    assert_tensors(architecture, "adam", 0, "glia.0.mean glia.0.deviation 1.weight 1.bias");
    assert_tensors(architecture, NULL, 0, "glia.0.mean glia.0.deviation 1.weight 1.bias");
    assert_tensors(architecture, "sgd", 5, "glia.0.mean glia.0.deviation 1.weight 1.bias");
    assert_tensors(architecture, "sgd momentum=0.9", 5,
                   "glia.0.mean glia.0.deviation 1.weight 1.bias velocity/1.weight velocity/1.bias");
    assert_tensors(architecture, "adam", 1,
                   "glia.0.mean glia.0.deviation 1.weight 1.bias moment1/1.weight moment1/1.bias moment2/1.weight "
                   "moment2/1.bias");
}

static void test_network_without_parameters_has_no_states(void **state)
{
    (void)state;
    assert_tensors("input 2, identity", "adam", 1, "");
    assert_tensors("input 2, standardize", "adam", 1, "glia.0.mean glia.0.deviation");
}

static void test_values_are_those_of_network_and_states(void **state)
{
    (void)state;
    glia__tensor_place place;
    model_parts made;
    begin(&made, "input 2, standardize, dense 1", "adam", 1);
    const real *values = made.network.values, *states = made.trainer.states;
    const real *const expected[] = {values + 3, values + 5, values,     values + 2,
                                    states,     states + 2, states + 3, states + 5};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_true(glia__model_tensor(&made.model, i, &place));
        assert_ptr_equal(place.values, expected[i]);
    }
    model_parts_end(&made);
}

/* Every number there is, one after the other. */
static void test_number_that_is_not_finite_is_found_wherever_it_stands(void **state)
{
    (void)state;
    const double bad[] = {NAN, INFINITY, -INFINITY};
    model_parts made;
    begin(&made, "input 2, standardize, dense 1", "adam", 1);
    assert_ok(glia__model_check_finite(&made.model));
    for (size_t i = 0; i < made.network.value_count + 2 * made.network.parameter_count; i++) {
        bool is_state = i >= made.network.value_count;
        real *number = is_state ? &made.trainer.states[i - made.network.value_count] : &made.network.values[i];
        real before = *number;
        *number = (real)bad[i % COUNT_OF(bad)];
        assert_status(glia__model_check_finite(&made.model), GLIA_ERR_DIVERGED);
        *number = before;
    }
    assert_ok(glia__model_check_finite(&made.model));
    model_parts_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arrays_come_first_and_states_after_the_first_step),
        cmocka_unit_test(test_network_without_parameters_has_no_states),
        cmocka_unit_test(test_values_are_those_of_network_and_states),
        cmocka_unit_test(test_number_that_is_not_finite_is_found_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
