/* SPDX-License-Identifier: MIT */
/* The memory of a trainer, as its passes use it. */
#ifndef GLIA_TRAIN_TRAINER_MEMORY_H
#define GLIA_TRAIN_TRAINER_MEMORY_H

#include "train/trainer.h"

/* Take what a forward of so many rows needs, which may end the pending one, or the backward of the pending one. */
glia_status glia__trainer_grow_forward(glia__trainer *trainer, size_t rows);
glia_status glia__trainer_grow_backward(glia__trainer *trainer, size_t rows);

static inline bool glia__trainer_has_scratch(const glia__trainer *trainer)
{
    return glia__threads_count(trainer->threads) <= trainer->scratch_tasks;
}

/* The same, where it may be there already, as it is in every call but the first. */
static inline glia_status glia__trainer_reserve_forward(glia__trainer *trainer, size_t rows)
{
    bool is_there = rows <= trainer->activation_rows && glia__trainer_has_scratch(trainer);
    return is_there ? GLIA_OK : glia__trainer_grow_forward(trainer, rows);
}

static inline glia_status glia__trainer_reserve_backward(glia__trainer *trainer, size_t rows)
{
    bool is_there = rows <= trainer->backward_rows && trainer->gradients != NULL && glia__trainer_has_scratch(trainer);
    return is_there ? GLIA_OK : glia__trainer_grow_backward(trainer, rows);
}

static inline real *glia__trainer_activations(const glia__trainer *trainer)
{
    return trainer->activations.bytes;
}

/* One a row, in whole vectors. */
static inline real *glia__trainer_losses(const glia__trainer *trainer)
{
    return trainer->deltas.bytes;
}

static inline real *glia__trainer_deltas(const glia__trainer *trainer)
{
    return (real *)((char *)trainer->deltas.bytes + trainer->delta_begin);
}

static inline real *glia__trainer_scratch(const glia__trainer *trainer, size_t task)
{
    return (real *)((char *)trainer->scratch.bytes + task * trainer->task_bytes);
}

#endif
