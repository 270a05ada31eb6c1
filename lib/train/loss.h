/* SPDX-License-Identifier: MIT */
/*
 * What a loss is. A loss is one file with one const table; the list is in losses.c. Adding one is such a file and a
 * line there.
 */
#ifndef GLIA_TRAIN_LOSS_H
#define GLIA_TRAIN_LOSS_H

#include "train/rows.h"

/* The settings that every loss has. */
enum {
    GLIA__LOSS_L1,
    GLIA__LOSS_L2,
    GLIA__LOSS_REDUCTION,
    GLIA__LOSS_SETTINGS
};
enum {
    GLIA__REDUCTION_MEAN,
    GLIA__REDUCTION_SUM
};
extern const glia__setting glia__loss_settings[GLIA__LOSS_SETTINGS];

typedef struct glia__loss_type {
    glia__entry entry;
    const char *activation; /* the last layer that it wants; NULL: any that has a gradient */
    bool is_logit_gradient; /* the gradient is with respect to the last layer's inputs, that layer included */
    /* losses [rows->count]; gradient [rows->count][width], overwritten, or NULL */
    void (*compare)(const glia__rows *rows, double *losses, real *gradient);
} glia__loss_type;

extern const glia__loss_type glia__cross_entropy_loss;
extern const glia__loss_type glia__binary_cross_entropy_loss;
extern const glia__loss_type glia__perceptron_loss;
extern const glia__loss_type glia__mse_loss;

/* A loss with the values of its settings. */
typedef struct glia__loss {
    const glia__loss_type *type;
    double values[GLIA__SETTINGS_MAX];
} glia__loss;

/* Read a text; a loss that does not fit the network's last layer is GLIA_ERR_SHAPE. */
glia_status glia__loss_read(glia__loss *loss, const char *text, const glia__network *network);

/* The loss that goes with the network's last layer. */
glia__loss glia__loss_default(const glia__network *network);

/* The canonical text. */
void glia__loss_write(glia__writer *writer, const glia__loss *loss);

/* Sum of row weight x row loss over a block. The gradient, unless NULL, is that of the reduced loss of a batch whose row
 * weights sum up to weight_sum. */
double glia__loss_block(const glia__loss *loss, const glia__rows *rows, double weight_sum, real *gradient);

/* A sum over rows as the loss reduces it: as it is, or divided by the sum of the row weights (0 if that is 0). */
double glia__loss_reduce(const glia__loss *loss, double sum, double weight_sum);

/* l1 and l2 over the dense weight matrices, and their gradient added to `gradients`. */
double glia__loss_penalty(const glia__loss *loss, const glia__network *network);
void glia__loss_penalty_gradient(const glia__loss *loss, const glia__network *network, real *gradients);

#endif
