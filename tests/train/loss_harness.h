/* SPDX-License-Identifier: MIT */
/* What the tests of losses share: row losses and their gradient by the logits, by hand and against differences. */
#ifndef GLIA_TRAIN_LOSS_HARNESS_H
#define GLIA_TRAIN_LOSS_HARNESS_H

#include "api/harness.h"
#include "train/loss.h"

/* Losses [rows] and gradient [rows][width] (which may be NULL) for logits z and targets t, both [rows][width]; the
 * outputs are what the activation that the loss wants makes of the logits. At most 64 rows, and 512 numbers. */
void loss_compare(const glia__loss_type *type, const real *z, const real *t, size_t rows, size_t width, double *losses,
                  real *gradient);

/* One row's loss and gradient, each within 32 u of max(1, |expected|). */
void loss_assert_row(const glia__loss_type *type, const real *z, const real *t, size_t width, double expected_loss,
                     const double *expected_gradient);

/* The gradient of rows of random logits and targets in [0, 1) against central differences of the losses. */
void loss_check_gradient(const glia__loss_type *type, size_t width);

#endif
