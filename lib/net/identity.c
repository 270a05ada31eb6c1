/* SPDX-License-Identifier: MIT */
/* identity: y = x. */
#include <string.h>

#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    if (output != input)
        memcpy(output, input, pass->rows * layer->output_size * sizeof *output);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    forward(layer, pass, at->d_input, at->d_output);
}

const glia__layer_type glia__identity_layer = {
    .entry = {.name = "identity"},
    .is_activation = true,
    .row_activation = GLIA__ROW_IDENTITY,
    .is_in_place = true,
    .takes_columns = true,
    .initializer = GLIA__LECUN_NORMAL,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
