/* SPDX-License-Identifier: MIT */
/* relu: y = x where x > 0, else 0. */
#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    pass->kernels->relu(output, input, 0, pass->rows * layer->output_size);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    pass->kernels->relu_backward(at->d_input, at->d_output, at->output, 0, pass->rows * layer->output_size);
}

const glia__layer_type glia__relu_layer = {
    .entry = {.name = "relu"},
    .is_activation = true,
    .row_activation = GLIA__ROW_RELU,
    .is_in_place = true,
    .reads_output = true,
    .takes_columns = true,
    .initializer = GLIA__HE_NORMAL,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
