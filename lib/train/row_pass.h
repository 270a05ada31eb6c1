/* SPDX-License-Identifier: MIT */
/* A training pass over a row on its own, in networks that take it whole: what a pass over many rows does, without what
 * sharing them out takes, which would be most of the time in a small network. */
#ifndef GLIA_TRAIN_ROW_PASS_H
#define GLIA_TRAIN_ROW_PASS_H

#include "net/row_layers.h"
#include "train/comparison.h"
#include "train/trainer.h"

/* Forward on the pending row. */
void glia__row_pass_forward(const glia__trainer *trainer);

/* Begin a backward: compare the outputs with what was wanted. loss: of the row; NULL: not asked for. */
void glia__row_pass_compare(const glia__trainer *trainer, const glia__wanted *wanted, real *loss);

/* The gradients of all parameters, penalties included; added to those that the last step has not used. */
void glia__row_pass_gradient(const glia__trainer *trainer);

/* The same from a gradient of the outputs that somebody else has put in place, without penalties. */
void glia__row_pass_gradient_from(const glia__trainer *trainer);

#endif
