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

typedef struct glia__optimizer_type glia__optimizer_type;

/* An optimizer with the values of its settings; type NULL: none. */
typedef struct glia__optimizer {
    const glia__optimizer_type *type;
    double values[GLIA__SETTINGS_MAX];
    size_t state_count; /* arrays of states */
} glia__optimizer;

/* One step over a network, prepared. */
typedef struct glia__step {
    const glia__optimizer *optimizer;
    const glia__network *network;
    const real *gradients;         /* [parameter_count] */
    real *states;                  /* [state_count][parameter_count] */
    double rates[GLIA__RATES_MAX]; /* what it needs besides the settings */
} glia__step;

struct glia__optimizer_type {
    glia__entry entry;
    /* Arrays of the size of the parameters that it keeps, by name; they begin at 0. */
    const char *state_names[GLIA__OPTIMIZER_STATES_MAX];
    size_t (*state_count)(const double *values);
    bool tells_weights; /* is_weight makes a difference */
    /* What a step needs besides the settings; the first is 1. May be NULL. rates [GLIA__RATES_MAX] */
    void (*prepare)(const double *values, uint64_t step, double *rates);
    /* Take it for parameters [first, first + count): of dense layers' weights, to which decay applies, if is_weight. */
    void (*update)(const glia__step *step, size_t first, size_t count, bool is_weight);
};

extern const glia__optimizer_type glia__sgd_optimizer;
extern const glia__optimizer_type glia__adam_optimizer;
extern const glia__optimizer_type glia__adamw_optimizer;

/* Its state arrays; 0 without an optimizer. */
static inline size_t glia__optimizer_state_count(const glia__optimizer *optimizer)
{
    return optimizer->state_count;
}

glia_status glia__optimizer_read(glia__optimizer *optimizer, const char *text);
glia__optimizer glia__optimizer_default(void);
void glia__optimizer_write(glia__writer *writer, const glia__optimizer *optimizer);

/* Fill in the rates of step `number`, which counts from 1. */
static inline void glia__step_prepare(glia__step *step, uint64_t number)
{
    const glia__optimizer *optimizer = step->optimizer;
    if (optimizer->type->prepare != NULL)
        optimizer->type->prepare(optimizer->values, number, step->rates);
}

/* Take it for parameters [first, first + count), array by array. */
void glia__step_update_arrays(const glia__step *step, size_t first, size_t count);

/* The same, at once where weights are nothing special to the optimizer. */
static inline void glia__step_update(const glia__step *step, size_t first, size_t count)
{
    if (step->optimizer->type->tells_weights)
        glia__step_update_arrays(step, first, count);
    else
        step->optimizer->type->update(step, first, count, false);
}

/* A state of the optimizer. */
static inline real *glia__step_state(const glia__step *step, size_t state)
{
    return step->states + state * step->network->parameter_count;
}

#endif
