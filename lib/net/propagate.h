/* SPDX-License-Identifier: MIT */
/*
 * Through the layers, forward and back, in memory that the caller lends.
 *
 * A training pass has three parts. Forward and backward go through the layers with some rows, whichever rows go at the
 * same time; the gradient goes through all rows with a chunk of the parameters. No number is the work of two: each
 * comes out the same however rows and parameters are shared out.
 */
#ifndef GLIA_NET_PROPAGATE_H
#define GLIA_NET_PROPAGATE_H

#include "net/network.h"

/* Rows as columns are long: of whole vectors. */
static inline size_t glia__column_length(const glia__kernels *kernels, size_t rows)
{
    return (rows + kernels->lanes - 1) / kernels->lanes * kernels->lanes;
}

/* The pass of a batch whole; how it lies in memory depends on the shapes alone. */
glia__pass glia__pass_over(const glia__network *network, size_t rows);

/* The part of a pass that begins at a row. Columns are not cut. */
glia__pass glia__pass_part(const glia__pass *pass, size_t first_row, size_t rows);

/* Numbers that a training forward keeps, and a backward; enough for all batches of so many rows or fewer.
 * GLIA_ERR_SHAPE if too many to count. */
glia_status glia__activation_count(size_t *count, const glia__network *network, size_t rows);
glia_status glia__delta_count(size_t *count, const glia__network *network, size_t rows);

/* Forward in training mode. inputs [batch rows][input_size]; activations: glia__activation_count numbers. */
void glia__propagate_forward(const glia__network *network, const glia__pass *pass, const real *inputs,
                             real *activations);

/* Where the network's outputs of a pass stand, and the last activation's inputs, its logits. */
const real *glia__propagated_outputs(const glia__network *network, const glia__pass *pass, const real *activations);
const real *glia__propagated_logits(const glia__network *network, const glia__pass *pass, const real *inputs,
                                    const real *activations);

typedef struct glia__backward {
    const real *inputs;
    real *activations;      /* of the forward */
    real *deltas;           /* glia__delta_count numbers */
    bool is_logit_gradient; /* what backward begins with is the gradient of the logits, not of the outputs */
    real *input_gradient;   /* [batch rows][input_size], overwritten; may be NULL */
} glia__backward;

/* Where the gradient that backward begins with belongs, laid out as the outputs. */
real *glia__propagated_delta(const glia__network *network, const glia__pass *pass, real *deltas);

/* From that gradient to those of all layers. */
void glia__propagate_backward(const glia__network *network, const glia__pass *pass, const glia__backward *with);

/* The parameters, cut into `count` parts: those from `begin` to that before `end`. */
typedef struct glia__chunk {
    size_t begin, end, count;
} glia__chunk;

/* What of a layer belongs to a chunk; it may be empty. */
glia__share glia__layer_share(const glia__network *network, const glia__layer *layer, glia__chunk chunk);

/* The gradient of a layer's share, over all rows, once backward is done: into `gradients`, which are in the order of
 * the parameters; added to what is there or overwriting it. */
void glia__propagate_gradient(const glia__network *network, const glia__pass *pass, const glia__backward *with,
                              const glia__layer *layer, glia__share share, real *gradients, bool adds);

/* Scratch of an inference. */
typedef struct glia__inference_scratch {
    real *layers;  /* glia__inference_count numbers */
    real *kernels; /* as the kernels ask for, or NULL */
} glia__inference_scratch;

/* false if they are too many to count. */
bool glia__inference_count(size_t *count, const glia__network *network, size_t rows);

/* Inference. outputs [rows][output_size]; logits likewise, or NULL. */
void glia__propagate_inference(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                               real *logits, const glia__inference_scratch *scratch);

/* Inference through the first `layer_count` layers only; the result is lent: in scratch (3 rows x widest numbers), or
 * the inputs themselves. */
const real *glia__propagate_part(const glia__network *network, size_t layer_count, const real *inputs, size_t rows,
                                 real *scratch);

#endif
