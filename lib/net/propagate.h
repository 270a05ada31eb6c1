/* SPDX-License-Identifier: MIT */
/* Through the layers, forward and back, in memory that the caller lends. */
#ifndef GLIA_NET_PROPAGATE_H
#define GLIA_NET_PROPAGATE_H

#include "net/network.h"

/* Numbers that a training forward keeps, and that a backward needs as scratch; GLIA_ERR_SHAPE if too many to count. */
glia_status glia__activation_count(size_t *count, const glia__network *network, size_t rows);
glia_status glia__delta_count(size_t *count, const glia__network *network, size_t rows);

/* Forward in training mode. activations: glia__activation_count numbers. */
void glia__propagate_forward(const glia__network *network, const glia__pass *pass, const real *inputs,
                             real *activations);

/* Where in `activations` the network's outputs and the last activation's inputs (its logits) stand. */
const real *glia__propagated_outputs(const glia__network *network, size_t rows, const real *activations);
const real *glia__propagated_logits(const glia__network *network, size_t rows, const real *inputs,
                                    const real *activations);

typedef struct glia__backward {
    const real *inputs;
    const real *activations; /* of the forward */
    real *deltas; /* glia__delta_count numbers; the first rows x output_size hold the gradient to begin with */
    bool is_logit_gradient; /* that gradient is with respect to the logits, not the outputs */
    real *gradients;        /* added to; in the order of the parameters */
    real *input_gradient;   /* [rows][input_size], overwritten; may be NULL */
} glia__backward;

void glia__propagate_backward(const glia__network *network, const glia__pass *pass, const glia__backward *with);

/* Scratch of an inference. */
typedef struct glia__inference_scratch {
    real *layers;  /* 2 rows x widest numbers */
    real *kernels; /* as the kernels ask for, or NULL */
} glia__inference_scratch;

/* Inference. outputs [rows][output_size]; logits likewise, or NULL. */
void glia__propagate_inference(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                               real *logits, const glia__inference_scratch *scratch);

/* Inference through the first `layer_count` layers only; the result is lent: in scratch (3 rows x widest numbers), or
 * the inputs themselves. */
const real *glia__propagate_part(const glia__network *network, size_t layer_count, const real *inputs, size_t rows,
                                 real *scratch);

#endif
