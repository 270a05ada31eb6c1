/* SPDX-License-Identifier: MIT */
/*
 * dropout RATE: in training every value is 0 with that probability and the others are divided by 1 - RATE; in use
 * nothing happens (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014, scaled in training).
 *
 * Whether a value is kept is a function of (layer, pass, row, unit), so backward asks again instead of keeping a mask.
 */
#include <string.h>

#include "base/random.h"
#include "base/streams.h"
#include "net/layers.h"

#define BLOCK 4 /* words that one call of the generator gives; every row begins a new block */

static const glia__setting settings[] = {
    {.name = "rate", .kind = GLIA__NUMBER, .is_positional = true, .is_required = true, .maximum = 1, .is_below = true},
};

/* y[row] = x[row] where kept, scaled; may be in place */
static void drop_row(const glia__layer *layer, const glia__pass *pass, size_t row, real *y, const real *x)
{
    double rate = layer->values[0];
    uint64_t threshold = (uint64_t)(rate * 0x1p32); /* words below it are dropped: a share of floor(rate 2^32) / 2^32 */
    real scale = (real)(1 / (1 - rate));
    size_t width = layer->output_size, blocks = (width + BLOCK - 1) / BLOCK;

    uint32_t words[BLOCK];
    for (size_t i = 0; i < width; i++) {
        if (i % BLOCK == 0)
            glia__random_block(words, pass->seed, GLIA__STREAM_DROPOUT + (uint32_t)layer->index, pass->number,
                               (uint64_t)row * blocks + i / BLOCK);
        y[i] = words[i % BLOCK] < threshold ? 0 : x[i] * scale;
    }
}

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    for (size_t row = 0; row < pass->rows; row++)
        drop_row(layer, pass, pass->first_row + row, output + row * layer->output_size,
                 input + row * layer->output_size);
}

static void predict(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    if (output != input)
        memcpy(output, input, pass->rows * layer->output_size * sizeof *output);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    forward(layer, pass, at->d_input, at->d_output);
}

const glia__layer_type glia__dropout_layer = {
    .entry = {.name = "dropout", .settings = settings, .setting_count = 1},
    .is_in_place = true,
    .forward = forward,
    .predict = predict,
    .backward = backward,
};
