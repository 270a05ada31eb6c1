/* SPDX-License-Identifier: MIT */
/* sigmoid: y = 1 / (1 + exp(-x)). */
#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    pass->kernels->sigmoid(output, input, 0, pass->rows * layer->output_size);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    pass->kernels->sigmoid_backward(at->d_input, at->d_output, at->output, 0, pass->rows * layer->output_size);
}

const glia__layer_type glia__sigmoid_layer = {
    .entry = {.name = "sigmoid"},
    .is_activation = true,
    .row_activation = GLIA__ROW_SIGMOID,
    .is_in_place = true,
    .reads_output = true,
    .takes_columns = true,
    .initializer = GLIA__GLOROT_UNIFORM,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
