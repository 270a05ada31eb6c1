/* SPDX-License-Identifier: MIT */
/* tanh: y = tanh x. */
#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    pass->kernels->tanh(output, input, 0, pass->rows * layer->output_size);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    pass->kernels->tanh_backward(at->d_input, at->d_output, at->output, 0, pass->rows * layer->output_size);
}

const glia__layer_type glia__tanh_layer = {
    .entry = {.name = "tanh"},
    .is_activation = true,
    .row_activation = GLIA__ROW_TANH,
    .is_in_place = true,
    .reads_output = true,
    .takes_columns = true,
    .initializer = GLIA__GLOROT_UNIFORM,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
