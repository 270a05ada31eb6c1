/* SPDX-License-Identifier: MIT */
/* A batch beside what was wanted: the loss of each row, and the gradient that backward begins with. */
#ifndef GLIA_TRAIN_COMPARISON_H
#define GLIA_TRAIN_COMPARISON_H

#include "train/loss.h"

/* A batch to compare, laid out as its pass is. */
typedef struct glia__comparison {
    const glia__network *network;
    const glia__loss *loss;
    const glia__wanted *wanted; /* of the whole batch */
    double weight_sum;          /* of its rows */
    const real *outputs, *logits;
    real *gradient; /* of the reduced loss; NULL: not wanted */
    real *losses;   /* one a row, without their weights; NULL: not wanted */
} glia__comparison;

/* Numbers of scratch that a comparison takes. */
size_t glia__comparison_count(const glia__network *network);

/* Targets [width][stride] of `count` rows of classes, 0 in the rows behind them. */
void glia__expand_classes(real *targets, const int32_t *classes, size_t count, const glia__network *network,
                          size_t stride);

/* Compare the rows of a pass; outputs, logits and gradient begin with the first row of the pass, losses and what is
 * wanted with the first of the batch. */
void glia__compare(const glia__comparison *with, const glia__pass *pass, real *scratch);

/* The same of a pass over one row, laid out in rows: as good as columns one number long. Without a weight its share of
 * the reduced loss is 1. */
static inline void glia__compare_row(const glia__comparison *with, real *scratch)
{
    const glia__network *network = with->network;
    const glia__wanted *wanted = with->wanted;
    const glia__compared at = {
        .outputs = with->outputs,
        .logits = with->logits,
        .targets = wanted->classes == NULL ? wanted->targets : scratch,
        .losses = with->losses,
        .gradient = with->gradient,
        .width = network->output_size,
        .stride = 1,
    };
    if (wanted->classes != NULL)
        glia__expand_classes(scratch, wanted->classes, 1, network, 1);
    with->loss->type->compare(network->kernels, &at);
    if (with->gradient == NULL || wanted->row_weights == NULL)
        return;
    real share = (real)glia__loss_reduce(with->loss, (double)*wanted->row_weights, with->weight_sum);
    for (size_t i = 0; i < at.width; i++)
        with->gradient[i] *= share;
}

/* The sum of row weight x loss over a batch, not reduced. */
double glia__sum_losses(const real *losses, const real *row_weights, size_t rows);

#endif
