/* SPDX-License-Identifier: MIT */
/*
 * dense UNITS [ACTIVATION] [init=NAME] [bias=yes/no]: y = x W + b, W [inputs][units].
 *
 * The activation is a layer of its own, which the network puts behind this one.
 */
#include <string.h>

#include "base/streams.h"
#include "net/layers.h"

enum {
    UNITS,
    ACTIVATION,
    INIT,
    BIAS,
    SETTINGS
};
enum {
    WEIGHT_ARRAY,
    BIAS_ARRAY
};

static const glia__setting settings[] = {
    [UNITS] =
        {.name = "units", .kind = GLIA__COUNT, .is_positional = true, .minimum = 1, .maximum = (double)GLIA__WIDTH_MAX},
    [ACTIVATION] = {.name = "activation",
                    .kind = GLIA__NAME,
                    .is_positional = true,
                    .names = &glia__activation_vocabulary},
    [INIT] = {.name = "init", .kind = GLIA__CHOICE, .words = glia__initializer_names, .value = GLIA__BY_ACTIVATION},
    [BIAS] = {.name = "bias", .kind = GLIA__CHOICE, .words = glia__no_or_yes, .value = 1},
};

static void complete(glia__item *item)
{
    const glia__layer_type *activation = (const glia__layer_type *)item->choice.entry;
    if (item->self.values[INIT] == GLIA__BY_ACTIVATION)
        item->self.values[INIT] = activation->initializer;
}

static glia_status declare(glia__layer *layer)
{
    const glia__array weight = {
        .rank = 2, .shape = {layer->input_size, layer->output_size}, .is_trained = true, .is_weight = true};
    const glia__array bias = {.rank = 1, .shape = {layer->output_size}, .is_trained = true};

    glia_status status = glia__layer_add_array(layer, &weight, "weight");
    if (status == GLIA_OK && layer->values[BIAS] != 0)
        status = glia__layer_add_array(layer, &bias, "bias");
    return status;
}

static void initialize(glia__layer *layer, uint64_t seed)
{
    glia__initialize_weights(layer->arrays[WEIGHT_ARRAY].values, layer->input_size, layer->output_size,
                             (glia__initializer)layer->values[INIT], seed,
                             GLIA__STREAM_WEIGHTS + (uint32_t)layer->index);
    if (layer->array_count > BIAS_ARRAY)
        for (size_t i = 0; i < layer->output_size; i++)
            layer->arrays[BIAS_ARRAY].values[i] = 0;
}

static const real *bias_of(const glia__layer *layer)
{
    return layer->array_count > BIAS_ARRAY ? layer->arrays[BIAS_ARRAY].values : NULL;
}

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    const real *weight = layer->arrays[WEIGHT_ARRAY].values, *bias = bias_of(layer);
    size_t n = layer->output_size, k = layer->input_size;
    if (pass->is_columns)
        pass->kernels->columns_forward(output, input, weight, bias, pass->batch, n, k);
    else
        pass->kernels->dense_forward(output, input, weight, bias, pass->rows, n, k, pass->scratch);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    const real *weight = layer->arrays[WEIGHT_ARRAY].values;
    size_t n = layer->output_size, k = layer->input_size;
    if (pass->is_columns)
        pass->kernels->columns_input_gradient(at->d_input, at->d_output, weight, pass->batch, n, k);
    else
        pass->kernels->dense_input_gradient(at->d_input, at->d_output, weight, pass->rows, n, k, pass->scratch);
}

/* The rows of the weight matrix that belong to some of the inputs; the bias with the first of them. */
static void differentiate(const glia__layer *layer, const glia__pass *pass, const glia__layer_gradient *at)
{
    const glia__kernels *kernels = pass->kernels;
    size_t n = layer->output_size, k = at->share.end - at->share.begin;
    real *d_weight = at->d_arrays[WEIGHT_ARRAY] + at->share.begin * n;
    real *d_bias = at->share.begin == 0 ? at->d_arrays[BIAS_ARRAY] : NULL;
    if (pass->is_columns) {
        kernels->columns_weight_gradient(d_weight, at->input + at->share.begin * pass->batch, at->d_output, pass->batch,
                                         n, k, at->adds);
        if (d_bias != NULL)
            kernels->columns_bias_gradient(d_bias, at->d_output, pass->batch, n, at->adds);
    } else {
        if (!at->adds && d_bias != NULL)
            memset(d_bias, 0, n * sizeof *d_bias);
        kernels->dense_weight_gradient(d_weight, at->input + at->share.begin, at->d_output, pass->rows, n, k,
                                       layer->input_size, at->adds, pass->scratch);
        if (d_bias != NULL)
            kernels->dense_bias_gradient(d_bias, at->d_output, pass->rows, n);
    }
}

const glia__layer_type glia__dense_layer = {
    .entry = {.name = "dense", .settings = settings, .setting_count = SETTINGS},
    .sets_width = true,
    .takes_columns = true,
    .complete = complete,
    .declare = declare,
    .initialize = initialize,
    .forward = forward,
    .predict = forward,
    .backward = backward,
    .differentiate = differentiate,
};
