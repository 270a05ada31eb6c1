/* SPDX-License-Identifier: MIT */
/*
 * The trainer of a network: its loss and optimizer, the gradients, what a forward has kept for the backwards that
 * follow, and the counters that random numbers and corrections depend on.
 */
#ifndef GLIA_TRAIN_TRAINER_H
#define GLIA_TRAIN_TRAINER_H

#include "base/threads.h"
#include "train/loss.h"
#include "train/optimizer.h"

typedef struct glia__trainer {
    glia__network *network;
    glia__threads *threads; /* lent, once there is a trainer; NULL: none */
    glia__loss loss;
    glia__optimizer optimizer;

    /* Saved with the network. */
    uint64_t step_count;  /* by this optimizer */
    uint64_t pass_count;  /* forwards in training */
    uint64_t epoch_count; /* epochs of fit */
    real *states;         /* [state count][parameter_count], or NULL before the first step */
    size_t state_count;   /* arrays in `states` */

    real *gradients; /* [parameter_count], or NULL before the first backward */
    bool may_step;   /* there was a backward, or zero_gradients, since the last step */

    /* The pending forward; rows 0: there is none. */
    const real *inputs;
    size_t rows;
    glia__pass pass;
    size_t pass_rows; /* for which `pass` is laid out; it serves all passes over as many */

    glia__block activations;
    glia__block deltas;                    /* of a backward, behind the losses of the rows */
    glia__block scratch;                   /* of tasks that run at the same time */
    size_t activation_rows, backward_rows; /* for which there is memory */
    size_t scratch_tasks;
    size_t task_bytes, delta_begin; /* of a task's scratch; where in their block the deltas begin */
} glia__trainer;

void glia__trainer_begin(glia__trainer *trainer, glia__network *network);
void glia__trainer_release(glia__trainer *trainer);

/* What is saved of a trainer, for a network of the same shape. */
glia_status glia__trainer_copy(glia__trainer *copy, const glia__trainer *trainer, glia__network *network);

/* NULL drops the optimizer. */
glia_status glia__trainer_set_optimizer(glia__trainer *trainer, const char *text);

/* Take what the first use of each needs, or more of it for more rows. On failure what is pending stays so. */
glia_status glia__trainer_reserve_gradients(glia__trainer *trainer);
glia_status glia__trainer_reserve_states(glia__trainer *trainer);

/* Take all memory that forward, backward and step on a batch need; then none of them can fail. */
glia_status glia__trainer_reserve(glia__trainer *trainer, size_t rows);

/* The backwards need a pending forward, the step an optimizer and may_step. outputs, loss and input_gradient may be
 * NULL. */
glia_status glia__trainer_forward(glia__trainer *trainer, const real *inputs, size_t rows, real *outputs);
glia_status glia__trainer_backward(glia__trainer *trainer, const glia__wanted *wanted, double *loss);
glia_status glia__trainer_backward_from(glia__trainer *trainer, const real *output_gradient, real *input_gradient);
glia_status glia__trainer_step(glia__trainer *trainer);
glia_status glia__trainer_zero_gradients(glia__trainer *trainer);

/* A batch to train on. */
typedef struct glia__batch {
    size_t rows;
    const real *inputs;
    glia__wanted wanted;
    /* Puts rows [begin, begin + rows) where `inputs` and `wanted` say, just before they are used; may be NULL. Called
     * for different rows at the same time. */
    void (*load)(void *context, size_t begin, size_t rows);
    void *context;
} glia__batch;

/* Forward and backward on a batch up to its loss, in memory that is reserved; then the gradients and the step. Between
 * the two the outputs can be read, and the batch be given up: nothing has changed but the count of passes. */
void glia__trainer_begin_batch(glia__trainer *trainer, const glia__batch *batch, double *loss);
void glia__trainer_end_batch(glia__trainer *trainer);

/* All of it on one batch: it happens whole or, without memory, not at all. */
glia_status glia__trainer_train(glia__trainer *trainer, const glia__batch *batch, double *loss);

/* The outputs of the pending forward, [rows][output_size], in `room` of that size or where they stand. */
const real *glia__trainer_outputs(const glia__trainer *trainer, real *room);

#endif
