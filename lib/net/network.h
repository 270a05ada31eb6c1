/* SPDX-License-Identifier: MIT */
/*
 * The network: layers in a row and their arrays. It owns parameters and statistics, computes forward and back through
 * memory that the caller lends, and knows nothing of losses, optimizers or files.
 */
#ifndef GLIA_NET_NETWORK_H
#define GLIA_NET_NETWORK_H

#include "base/memory.h"
#include "net/layer.h"

/* A pass over columns keeps at most so many numbers: it stays in the first cache. */
#define GLIA__COLUMN_NUMBERS (32768 / sizeof(real))

#define GLIA__ROW_LAYERS_MAX 8 /* that a row on its own goes through in one kernel */

typedef struct glia__network {
    glia__allocator allocator;
    const glia__kernels *kernels;
    uint64_t seed;

    char *architecture; /* canonical */
    size_t architecture_size;
    glia__layer *layers;
    size_t layer_count;
    size_t input_size, output_size;
    size_t most_rows;        /* more of them, as inputs or outputs, are more bytes than memory can count */
    size_t widest;           /* of the layers' outputs */
    size_t activation_width; /* numbers that a training forward keeps for each row */
    size_t delta_width;      /* and a backward */
    size_t first_trained;    /* the first layer with trained arrays, or layer_count */
    size_t longest_column;   /* of a pass over columns; 0: it takes none */

    glia__array **arrays; /* of all layers, in their order; then the trained ones among them again */
    size_t array_count, trained_count;
    real *values; /* of every array: the trained ones first, as parameters, then the statistics */
    size_t parameter_count, value_count;

    glia__row_layer row_layers[GLIA__ROW_LAYERS_MAX]; /* see row_layers.h */
    size_t row_layer_count;                           /* 0: the network is not among those */
} glia__network;

/* What a network is made with besides its text. */
typedef struct glia__network_setup {
    glia__allocator allocator;
    const glia__kernels *kernels;
    uint64_t seed;
    size_t input_size, output_size; /* where the text leaves them out, and what it must agree with; 0: not known */
} glia__network_setup;

/* Lay out the network that `architecture` describes: everything but its values, so that a reader can compare sizes
 * before it takes memory for them. *network is empty or laid out afterwards. */
glia_status glia__network_plan(glia__network *network, const char *architecture, const glia__network_setup *setup);

/* Take memory for the values of a planned network; they are not set. */
glia_status glia__network_allocate(glia__network *network);

/* Set the values as of a new network. */
void glia__network_initialize(glia__network *network);

void glia__network_release(glia__network *network);

/* Whether the last layer is an activation, whose input the losses call logits. */
bool glia__network_has_logits(const glia__network *network);

/* The last layer's name if it is an activation, else "identity". */
const char *glia__network_last_activation(const glia__network *network);

/* Learn what layers learn from data rather than by gradients; see glia_net_adapt(). */
glia_status glia__network_adapt(glia__network *network, const glia_samples *samples);

#endif
