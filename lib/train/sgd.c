/* SPDX-License-Identifier: MIT */
/*
 * sgd: stochastic gradient descent, w -= rate g; with momentum v = momentum v + g and w -= rate v; with Nesterov's
 * look-ahead w -= rate (g + momentum v) (Sutskever, Martens, Dahl and Hinton, 2013, in the form that keeps the rate
 * outside v, so that changing it does not rescale the past).
 */
#include "train/optimizer.h"

enum {
    MOMENTUM = GLIA__LEARNING_RATE + 1,
    NESTEROV,
    SETTINGS
};

static const glia__setting settings[] = {
    [GLIA__LEARNING_RATE] = {.name = "learning_rate", .kind = GLIA__NUMBER, .maximum = (double)REAL_MAX, .value = 0.01},
    [MOMENTUM] = {.name = "momentum", .kind = GLIA__NUMBER, .maximum = 1, .is_below = true},
    [NESTEROV] = {.name = "nesterov", .kind = GLIA__CHOICE, .words = glia__no_or_yes},
};

static size_t state_count(const double *values)
{
    return values[MOMENTUM] != 0;
}

static void update(const glia__step *step, size_t first, size_t count, bool is_weight)
{
    (void)is_weight;
    const glia__network *network = step->network;
    const double *values = step->optimizer->values;
    real *parameters = network->values + first;
    const real *gradients = step->gradients + first;
    if (state_count(values) == 0) {
        network->kernels->sgd_update(parameters, gradients, (real)values[GLIA__LEARNING_RATE], count);
        return;
    }
    const glia__sgd_rates rates = {
        .learning_rate = (real)values[GLIA__LEARNING_RATE],
        .momentum = (real)values[MOMENTUM],
        .is_nesterov = values[NESTEROV] != 0,
    };
    network->kernels->momentum_update(parameters, glia__step_state(step, 0) + first, gradients, &rates, count);
}

const glia__optimizer_type glia__sgd_optimizer = {
    .entry = {.name = "sgd", .settings = settings, .setting_count = SETTINGS},
    .state_names = {"velocity"},
    .state_count = state_count,
    .update = update,
};
