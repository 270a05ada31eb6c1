/* SPDX-License-Identifier: MIT */
/* What the tests of optimizers share: one parameter, step by step. */
#ifndef GLIA_TRAIN_OPTIMIZER_HARNESS_H
#define GLIA_TRAIN_OPTIMIZER_HARNESS_H

#include "api/harness.h"
#include "train/optimizer.h"

/* A parameter under an optimizer; its states begin at 0. */
typedef struct optimizer_course {
    glia__optimizer optimizer;
    uint64_t step;
    bool is_weight;
    real parameter;
    real states[GLIA__OPTIMIZER_STATES_MAX];
} optimizer_course;

/* The parameter begins at 1. */
optimizer_course optimizer_begin(const char *text, bool is_weight);

/* One step, after which the parameter is within 8 u of `expected`. */
void optimizer_assert_step(optimizer_course *course, real gradient, double expected);

/* The text of the optimizer with every setting spelled out. */
void optimizer_assert_canonical(const char *text, const char *expected);

void optimizer_assert_refused(const char *text, const char *message);

#endif
