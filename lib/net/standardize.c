/* SPDX-License-Identifier: MIT */
/* standardize: y = (x - mean) / deviation, column by column; the numbers are learnt from data, not by gradients. */
#include "net/layers.h"

enum {
    MEAN,
    DEVIATION
};

static glia_status declare(glia__layer *layer)
{
    const glia__array column = {.rank = 1, .shape = {layer->input_size}};
    glia_status status = glia__layer_add_array(layer, &column, "mean");
    return status != GLIA_OK ? status : glia__layer_add_array(layer, &column, "deviation");
}

static void initialize(glia__layer *layer, uint64_t seed)
{
    (void)seed;
    for (size_t i = 0; i < layer->input_size; i++) {
        layer->arrays[MEAN].values[i] = 0;
        layer->arrays[DEVIATION].values[i] = 1;
    }
}

/* y = (x - mean) / deviation, [rows][width] */
static void standardize_rows(real *y, const real *x, const glia__pass *pass, const glia__layer *layer, bool is_centred)
{
    const real *mean = layer->arrays[MEAN].values, *deviation = layer->arrays[DEVIATION].values;
    size_t width = layer->input_size;
    for (size_t row = 0; row < pass->rows; row++, y += width, x += width)
        for (size_t i = 0; i < width; i++)
            y[i] = (is_centred ? x[i] - mean[i] : x[i]) / deviation[i];
}

/* The same, [width][batch] */
static void standardize_columns(real *y, const real *x, const glia__pass *pass, const glia__layer *layer,
                                bool is_centred)
{
    const real *mean = layer->arrays[MEAN].values, *deviation = layer->arrays[DEVIATION].values;
    for (size_t i = 0; i < layer->input_size; i++, y += pass->batch, x += pass->batch)
        for (size_t row = 0; row < pass->batch; row++)
            y[row] = (is_centred ? x[row] - mean[i] : x[row]) / deviation[i];
}

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    (pass->is_columns ? standardize_columns : standardize_rows)(output, input, pass, layer, true);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    (pass->is_columns ? standardize_columns : standardize_rows)(at->d_input, at->d_output, pass, layer, false);
}

static void adapt(glia__layer *layer, const double *mean, const double *variance)
{
    for (size_t i = 0; i < layer->input_size; i++) {
        real deviation = (real)sqrt(variance[i]);
        layer->arrays[MEAN].values[i] = (real)mean[i];
        layer->arrays[DEVIATION].values[i] = deviation >= REAL_MIN_NORMAL ? deviation : 1; /* it does not vary */
    }
}

const glia__layer_type glia__standardize_layer = {
    .entry = {.name = "standardize"},
    .is_in_place = true,
    .takes_columns = true,
    .declare = declare,
    .initialize = initialize,
    .forward = forward,
    .predict = forward,
    .backward = backward,
    .adapt = adapt,
};
