/* SPDX-License-Identifier: MIT */
#include "train/row_pass.h"

#include "train/trainer_memory.h"

void glia__row_pass_forward(const glia__trainer *trainer)
{
    glia__row_layers_forward(trainer->network, trainer->inputs, glia__trainer_activations(trainer));
}

void glia__row_pass_compare(const glia__trainer *trainer, const glia__wanted *wanted, real *loss)
{
    const glia__row_layer *last = glia__row_layers_end(trainer->network) - 1;
    const real *activations = glia__trainer_activations(trainer);
    const glia__comparison comparison = {
        .network = trainer->network,
        .loss = &trainer->loss,
        .wanted = wanted,
        .weight_sum = glia__sum_weights(wanted->row_weights, 1),
        .outputs = activations + last->outputs,
        .logits = activations + last->sums,
        .gradient = glia__trainer_deltas(trainer) + last->delta,
        .losses = loss,
    };
    glia__compare_row(&comparison, glia__trainer_scratch(trainer, 0));
}

static void add_penalties(const glia__trainer *trainer)
{
    const glia__network *network = trainer->network;
    for (size_t i = 0; i < network->trained_count; i++) {
        const glia__array *array = network->arrays[network->array_count + i];
        if (array->is_weight)
            glia__loss_penalty_gradient(&trainer->loss, network->kernels, trainer->gradients + array->offset,
                                        array->values, array->count);
    }
}

static inline void go_back(const glia__trainer *trainer, bool is_logit_gradient)
{
    const glia__backward backward = {
        .inputs = trainer->inputs,
        .activations = glia__trainer_activations(trainer),
        .deltas = glia__trainer_deltas(trainer),
        .is_logit_gradient = is_logit_gradient,
    };
    glia__row_layers_backward(trainer->network, &backward, trainer->gradients, trainer->may_step);
}

void glia__row_pass_gradient(const glia__trainer *trainer)
{
    go_back(trainer, trainer->loss.type->is_logit_gradient);
    if (glia__loss_has_penalty(&trainer->loss))
        add_penalties(trainer);
}

void glia__row_pass_gradient_from(const glia__trainer *trainer)
{
    go_back(trainer, false);
}
