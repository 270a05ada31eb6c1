/* SPDX-License-Identifier: MIT */
/* Adam's update, shared with its relatives. */
#ifndef GLIA_TRAIN_ADAM_H
#define GLIA_TRAIN_ADAM_H

#include "train/optimizer.h"

/* Settings that adam and its relatives begin with. */
enum {
    GLIA__ADAM_BETA1 = GLIA__LEARNING_RATE + 1,
    GLIA__ADAM_BETA2,
    GLIA__ADAM_EPSILON,
    GLIA__ADAM_SETTINGS
};

#define GLIA__ADAM_SETTING_LIST                                                                                        \
    [GLIA__LEARNING_RATE] = {.name = "learning_rate",                                                                  \
                             .kind = GLIA__NUMBER,                                                                     \
                             .maximum = (double)REAL_MAX,                                                              \
                             .value = 0.001},                                                                          \
    [GLIA__ADAM_BETA1] = {.name = "beta1", .kind = GLIA__NUMBER, .maximum = 1, .is_below = true, .value = 0.9},        \
    [GLIA__ADAM_BETA2] = {.name = "beta2", .kind = GLIA__NUMBER, .maximum = 1, .is_below = true, .value = 0.999},      \
    [GLIA__ADAM_EPSILON] = {.name = "epsilon", .kind = GLIA__NUMBER, .maximum = (double)REAL_MAX, .value = 1e-8}

/* The two moments, and that there are always both. */
#define GLIA__ADAM_STATE_NAMES "moment1", "moment2"
size_t glia__adam_state_count(const double *values);

/* 1 - beta^step */
enum {
    GLIA__ADAM_CORRECTION1,
    GLIA__ADAM_CORRECTION2
};
void glia__adam_prepare(const double *values, uint64_t step, double *rates);

/* One update; `decay` of the old weights is taken off outside the moments. */
void glia__adam_update(const glia__step *step, size_t first, size_t count, double decay);

#endif
