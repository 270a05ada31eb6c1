/* SPDX-License-Identifier: MIT */
/* Networks of dense layers that a row on its own goes through in one kernel, without a call for each layer. */
#ifndef GLIA_NET_ROW_LAYERS_H
#define GLIA_NET_ROW_LAYERS_H

#include "net/propagate.h"

/* A row that learns is that small a piece of work up to so many parameters; with more, threads may share it. */
#define GLIA__ROW_PARAMETERS 16384

/* Describe the layers of a network that has its memory; none if they are too many or of other kinds. */
void glia__row_layers_plan(glia__network *network);

/* Whether inference, and training, take that way with so many rows. */
static inline bool glia__infers_as_row(const glia__network *network, size_t rows)
{
    return rows == 1 && network->row_layer_count > 0;
}

static inline bool glia__trains_as_row(const glia__network *network, size_t rows)
{
    return glia__infers_as_row(network, rows) && network->parameter_count <= GLIA__ROW_PARAMETERS;
}

static inline const glia__row_layer *glia__row_layers_end(const glia__network *network)
{
    return network->row_layers + network->row_layer_count;
}

/* Forward as in training, which leaves sums and outputs where layers would, and inference, to which `activations` are
 * scratch: glia__activation_count numbers. */
static inline void glia__row_layers_forward(const glia__network *network, const real *input, real *activations)
{
    network->kernels->row_forward(network->row_layers, glia__row_layers_end(network), input, activations, NULL);
}

static inline void glia__row_layers_infer(const glia__network *network, const real *input, real *output,
                                          real *activations)
{
    network->kernels->row_forward(network->row_layers, glia__row_layers_end(network), input, activations, output);
}

/* From the gradient that backward begins with to those of all parameters: in place of glia__propagate_backward and
 * glia__propagate_gradient. */
static inline void glia__row_layers_backward(const glia__network *network, const glia__backward *with, real *gradients,
                                             bool adds)
{
    const glia__row_backward at = {
        .first = network->row_layers,
        .end = glia__row_layers_end(network),
        .input = with->inputs,
        .activations = with->activations,
        .deltas = with->deltas,
        .gradients = gradients,
        .from_logits = with->is_logit_gradient,
        .adds = adds,
    };
    network->kernels->row_backward(&at);
}

#endif
