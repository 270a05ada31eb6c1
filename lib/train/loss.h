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
    void (*compare)(const glia__kernels *kernels, const glia__compared *at);
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

/* A sum over rows as the loss reduces it: as it is, or divided by the sum of the row weights (0 if that is 0). */
double glia__loss_reduce(const glia__loss *loss, double sum, double weight_sum);

/* l1 and l2 over the dense weight matrices, if there are any. */
static inline bool glia__loss_has_penalty(const glia__loss *loss)
{
    return loss->values[GLIA__LOSS_L1] != 0 || loss->values[GLIA__LOSS_L2] != 0;
}
double glia__loss_penalty(const glia__loss *loss, const glia__network *network);

/* Their gradient by `count` numbers of a weight matrix, added to d_weight. */
void glia__loss_penalty_gradient(const glia__loss *loss, const glia__kernels *kernels, real *d_weight,
                                 const real *weight, size_t count);

#endif
