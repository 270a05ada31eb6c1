/* SPDX-License-Identifier: MIT */
/*
 * adam (Kingma and Ba, 2015): m += (1 - beta1) (g - m), v += (1 - beta2) (g g - v), w -= rate (m / c1) / (sqrt(v /
 * c2) + epsilon), where c = 1 - beta^t makes up for moments that began at 0.
 */
#include "train/adam.h"

static const glia__setting settings[] = {GLIA__ADAM_SETTING_LIST};

size_t glia__adam_state_count(const double *values)
{
    (void)values;
    return 2;
}

/* By repeated squaring rather than pow, whose last bit differs between machines. */
static double power(double base, uint64_t exponent)
{
    double result = 1;
    for (; exponent != 0; exponent >>= 1) {
        if (exponent & 1)
            result *= base;
        base *= base;
    }
    return result;
}

void glia__adam_prepare(const double *values, uint64_t step, double *rates)
{
    rates[GLIA__ADAM_CORRECTION1] = 1 - power(values[GLIA__ADAM_BETA1], step);
    rates[GLIA__ADAM_CORRECTION2] = 1 - power(values[GLIA__ADAM_BETA2], step);
}

void glia__adam_update(const glia__step *step, size_t first, size_t count, double decay)
{
    const glia__network *network = step->network;
    const double *values = step->optimizer->values;
    const glia__adam_rates rates = {
        .learning_rate = (real)values[GLIA__LEARNING_RATE],
        .decay = (real)decay,
        .beta1_rest = (real)(1 - values[GLIA__ADAM_BETA1]),
        .beta2_rest = (real)(1 - values[GLIA__ADAM_BETA2]),
        .correction1 = (real)step->rates[GLIA__ADAM_CORRECTION1],
        .correction2 = (real)step->rates[GLIA__ADAM_CORRECTION2],
        .epsilon = (real)values[GLIA__ADAM_EPSILON],
    };
    network->kernels->adam_update(network->values + first, glia__step_state(step, 0) + first,
                                  glia__step_state(step, 1) + first, step->gradients + first, &rates, count);
}

static void update(const glia__step *step, size_t first, size_t count, bool is_weight)
{
    (void)is_weight;
    glia__adam_update(step, first, count, 0);
}

const glia__optimizer_type glia__adam_optimizer = {
    .entry = {.name = "adam", .settings = settings, .setting_count = GLIA__ADAM_SETTINGS},
    .state_names = {GLIA__ADAM_STATE_NAMES},
    .state_count = glia__adam_state_count,
    .prepare = glia__adam_prepare,
    .update = update,
};
