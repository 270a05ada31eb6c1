/* SPDX-License-Identifier: MIT */
/* Networks of dense layers that a row on its own goes through in one kernel, without a call for each layer. */
#ifndef GLIA_NET_ROW_LAYERS_H
#define GLIA_NET_ROW_LAYERS_H

#include "net/network.h"

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

#endif
