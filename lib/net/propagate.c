/* SPDX-License-Identifier: MIT */
/* Through the layers, forward and back. */
#include "net/propagate.h"

#include <string.h>

#include "base/size.h"

static glia_status count_rows(size_t *count, size_t rows, size_t width)
{
    size_t bytes;
    if (glia__size_multiply(count, rows, width) && glia__size_multiply(&bytes, *count, sizeof(real)))
        return GLIA_OK;
    return glia__fail(GLIA_ERR_SHAPE, "%zu rows are more than memory can count", rows);
}

glia_status glia__activation_count(size_t *count, const glia__network *network, size_t rows)
{
    return count_rows(count, rows, network->activation_width);
}

/* Two buffers: one is read while the other is written. */
glia_status glia__delta_count(size_t *count, const glia__network *network, size_t rows)
{
    size_t both;
    if (!glia__size_multiply(&both, network->widest, 2))
        return glia__fail(GLIA_ERR_SHAPE, "the layers are wider than memory can count");
    return count_rows(count, rows, both);
}

static const real *output_of(const glia__layer *layer, size_t rows, const real *activations)
{
    return activations + rows * layer->activation_offset;
}

static const real *input_of(const glia__layer *layer, size_t rows, const real *inputs, const real *activations)
{
    return layer->index == 0 ? inputs : output_of(layer - 1, rows, activations);
}

void glia__propagate_forward(const glia__network *network, const glia__pass *pass, const real *inputs,
                             real *activations)
{
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        layer->type->forward(layer, pass, activations + pass->rows * layer->activation_offset,
                             input_of(layer, pass->rows, inputs, activations));
    }
}

static const glia__layer *last_layer(const glia__network *network)
{
    return &network->layers[network->layer_count - 1];
}

const real *glia__propagated_outputs(const glia__network *network, size_t rows, const real *activations)
{
    return output_of(last_layer(network), rows, activations);
}

const real *glia__propagated_logits(const glia__network *network, size_t rows, const real *inputs,
                                    const real *activations)
{
    if (!glia__network_has_logits(network))
        return glia__propagated_outputs(network, rows, activations);
    return input_of(last_layer(network), rows, inputs, activations);
}

/* The first layer that has something to learn: without an input gradient, backward may stop there. */
static size_t first_trained(const glia__network *network)
{
    for (size_t i = 0; i < network->layer_count; i++)
        for (size_t j = 0; j < network->layers[i].array_count; j++)
            if (network->layers[i].arrays[j].is_trained)
                return i;
    return network->layer_count;
}

static void layer_backward(const glia__layer *layer, const glia__pass *pass, const glia__backward *with, real *d_input,
                           const real *d_output)
{
    glia__layer_backward at = {
        .d_input = d_input,
        .d_output = d_output,
        .input = input_of(layer, pass->rows, with->inputs, with->activations),
        .output = output_of(layer, pass->rows, with->activations),
    };
    for (size_t j = 0; j < layer->array_count; j++)
        if (layer->arrays[j].is_trained)
            at.d_arrays[j] = with->gradients + layer->arrays[j].offset;
    layer->type->backward(layer, pass, &at);
}

void glia__propagate_backward(const glia__network *network, const glia__pass *pass, const glia__backward *with)
{
    size_t stop = with->input_gradient != NULL ? 0 : first_trained(network);
    real *d_output = with->deltas, *d_input = with->deltas + pass->rows * network->widest;
    size_t i = network->layer_count;
    if (with->is_logit_gradient && glia__network_has_logits(network))
        i--;

    while (i-- > stop) {
        bool is_stop = i == stop;
        layer_backward(&network->layers[i], pass, with, is_stop ? with->input_gradient : d_input, d_output);
        real *swapped = d_output;
        d_output = d_input;
        d_input = swapped;
    }
}

/* Layers [begin, end), from input to output; `scratch` holds what stands between, 2 rows x widest numbers. */
static void infer_layers(const glia__network *network, const glia__pass *pass, size_t begin, size_t end,
                         const real *input, real *output, real *scratch)
{
    real *buffers[2] = {scratch, scratch + pass->rows * network->widest};
    real *current = NULL; /* where the input stands, if it is ours to write over */
    size_t free_buffer = 0;
    for (size_t i = begin; i < end; i++) {
        const glia__layer *layer = &network->layers[i];
        if (i + 1 == end) {
            current = output;
        } else if (current == NULL || !layer->type->is_in_place) {
            current = buffers[free_buffer];
            free_buffer = 1 - free_buffer;
        }
        layer->type->predict(layer, pass, current, input);
        input = current;
    }
}

void glia__propagate_inference(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                               real *logits, const glia__inference_scratch *scratch)
{
    const glia__pass pass = {.kernels = network->kernels, .rows = rows, .scratch = scratch->kernels};
    size_t count = network->layer_count;
    if (logits == NULL) {
        infer_layers(network, &pass, 0, count, inputs, outputs, scratch->layers);
        return;
    }
    size_t behind_logits = glia__network_has_logits(network) ? count - 1 : count;
    if (behind_logits > 0)
        infer_layers(network, &pass, 0, behind_logits, inputs, logits, scratch->layers);
    else
        memcpy(logits, inputs, rows * network->input_size * sizeof *logits);
    if (behind_logits < count)
        infer_layers(network, &pass, behind_logits, count, logits, outputs, scratch->layers);
    else
        memcpy(outputs, logits, rows * network->output_size * sizeof *outputs);
}

const real *glia__propagate_part(const glia__network *network, size_t layer_count, const real *inputs, size_t rows,
                                 real *scratch)
{
    const glia__pass pass = {.kernels = network->kernels, .rows = rows};
    real *output = scratch + 2 * rows * network->widest;
    infer_layers(network, &pass, 0, layer_count, inputs, output, scratch);
    return layer_count == 0 ? inputs : output;
}
