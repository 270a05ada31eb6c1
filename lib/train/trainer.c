/* SPDX-License-Identifier: MIT */
/* Forward, backward and step, and the memory between them. */
#include "train/trainer.h"

#include <assert.h>
#include <string.h>

#include "base/float_mode.h"
#include "base/layout.h"
#include "net/propagate.h"

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
    const glia__network *network = trainer->network;
    glia_status status = glia__activation_count(&count, network, rows);
    if (status != GLIA_OK)
        return status;
    glia__layout layout = {0};
    glia__layout_add(&layout, network->kernels->scratch_count, sizeof(real));
    glia__layout_add(&layout, count, sizeof(real));
    return glia__layout_reserve(&layout, &trainer->activations, &network->allocator);
}

/* In front the scratch of the kernels, whose size does not depend on the rows. */
static real *scratch_of(const glia__trainer *trainer)
{
    return trainer->activations.bytes;
}

static real *activations_of(const glia__trainer *trainer)
{
    return scratch_of(trainer) + trainer->network->kernels->scratch_count;
}

/* In front the block of targets, whose size does not depend on the rows. */
static size_t target_count(const glia__network *network)
{
    return GLIA__ROW_BLOCK * network->output_size;
}

static glia_status reserve_deltas(glia__trainer *trainer, size_t rows)
{
    const glia__network *network = trainer->network;
    size_t count;
    glia_status status = glia__delta_count(&count, network, rows);
    if (status != GLIA_OK)
        return status;
    glia__layout layout = {0};
    glia__layout_add(&layout, network->output_size, GLIA__ROW_BLOCK * sizeof(real));
    glia__layout_add(&layout, count, sizeof(real));
    return glia__layout_reserve(&layout, &trainer->deltas, &network->allocator);
}

real *glia__trainer_target_block(const glia__trainer *trainer)
{
    return trainer->deltas.bytes;
}

static real *delta_block(const glia__trainer *trainer)
{
    return glia__trainer_target_block(trainer) + target_count(trainer->network);
}

const real *glia__trainer_outputs(const glia__trainer *trainer)
{
    return glia__propagated_outputs(trainer->network, trainer->rows, activations_of(trainer));
}

/* The pending pass. */
static glia__pass pass_of(const glia__trainer *trainer)
{
    return (glia__pass){
        .kernels = trainer->network->kernels,
        .scratch = scratch_of(trainer),
        .rows = trainer->rows,
        .seed = trainer->network->seed,
        .number = trainer->pass,
    };
}

glia_status glia__trainer_forward(glia__trainer *trainer, const real *inputs, size_t rows, real *outputs)
{
    const glia__network *network = trainer->network;
    glia_status status = reserve_activations(trainer, rows);
    if (status != GLIA_OK)
        return status;

    trainer->inputs = inputs;
    trainer->rows = rows;
    trainer->pass = trainer->pass_count++;
    const glia__pass pass = {.kernels = network->kernels, .rows = rows, .seed = network->seed, .number = trainer->pass};
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    glia__propagate_forward(network, &pass, inputs, activations_of(trainer));
    glia__float_mode_leave(mode);
    if (outputs != NULL)
        memcpy(outputs, glia__trainer_outputs(trainer), rows * network->output_size * sizeof *outputs);
    return GLIA_OK;
}

static glia_status begin_backward(glia__trainer *trainer)
{
    assert(trainer->rows > 0);
    glia_status status = reserve_deltas(trainer, trainer->rows);
    if (status == GLIA_OK)
        status = glia__trainer_reserve_gradients(trainer);
    if (status != GLIA_OK)
        return status;
    if (!trainer->may_step)
        memset(trainer->gradients, 0, trainer->network->parameter_count * sizeof *trainer->gradients);
    trainer->may_step = true;
    return GLIA_OK;
}

static void propagate_backward(glia__trainer *trainer, bool is_logit_gradient, real *input_gradient)
{
    const glia__network *network = trainer->network;
    const glia__pass pass = pass_of(trainer);
    const glia__backward with = {
        .inputs = trainer->inputs,
        .activations = activations_of(trainer),
        .deltas = delta_block(trainer),
        .is_logit_gradient = is_logit_gradient,
        .gradients = trainer->gradients,
        .input_gradient = input_gradient,
    };
    glia__propagate_backward(network, &pass, &with);
}

/* The losses of the pending rows, summed and reduced; their gradient goes where backward begins. */
static double compare_rows(glia__trainer *trainer, const glia__wanted *wanted)
{
    const glia__network *network = trainer->network;
    size_t rows = trainer->rows;
    const real *outputs = glia__trainer_outputs(trainer);
    const real *logits = glia__propagated_logits(network, rows, trainer->inputs, activations_of(trainer));
    double weight_sum = glia__sum_weights(wanted->row_weights, rows);
    double sum = 0;
    for (size_t begin = 0; begin < rows; begin += GLIA__ROW_BLOCK) {
        glia__rows block =
            glia__rows_block(network, wanted, begin, rows, outputs, logits, glia__trainer_target_block(trainer));
        sum +=
            glia__loss_block(&trainer->loss, &block, weight_sum, delta_block(trainer) + begin * network->output_size);
    }
    return glia__loss_reduce(&trainer->loss, sum, weight_sum);
}

glia_status glia__trainer_backward(glia__trainer *trainer, const glia__wanted *wanted, double *loss)
{
    glia_status status = begin_backward(trainer);
    if (status != GLIA_OK)
        return status;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    double rows_loss = compare_rows(trainer, wanted);
    if (loss != NULL)
        *loss = rows_loss + glia__loss_penalty(&trainer->loss, trainer->network);
    propagate_backward(trainer, trainer->loss.type->is_logit_gradient, NULL);
    glia__loss_penalty_gradient(&trainer->loss, trainer->network, trainer->gradients);
    glia__float_mode_leave(mode);
    return GLIA_OK;
}

glia_status glia__trainer_backward_from(glia__trainer *trainer, const real *output_gradient, real *input_gradient)
{
    glia_status status = begin_backward(trainer);
    if (status != GLIA_OK)
        return status;
    memcpy(delta_block(trainer), output_gradient,
           trainer->rows * trainer->network->output_size * sizeof *output_gradient);
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    propagate_backward(trainer, false, input_gradient);
    glia__float_mode_leave(mode);
    return GLIA_OK;
}

glia_status glia__trainer_step(glia__trainer *trainer)
{
    assert(trainer->may_step && trainer->optimizer.type != NULL);
    glia_status status = glia__trainer_reserve_states(trainer);
    if (status != GLIA_OK)
        return status;
    trainer->step_count++;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_TRAINING);
    glia__optimizer_step(&trainer->optimizer, trainer->step_count, trainer->network, trainer->gradients,
                         trainer->states);
    glia__float_mode_leave(mode);
    trainer->may_step = false;
    trainer->rows = 0;
    return GLIA_OK;
}

glia_status glia__trainer_zero_gradients(glia__trainer *trainer)
{
    glia_status status = glia__trainer_reserve_gradients(trainer);
    if (status != GLIA_OK)
        return status;
    memset(trainer->gradients, 0, trainer->network->parameter_count * sizeof *trainer->gradients);
    trainer->may_step = true;
    return GLIA_OK;
}

/* The activations last: growing them ends the pending forward, after which nothing may fail. */
glia_status glia__trainer_reserve(glia__trainer *trainer, size_t rows)
{
    glia_status status = reserve_deltas(trainer, rows);
    if (status == GLIA_OK)
        status = glia__trainer_reserve_gradients(trainer);
    if (status == GLIA_OK)
        status = glia__trainer_reserve_states(trainer);
    return status != GLIA_OK ? status : reserve_activations(trainer, rows);
}

glia_status glia__trainer_train(glia__trainer *trainer, const glia_samples *batch, double *loss)
{
    const glia__wanted wanted = {batch->targets, batch->classes, batch->row_weights};
    glia_status status = glia__trainer_reserve(trainer, batch->rows);
    if (status == GLIA_OK)
        status = glia__trainer_forward(trainer, batch->inputs, batch->rows, NULL);
    if (status == GLIA_OK)
        status = glia__trainer_backward(trainer, &wanted, loss);
    return status != GLIA_OK ? status : glia__trainer_step(trainer);
}
