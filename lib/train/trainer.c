/* SPDX-License-Identifier: MIT */
/* What a trainer owns. */
#include "train/trainer_memory.h"

#include <string.h>

#include "base/layout.h"
#include "net/propagate.h"
#include "train/comparison.h"

void glia__trainer_begin(glia__trainer *trainer, glia__network *network)
{
    *trainer = (glia__trainer){
        .network = network,
        .loss = glia__loss_default(network),
        .optimizer = glia__optimizer_default(),
    };
}

static void release_states(glia__trainer *trainer)
{
    const glia__network *network = trainer->network;
    glia__release(&network->allocator, trainer->states,
                  trainer->state_count * network->parameter_count * sizeof *trainer->states);
    trainer->states = NULL;
    trainer->state_count = 0;
}

void glia__trainer_release(glia__trainer *trainer)
{
    const glia__network *network = trainer->network;
    release_states(trainer);
    glia__release(&network->allocator, trainer->gradients, network->parameter_count * sizeof *trainer->gradients);
    glia__block_release(&trainer->activations, &network->allocator);
    glia__block_release(&trainer->deltas, &network->allocator);
    glia__block_release(&trainer->scratch, &network->allocator);
}

glia_status glia__trainer_set_optimizer(glia__trainer *trainer, const char *text)
{
    glia__optimizer optimizer = {0};
    glia_status status = text == NULL ? GLIA_OK : glia__optimizer_read(&optimizer, text);
    if (status != GLIA_OK)
        return status;
    release_states(trainer);
    trainer->optimizer = optimizer;
    trainer->step_count = 0;
    return GLIA_OK;
}

glia_status glia__trainer_reserve_gradients(glia__trainer *trainer)
{
    const glia__network *network = trainer->network;
    if (trainer->gradients != NULL)
        return GLIA_OK;
    size_t bytes = network->parameter_count * sizeof *trainer->gradients;
    trainer->gradients = glia__allocate(&network->allocator, bytes);
    if (trainer->gradients == NULL)
        return GLIA_ERR_NOMEM;
    memset(trainer->gradients, 0, bytes);
    return GLIA_OK;
}

glia_status glia__trainer_reserve_states(glia__trainer *trainer)
{
    const glia__network *network = trainer->network;
    size_t count = glia__optimizer_state_count(&trainer->optimizer), bytes;
    if (trainer->states != NULL || count == 0)
        return GLIA_OK;
    if (!glia__size_multiply(&bytes, network->parameter_count * sizeof *trainer->states, count))
        return glia__fail(GLIA_ERR_SHAPE, "the optimizer's state is larger than memory can count");
    trainer->states = glia__allocate(&network->allocator, bytes);
    if (trainer->states == NULL)
        return GLIA_ERR_NOMEM;
    memset(trainer->states, 0, bytes);
    trainer->state_count = count;
    return GLIA_OK;
}

glia_status glia__trainer_copy(glia__trainer *copy, const glia__trainer *trainer, glia__network *network)
{
    *copy = (glia__trainer){
        .network = network,
        .loss = trainer->loss,
        .optimizer = trainer->optimizer,
        .step_count = trainer->step_count,
        .pass_count = trainer->pass_count,
        .epoch_count = trainer->epoch_count,
    };
    if (trainer->states == NULL)
        return GLIA_OK;
    glia_status status = glia__trainer_reserve_states(copy);
    if (status == GLIA_OK)
        memcpy(copy->states, trainer->states, copy->state_count * network->parameter_count * sizeof *copy->states);
    return status;
}

static glia_status reserve_activations(glia__trainer *trainer, size_t rows)
{
    size_t count;
    if (rows <= trainer->activation_rows)
        return GLIA_OK;
    glia_status status = glia__activation_count(&count, trainer->network, rows);
    glia__layout layout = {0};
    if (status == GLIA_OK) {
        glia__layout_add(&layout, count, sizeof(real));
        status = glia__layout_reserve(&layout, &trainer->activations, &trainer->network->allocator);
    }
    if (status == GLIA_OK)
        trainer->activation_rows = rows;
    return status;
}

/* The losses of the rows, in whole vectors, and then the deltas. */
static glia_status reserve_deltas(glia__trainer *trainer, size_t rows)
{
    size_t count;
    if (rows <= trainer->backward_rows)
        return GLIA_OK;
    glia_status status = glia__delta_count(&count, trainer->network, rows);
    if (status != GLIA_OK)
        return status;
    glia__layout layout = {0};
    glia__layout_add(&layout, rows + trainer->network->kernels->lanes, sizeof(real));
    size_t begin = glia__layout_add(&layout, count, sizeof(real));
    status = glia__layout_reserve(&layout, &trainer->deltas, &trainer->network->allocator);
    if (status != GLIA_OK)
        return status;
    trainer->backward_rows = rows;
    trainer->delta_begin = begin;
    return GLIA_OK;
}

/* Of the kernels and of a comparison, which do not need it at the same time. */
static glia__layout task_scratch(const glia__network *network)
{
    glia__layout layout = {0};
    size_t comparison = glia__comparison_count(network), kernels = network->kernels->scratch_count;
    glia__layout_add(&layout, comparison > kernels ? comparison : kernels, sizeof(real));
    return layout;
}

static glia_status reserve_scratch(glia__trainer *trainer)
{
    size_t tasks = glia__threads_count(trainer->threads);
    if (glia__trainer_has_scratch(trainer))
        return GLIA_OK;
    glia__layout layout = task_scratch(trainer->network), all = {.is_too_large = layout.is_too_large};
    glia__layout_add(&all, tasks, layout.size);
    glia_status status = glia__layout_reserve(&all, &trainer->scratch, &trainer->network->allocator);
    if (status == GLIA_OK) {
        trainer->scratch_tasks = tasks;
        trainer->task_bytes = layout.size;
    }
    return status;
}

/* The activations last: growing them ends the pending forward, after which nothing may fail. */
glia_status glia__trainer_grow_forward(glia__trainer *trainer, size_t rows)
{
    glia_status status = reserve_scratch(trainer);
    return status != GLIA_OK ? status : reserve_activations(trainer, rows);
}

glia_status glia__trainer_grow_backward(glia__trainer *trainer, size_t rows)
{
    glia_status status = reserve_scratch(trainer);
    if (status == GLIA_OK)
        status = reserve_deltas(trainer, rows);
    return status != GLIA_OK ? status : glia__trainer_reserve_gradients(trainer);
}

glia_status glia__trainer_reserve(glia__trainer *trainer, size_t rows)
{
    glia_status status = glia__trainer_reserve_backward(trainer, rows);
    if (status == GLIA_OK)
        status = glia__trainer_reserve_states(trainer);
    return status != GLIA_OK ? status : glia__trainer_reserve_forward(trainer, rows);
}
