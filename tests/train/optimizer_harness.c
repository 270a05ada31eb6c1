/* SPDX-License-Identifier: MIT */
/* What the tests of optimizers share; see optimizer_harness.h. */
#include "train/optimizer_harness.h"

optimizer_course optimizer_begin(const char *text, bool is_weight)
{
    optimizer_course course = {.is_weight = is_weight, .parameter = 1};
    assert_ok(glia__optimizer_read(&course.optimizer, text));
    return course;
}

void optimizer_assert_step(optimizer_course *course, real gradient, double expected)
{
    double rates[GLIA__RATES_MAX] = {0};
    course->step++;
    if (course->optimizer.type->prepare != NULL)
        course->optimizer.type->prepare(course->optimizer.values, course->step, rates);
    glia__update update = {
        .values = course->optimizer.values,
        .rates = rates,
        .is_weight = course->is_weight,
        .count = 1,
        .parameters = &course->parameter,
        .gradients = &gradient,
    };
    assert_ok(glia__kernels_select(&update.kernels, NULL));
    for (size_t i = 0; i < glia__optimizer_state_count(&course->optimizer); i++)
        update.states[i] = &course->states[i];
    course->optimizer.type->update(&update);
    assert_near((double)course->parameter, expected, 8 * ROUNDING);
}

void optimizer_assert_canonical(const char *text, const char *expected)
{
    char canonical[256];
    glia__optimizer optimizer;
    glia__writer writer = {.buffer = canonical, .capacity = sizeof canonical};
    assert_ok(glia__optimizer_read(&optimizer, text));
    glia__optimizer_write(&writer, &optimizer);
    assert_string_equal(canonical, expected);
}

void optimizer_assert_refused(const char *text, const char *message)
{
    glia__optimizer optimizer;
    assert_status(glia__optimizer_read(&optimizer, text), GLIA_ERR_TEXT);
    assert_string_equal(glia_error_message(), message);
}
