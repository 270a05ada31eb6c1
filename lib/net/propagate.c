/* SPDX-License-Identifier: MIT */
/* Through the layers, forward and back. */
#include "net/propagate.h"

#include <assert.h>
#include <string.h>

#include "base/size.h"
#include "net/row_layers.h"

#define CHUNKED_INPUTS                                                                                                 \
    56 /* rows of a weight matrix are shared out in multiples of it: whole tiles of every kernel set */

/* ---- how a batch lies in memory ---- */

/* A few rows would leave most lanes of a column empty, too. */
static bool runs_over_columns(const glia__network *network, size_t rows)
{
    size_t longest = network->longest_column;
    return rows <= longest && 2 * rows >= network->kernels->lanes &&
           glia__column_length(network->kernels, rows) <= longest;
}

glia__pass glia__pass_over(const glia__network *network, size_t rows)
{
    glia__pass pass = {.kernels = network->kernels, .seed = network->seed, .batch = rows, .rows = rows};
    pass.is_row = glia__trains_as_row(network, rows);
    if (!pass.is_row && runs_over_columns(network, rows)) {
        pass.is_columns = true;
        pass.batch = pass.rows = glia__column_length(network->kernels, rows);
        pass.padding = pass.batch - rows;
    }
    return pass;
}

glia__pass glia__pass_part(const glia__pass *pass, size_t first_row, size_t rows)
{
    glia__pass part = *pass;
    if (pass->is_columns)
        return part;
    part.first_row = first_row;
    part.rows = rows;
    return part;
}

/* What all passes over so many rows or fewer may need for `width` numbers a row; columns have the inputs besides. */
static glia_status count_numbers(size_t *count, const glia__network *network, size_t rows, size_t width)
{
    size_t longest = network->longest_column, bytes;
    size_t length = rows < longest ? glia__column_length(network->kernels, rows) : longest;
    size_t in_columns = length * (network->input_size + width);
    if (!glia__size_multiply(count, rows, width) || !glia__size_multiply(&bytes, *count, sizeof(real)))
        return glia__fail(GLIA_ERR_SHAPE, "%zu rows are more than memory can count", rows);
    if (longest > 0 && in_columns > *count)
        *count = in_columns;
    return GLIA_OK;
}

/* A row on its own writes whole vectors. */
glia_status glia__activation_count(size_t *count, const glia__network *network, size_t rows)
{
    glia_status status = count_numbers(count, network, rows, network->activation_width);
    if (status == GLIA_OK)
        *count += network->kernels->lanes; /* bytes did not wrap, so numbers do not */
    return status;
}

glia_status glia__delta_count(size_t *count, const glia__network *network, size_t rows)
{
    return count_numbers(count, network, rows, network->delta_width);
}

/* columns [width][batch] from the first rows - padding rows of `rows`; behind them the last row stands again, so that
 * what is computed there is as ordinary as elsewhere. */
static void load_columns(real *columns, const real *rows, size_t width, const glia__pass *pass)
{
    size_t count = pass->batch - pass->padding;
    pass->kernels->to_columns(columns, rows, count, width, pass->batch);
    for (size_t i = 0; i < width; i++)
        for (size_t row = count; row < pass->batch; row++)
            columns[i * pass->batch + row] = columns[i * pass->batch + count - 1];
}

static void store_rows(real *rows, const real *columns, size_t width, const glia__pass *pass)
{
    pass->kernels->to_rows(rows, columns, pass->batch - pass->padding, width, pass->batch);
}

/* ---- training ---- */

static const glia__layer *last_layer(const glia__network *network)
{
    return &network->layers[network->layer_count - 1];
}

/* Where a pass finds its rows of an array of `width` numbers a row, before which there are `offset` a row. */
static size_t place_of(const glia__pass *pass, size_t offset, size_t width)
{
    return pass->batch * offset + pass->first_row * width;
}

static const real *output_of(const glia__layer *layer, const glia__pass *pass, const real *activations)
{
    return activations + place_of(pass, layer->activation_offset, layer->output_size);
}

/* Behind all activations there is room for the columns of the inputs. */
static const real *inputs_of(const glia__network *network, const glia__pass *pass, const real *inputs,
                             const real *activations)
{
    if (pass->is_columns)
        return activations + pass->batch * network->activation_width;
    return inputs + pass->first_row * network->input_size;
}

static const real *input_of(const glia__network *network, const glia__layer *layer, const glia__pass *pass,
                            const real *inputs, const real *activations)
{
    return layer->index == 0 ? inputs_of(network, pass, inputs, activations) : output_of(layer - 1, pass, activations);
}

static real *delta_of(const glia__layer *layer, const glia__pass *pass, real *deltas)
{
    return deltas + place_of(pass, layer->delta_offset, layer->output_size);
}

void glia__propagate_forward(const glia__network *network, const glia__pass *pass, const real *inputs,
                             real *activations)
{
    if (pass->is_row) {
        glia__row_layers_forward(network, inputs, activations);
        return;
    }
    if (pass->is_columns)
        load_columns(activations + pass->batch * network->activation_width, inputs, network->input_size, pass);
    const real *input = inputs_of(network, pass, inputs, activations);
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        real *output = activations + place_of(pass, layer->activation_offset, layer->output_size);
        layer->type->forward(layer, pass, output, input);
        input = output;
    }
}

const real *glia__propagated_outputs(const glia__network *network, const glia__pass *pass, const real *activations)
{
    return output_of(last_layer(network), pass, activations);
}

const real *glia__propagated_logits(const glia__network *network, const glia__pass *pass, const real *inputs,
                                    const real *activations)
{
    const glia__layer *last = last_layer(network);
    if (!glia__network_has_logits(network))
        return output_of(last, pass, activations);
    return input_of(network, last, pass, inputs, activations);
}

real *glia__propagated_delta(const glia__network *network, const glia__pass *pass, real *deltas)
{
    return delta_of(last_layer(network), pass, deltas);
}

/* The gradient of the network's inputs goes straight to the caller's array, from columns by way of some of our own,
 * behind all deltas. */
static void first_layer_backward(const glia__network *network, const glia__pass *pass, const glia__backward *with,
                                 const glia__layer_backward *at)
{
    const glia__layer *layer = &network->layers[0];
    glia__layer_backward to = *at;
    to.d_input = pass->is_columns ? with->deltas + pass->batch * network->delta_width
                                  : with->input_gradient + pass->first_row * network->input_size;
    layer->type->backward(layer, pass, &to);
    if (pass->is_columns)
        store_rows(with->input_gradient, to.d_input, network->input_size, pass);
}

void glia__propagate_backward(const glia__network *network, const glia__pass *pass, const glia__backward *with)
{
    bool wants_inputs = with->input_gradient != NULL;
    size_t stop = wants_inputs ? 0 : network->first_trained + 1;
    size_t i = network->layer_count;
    if (with->is_logit_gradient && glia__network_has_logits(network))
        i--;

    while (i-- > stop) {
        const glia__layer *layer = &network->layers[i];
        glia__layer_backward at = {
            .d_output = delta_of(layer, pass, with->deltas),
            .output = output_of(layer, pass, with->activations),
        };
        if (i == 0) {
            first_layer_backward(network, pass, with, &at);
            return;
        }
        at.d_input = delta_of(layer - 1, pass, with->deltas);
        layer->type->backward(layer, pass, &at);
    }
}

/* The first of a layer's inputs that belongs to part `index` or a later one. */
static size_t share_begin(const glia__network *network, const glia__layer *layer, size_t index, size_t count)
{
    if (index == 0 || index == count)
        return index == 0 ? 0 : layer->input_size;
    size_t begin = network->parameter_count / count * index, offset = layer->arrays[0].offset;
    if (begin <= offset)
        return 0;
    size_t inputs = (begin - offset) / layer->output_size / CHUNKED_INPUTS * CHUNKED_INPUTS;
    return inputs < layer->input_size ? inputs : layer->input_size;
}

glia__share glia__layer_share(const glia__network *network, const glia__layer *layer, glia__chunk chunk)
{
    return (glia__share){
        .begin = share_begin(network, layer, chunk.begin, chunk.count),
        .end = share_begin(network, layer, chunk.end, chunk.count),
    };
}

void glia__propagate_gradient(const glia__network *network, const glia__pass *pass, const glia__backward *with,
                              const glia__layer *layer, glia__share share, real *gradients, bool adds)
{
    glia__layer_gradient at = {
        .input = input_of(network, layer, pass, with->inputs, with->activations),
        .d_output = delta_of(layer, pass, with->deltas),
        .share = share,
        .adds = adds,
    };
    for (size_t j = 0; j < layer->array_count; j++)
        if (layer->arrays[j].is_trained)
            at.d_arrays[j] = gradients + layer->arrays[j].offset;
    layer->type->differentiate(layer, pass, &at);
}

/* ---- inference ---- */

/* Two buffers, and with columns those of inputs, outputs and logits. */
bool glia__inference_count(size_t *count, const glia__network *network, size_t rows)
{
    size_t width, length = network->longest_column > 0 ? glia__column_length(network->kernels, rows) : rows;
    size_t edges = network->longest_column > 0 ? network->input_size + 2 * network->widest : 0;
    return glia__size_multiply(&width, network->widest, 2) && glia__size_add(&width, width, edges) &&
           glia__size_multiply(count, width, length);
}

/* Layers [begin, end), from input to output; `buffers` hold what stands between, 2 batch x widest numbers. */
static void infer_layers(const glia__network *network, const glia__pass *pass, size_t begin, size_t end,
                         const real *input, real *output, real *buffers)
{
    real *two[2] = {buffers, buffers + pass->batch * network->widest};
    real *current = NULL; /* where the input stands, if it is ours to write over */
    size_t free_buffer = 0;
    for (size_t i = begin; i < end; i++) {
        const glia__layer *layer = &network->layers[i];
        if (i + 1 == end) {
            current = output;
        } else if (current == NULL || !layer->type->is_in_place) {
            current = two[free_buffer];
            free_buffer = 1 - free_buffer;
        }
        layer->type->predict(layer, pass, current, input);
        input = current;
    }
}

/* All layers, all arrays laid out as the pass says. */
static void infer(const glia__network *network, const glia__pass *pass, const real *inputs, real *outputs, real *logits,
                  real *buffers)
{
    size_t count = network->layer_count;
    if (logits == NULL) {
        infer_layers(network, pass, 0, count, inputs, outputs, buffers);
        return;
    }
    size_t behind_logits = glia__network_has_logits(network) ? count - 1 : count;
    if (behind_logits > 0)
        infer_layers(network, pass, 0, behind_logits, inputs, logits, buffers);
    else
        memcpy(logits, inputs, pass->batch * network->input_size * sizeof *logits);
    if (behind_logits < count)
        infer_layers(network, pass, behind_logits, count, logits, outputs, buffers);
    else
        memcpy(outputs, logits, pass->batch * network->output_size * sizeof *outputs);
}

void glia__propagate_inference(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                               real *logits, const glia__inference_scratch *scratch)
{
    glia__pass pass = glia__pass_over(network, rows);
    pass.scratch = scratch->kernels;
    if (!pass.is_columns) {
        infer(network, &pass, inputs, outputs, logits, scratch->layers);
        return;
    }
    size_t widest = pass.batch * network->widest;
    real *output_columns = scratch->layers + 2 * widest, *logit_columns = output_columns + widest;
    real *input_columns = logit_columns + widest;
    load_columns(input_columns, inputs, network->input_size, &pass);
    infer(network, &pass, input_columns, output_columns, logits == NULL ? NULL : logit_columns, scratch->layers);
    store_rows(outputs, output_columns, network->output_size, &pass);
    if (logits != NULL)
        store_rows(logits, logit_columns, network->output_size, &pass);
}

const real *glia__propagate_part(const glia__network *network, size_t layer_count, const real *inputs, size_t rows,
                                 real *scratch)
{
    const glia__pass pass = {.kernels = network->kernels, .batch = rows, .rows = rows};
    real *output = scratch + 2 * rows * network->widest;
    infer_layers(network, &pass, 0, layer_count, inputs, output, scratch);
    return layer_count == 0 ? inputs : output;
}
