/* SPDX-License-Identifier: MIT */
/*
 * What an optimizer is. An optimizer is one file with one const table; the list is in optimizers.c. Adding one is
 * such a file and a line there.
 */
#ifndef GLIA_TRAIN_OPTIMIZER_H
#define GLIA_TRAIN_OPTIMIZER_H

#include "net/network.h"

#define GLIA__OPTIMIZER_STATES_MAX 2

enum {
    GLIA__LEARNING_RATE
}; /* the first setting of every optimizer */

#define GLIA__RATES_MAX 4

/* Some parameters to update, all weights of dense layers or none. */
typedef struct glia__update {
    const glia__kernels *kernels;
    const double *values; /* of the optimizer's settings */
    const double *rates;  /* prepared for this step */
    bool is_weight;       /* decay applies */
    size_t count;
    real *parameters;
    const real *gradients;
    real *states[GLIA__OPTIMIZER_STATES_MAX];
} glia__update;

typedef struct glia__optimizer_type {
    glia__entry entry;
    /* Arrays of the size of the parameters that it keeps, by name; they begin at 0. */
    const char *state_names[GLIA__OPTIMIZER_STATES_MAX];
    size_t (*state_count)(const double *values);
    bool tells_weights; /* is_weight makes a difference */
    /* What a step needs besides the settings; the first is 1. May be NULL. rates [GLIA__RATES_MAX] */
    void (*prepare)(const double *values, uint64_t step, double *rates);
    void (*update)(const glia__update *update);
} glia__optimizer_type;

extern const glia__optimizer_type glia__sgd_optimizer;
extern const glia__optimizer_type glia__adam_optimizer;
extern const glia__optimizer_type glia__adamw_optimizer;

/* An optimizer with the values of its settings; type NULL: none. */
typedef struct glia__optimizer {
    const glia__optimizer_type *type;
    double values[GLIA__SETTINGS_MAX];
    size_t state_count; /* arrays of states */
} glia__optimizer;

/* Its state arrays; 0 without an optimizer. */
static inline size_t glia__optimizer_state_count(const glia__optimizer *optimizer)
{
    return optimizer->state_count;
}

glia_status glia__optimizer_read(glia__optimizer *optimizer, const char *text);
glia__optimizer glia__optimizer_default(void);
void glia__optimizer_write(glia__writer *writer, const glia__optimizer *optimizer);

/* One step, prepared. */
typedef struct glia__step {
    const glia__optimizer *optimizer;
    const glia__network *network;
    const real *gradients;
    real *states; /* [state_count][parameter_count] */
    double rates[GLIA__RATES_MAX];
} glia__step;

void glia__step_prepare(glia__step *step, uint64_t number);

/* Take it for parameters [first, first + count). */
void glia__step_update(const glia__step *step, size_t first, size_t count);

#endif
