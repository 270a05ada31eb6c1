/* SPDX-License-Identifier: MIT */
/* softmax: y = exp(x) / sum of exp(x) over the row: probabilities of classes. */
#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    if (pass->is_columns)
        pass->kernels->softmax_columns(output, input, pass->batch, layer->output_size);
    else
        pass->kernels->softmax(output, input, pass->rows, layer->output_size);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    if (pass->is_columns)
        pass->kernels->softmax_columns_backward(at->d_input, at->d_output, at->output, pass->batch, layer->output_size);
    else
        pass->kernels->softmax_backward(at->d_input, at->d_output, at->output, pass->rows, layer->output_size);
}

const glia__layer_type glia__softmax_layer = {
    .entry = {.name = "softmax"},
    .is_activation = true,
    .row_activation = GLIA__ROW_SOFTMAX,
    .minimum_width = 2, /* of width 1 it would always be 1 */
    .is_in_place = true,
    .reads_output = true,
    .takes_columns = true,
    .initializer = GLIA__GLOROT_UNIFORM,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
