/* SPDX-License-Identifier: MIT */
/* The layers of a network as kernels that take a row through all of them see them. */
#include "net/row_layers.h"

#include "net/layers.h"

/* Its numbers and places; false if it is no dense layer, with an activation that the kernels know or none. */
static bool describe(glia__row_layer *row, const glia__layer *dense, const glia__layer *activation)
{
    if (dense->type != &glia__dense_layer)
        return false;
    const glia__array *weight = &dense->arrays[0], *bias = dense->array_count > 1 ? &dense->arrays[1] : NULL;
    *row = (glia__row_layer){
        .n = dense->output_size,
        .k = dense->input_size,
        .weight = weight->values,
        .bias = bias == NULL ? NULL : bias->values,
        .activation = GLIA__ROW_IDENTITY,
        .sums = dense->activation_offset,
        .outputs = dense->activation_offset,
        .delta = dense->delta_offset,
        .d_weight = weight->offset,
        .d_bias = bias == NULL ? 0 : bias->offset,
    };
    if (activation == NULL)
        return true;
    row->activation = activation->type->row_activation;
    row->outputs = activation->activation_offset;
    row->setting = (real)activation->values[0];
    if (row->activation == GLIA__ROW_LEAKY_RELU && row->setting == 0)
        row->activation = GLIA__ROW_RELU; /* 0 times infinity is no slope */
    return row->activation != GLIA__ROW_UNKNOWN;
}

void glia__row_layers_plan(glia__network *network)
{
    size_t count = 0;
    network->row_layer_count = 0;
    for (size_t i = 0; i < network->layer_count;) {
        const glia__layer *dense = &network->layers[i++];
        bool has_activation = i < network->layer_count && network->layers[i].type->is_activation;
        const glia__layer *activation = has_activation ? &network->layers[i++] : NULL;
        if (count == GLIA__ROW_LAYERS_MAX || !describe(&network->row_layers[count++], dense, activation))
            return;
    }
    network->row_layer_count = count;
}
