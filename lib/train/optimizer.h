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

/* One array of parameters to update. */
typedef struct glia__update {
    const glia__kernels *kernels;
    const double *values; /* of the optimizer's settings */
    uint64_t step;        /* from 1 */
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
    void (*update)(const glia__update *update);
} glia__optimizer_type;

extern const glia__optimizer_type glia__sgd_optimizer;
extern const glia__optimizer_type glia__adam_optimizer;
extern const glia__optimizer_type glia__adamw_optimizer;

/* An optimizer with the values of its settings; type NULL: none. */
typedef struct glia__optimizer {
    const glia__optimizer_type *type;
    double values[GLIA__SETTINGS_MAX];
} glia__optimizer;

glia_status glia__optimizer_read(glia__optimizer *optimizer, const char *text);
glia__optimizer glia__optimizer_default(void);
void glia__optimizer_write(glia__writer *writer, const glia__optimizer *optimizer);

/* Its state arrays; 0 without an optimizer. */
size_t glia__optimizer_state_count(const glia__optimizer *optimizer);

/* One step over all parameters. states: [state_count][parameter_count] */
void glia__optimizer_step(const glia__optimizer *optimizer, uint64_t step, glia__network *network,
                          const real *gradients, real *states);

#endif
