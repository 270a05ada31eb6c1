/* SPDX-License-Identifier: MIT */
/* step: y = 1 where x >= 0, else 0 (Heaviside; the perceptron's activation). Its gradient is 0, so only a loss that
 * looks at x, the perceptron's, can train through it. */
#include "net/layers.h"

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    pass->kernels->step(output, input, 0, pass->rows * layer->output_size);
}

const glia__layer_type glia__step_layer = {
    .entry = {.name = "step"},
    .is_activation = true,
    .row_activation = GLIA__ROW_STEP,
    .is_only_last = true,
    .initializer = GLIA__LECUN_NORMAL,
    .takes_columns = true,
    .forward = forward,
    .predict = forward,
};
