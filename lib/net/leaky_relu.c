/* SPDX-License-Identifier: MIT */
/* leaky_relu [slope=0.01]: y = x where x > 0, else slope x (Maas, Hannun and Ng, 2013). */
#include "net/layers.h"

/* Not negative, so that y tells the sign of x. */
static const glia__setting settings[] = {
    {.name = "slope", .kind = GLIA__NUMBER, .maximum = 1, .is_below = true, .value = 0.01},
};

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    pass->kernels->leaky_relu(output, input, (real)layer->values[0], pass->rows * layer->output_size);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    pass->kernels->leaky_relu_backward(at->d_input, at->d_output, at->output, (real)layer->values[0],
                                       pass->rows * layer->output_size);
}

const glia__layer_type glia__leaky_relu_layer = {
    .entry = {.name = "leaky_relu", .settings = settings, .setting_count = 1},
    .is_activation = true,
    .row_activation = GLIA__ROW_LEAKY_RELU,
    .is_in_place = true,
    .reads_output = true,
    .takes_columns = true,
    .initializer = GLIA__HE_NORMAL,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
