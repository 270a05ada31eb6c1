/* SPDX-License-Identifier: MIT */
/*
 * dense UNITS [ACTIVATION] [init=NAME] [bias=yes/no]: y = x W + b, W [inputs][units].
 *
 * The activation is a layer of its own, which the network puts behind this one.
 */
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

static void forward(const glia__layer *layer, const glia__pass *pass, real *output, const real *input)
{
    const real *bias = layer->array_count > BIAS_ARRAY ? layer->arrays[BIAS_ARRAY].values : NULL;
    pass->kernels->dense_forward(output, input, layer->arrays[WEIGHT_ARRAY].values, bias, pass->rows,
                                 layer->output_size, layer->input_size, pass->scratch);
}

static void backward(const glia__layer *layer, const glia__pass *pass, const glia__layer_backward *at)
{
    const glia__kernels *kernels = pass->kernels;
    size_t m = pass->rows, n = layer->output_size, k = layer->input_size;

    kernels->dense_weight_gradient(at->d_arrays[WEIGHT_ARRAY], at->input, at->d_output, m, n, k, pass->scratch);
    if (layer->array_count > BIAS_ARRAY)
        kernels->dense_bias_gradient(at->d_arrays[BIAS_ARRAY], at->d_output, m, n);
    if (at->d_input != NULL)
        kernels->dense_input_gradient(at->d_input, at->d_output, layer->arrays[WEIGHT_ARRAY].values, m, n, k,
                                      pass->scratch);
}

const glia__layer_type glia__dense_layer = {
    .entry = {.name = "dense", .settings = settings, .setting_count = SETTINGS},
    .sets_width = true,
    .complete = complete,
    .declare = declare,
    .initialize = initialize,
    .forward = forward,
    .predict = forward,
    .backward = backward,
};
