/* SPDX-License-Identifier: MIT */
/* The memory of a trainer, as its passes use it. */
#ifndef GLIA_TRAIN_TRAINER_MEMORY_H
#define GLIA_TRAIN_TRAINER_MEMORY_H

#include "train/trainer.h"

/* Take what a forward of so many rows needs, which may end the pending one, or the backward of the pending one. */
glia_status glia__trainer_reserve_forward(glia__trainer *trainer, size_t rows);
glia_status glia__trainer_reserve_backward(glia__trainer *trainer, size_t rows);

real *glia__trainer_activations(const glia__trainer *trainer);
real *glia__trainer_losses(const glia__trainer *trainer); /* one a row, in whole vectors */
real *glia__trainer_deltas(const glia__trainer *trainer);
real *glia__trainer_scratch(const glia__trainer *trainer, size_t task);

#endif
