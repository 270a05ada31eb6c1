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
    glia__network network = {.values = &course->parameter, .parameter_count = 1};
    assert_ok(glia__kernels_select(&network.kernels, NULL));
    glia__step step = {
        .optimizer = &course->optimizer, .network = &network, .gradients = &gradient, .states = course->states};
    glia__step_prepare(&step, ++course->step);
    course->optimizer.type->update(&step, 0, 1, course->is_weight);
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
