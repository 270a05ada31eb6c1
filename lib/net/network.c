/* SPDX-License-Identifier: MIT */
/* The network: from the items of its text to layers, arrays and values. */
#include "net/network.h"

#include <assert.h>

#include "base/size.h"
#include "base/streams.h"
#include "net/architecture.h"
#include "net/layers.h"
#include "net/row_layers.h"

#define COLUMNS_WIDTH 32 /* from here on rows fill vectors of their own */

static glia_status too_large(void)
{
    return glia__fail(GLIA_ERR_SHAPE, "the network is larger than memory can count");
}

/* The canonical text, kept with the network. */
static glia_status keep_text(glia__network *network, glia__architecture *architecture)
{
    glia__writer writer = {0};
    glia__architecture_write(&writer, architecture);
    network->architecture_size = writer.length + 1;
    network->architecture = glia__allocate(&network->allocator, network->architecture_size);
    if (network->architecture == NULL)
        return GLIA_ERR_NOMEM;
    writer = (glia__writer){.buffer = network->architecture, .capacity = network->architecture_size};
    glia__architecture_write(&writer, architecture);
    return GLIA_OK;
}

/* What an item names becomes one layer, and the activation behind its units a second. */
static bool has_activation_layer(const glia__item *item)
{
    return item->choice.entry != NULL && item->choice.entry != &glia__identity_layer.entry;
}

static glia_status allocate_layers(glia__network *network, glia__architecture *architecture)
{
    size_t count = 0, bytes;
    glia__item item;
    for (size_t i = 0; glia__architecture_next(architecture, &item); i++)
        count += i == 0 ? 0 : has_activation_layer(&item) ? 2 : 1; /* the input is none */
    if (count > GLIA__STREAM_LAYERS_MAX || !glia__size_multiply(&bytes, count, sizeof *network->layers))
        return too_large();
    network->layers = glia__allocate(&network->allocator, bytes);
    if (network->layers == NULL)
        return GLIA_ERR_NOMEM;
    network->layer_count = count;
    return GLIA_OK;
}

static bool is_last(const glia__network *network, const glia__layer *layer)
{
    return layer->index + 1 == network->layer_count;
}

static glia_status check_layer(const glia__network *network, const glia__layer *layer)
{
    const glia__layer_type *type = layer->type;
    if (layer->output_size < type->minimum_width)
        return glia__fail(GLIA_ERR_SHAPE, "architecture: %s wants a width of %zu or more, not %zu", type->entry.name,
                          type->minimum_width, layer->output_size);
    if (type->is_only_last && !is_last(network, layer))
        return glia__fail(GLIA_ERR_SHAPE, "architecture: %s has no gradient and may only stand last", type->entry.name);
    return GLIA_OK;
}

/* A layer that may write over its input does so unless backward or a loss still wants what stands there. */
static bool shares_memory(const glia__network *network, const glia__layer *layer)
{
    bool is_input_kept = layer->index == 0 || layer[-1].type->reads_output;
    bool is_logits = is_last(network, layer) && layer->type->is_activation;
    return layer->type->is_in_place && !is_input_kept && !is_logits;
}

static glia_status place_activations(glia__network *network, glia__layer *layer)
{
    if (shares_memory(network, layer)) {
        layer->activation_offset = layer[-1].activation_offset;
        return GLIA_OK;
    }
    layer->activation_offset = network->activation_width;
    bool fits = glia__size_add(&network->activation_width, network->activation_width, layer->output_size);
    return fits ? GLIA_OK : too_large();
}

static glia_status set_up_layer(glia__network *network, size_t index, const glia__named *named)
{
    glia__layer *layer = &network->layers[index];
    *layer = (glia__layer){.type = (const glia__layer_type *)named->entry, .index = index, .module = index};
    for (size_t i = 0; i < GLIA__SETTINGS_MAX; i++)
        layer->values[i] = named->values[i];
    layer->input_size = index == 0 ? network->input_size : layer[-1].output_size;
    layer->output_size = layer->type->sets_width ? (size_t)layer->values[0] : layer->input_size;

    glia_status status = check_layer(network, layer);
    if (status == GLIA_OK)
        status = place_activations(network, layer);
    if (status == GLIA_OK && layer->type->declare != NULL)
        status = layer->type->declare(layer);
    if (status != GLIA_OK)
        return status;
    if (layer->output_size > network->widest)
        network->widest = layer->output_size;
    network->output_size = layer->output_size;
    return GLIA_OK;
}

static bool has_trained_arrays(const glia__layer *layer)
{
    return layer->type->differentiate != NULL;
}

/* The gradient of a layer's output takes the place of that of the next layer's, unless the arrays of that one want to
 * see it once more. */
static glia_status place_deltas(glia__network *network)
{
    network->first_trained = network->layer_count;
    for (size_t i = network->layer_count; i-- > 0;) {
        glia__layer *layer = &network->layers[i];
        if (has_trained_arrays(layer))
            network->first_trained = i;
        if (!is_last(network, layer) && !has_trained_arrays(layer + 1)) {
            layer->delta_offset = layer[1].delta_offset;
            continue;
        }
        layer->delta_offset = network->delta_width;
        if (!glia__size_add(&network->delta_width, network->delta_width, layer->output_size))
            return too_large();
    }
    return GLIA_OK;
}

/* Small networks run over columns: their rows would leave most lanes of a vector empty. How long they may be. */
static size_t longest_column(const glia__network *network)
{
    bool takes_columns = network->input_size <= COLUMNS_WIDTH;
    for (size_t i = 0; i < network->layer_count; i++) {
        const glia__layer *layer = &network->layers[i];
        takes_columns = takes_columns && layer->type->takes_columns && layer->output_size <= COLUMNS_WIDTH;
    }
    return takes_columns ? GLIA__COLUMN_NUMBERS / (network->input_size + network->activation_width) : 0;
}

static glia_status set_up_layers(glia__network *network, glia__architecture *architecture)
{
    glia__item item;
    size_t index = 0;
    glia__architecture_next(architecture, &item);
    network->input_size = (size_t)item.self.values[0];
    while (glia__architecture_next(architecture, &item)) {
        glia_status status = set_up_layer(network, index++, &item.self);
        if (status == GLIA_OK && has_activation_layer(&item))
            status = set_up_layer(network, index++, &item.choice);
        if (status != GLIA_OK)
            return status;
    }
    size_t width = network->input_size > network->output_size ? network->input_size : network->output_size;
    network->most_rows = SIZE_MAX / sizeof(real) / width;
    network->longest_column = longest_column(network);
    return place_deltas(network);
}

/* The tables of arrays, so that nobody has to look for them layer by layer. */
static glia_status list_arrays(glia__network *network)
{
    for (size_t i = 0; i < network->layer_count; i++) {
        network->array_count += network->layers[i].array_count;
        for (size_t j = 0; j < network->layers[i].array_count; j++)
            network->trained_count += network->layers[i].arrays[j].is_trained;
    }
    size_t entries = network->array_count + network->trained_count; /* few to each layer, which are in memory already */
    network->arrays = glia__allocate(&network->allocator, entries * sizeof *network->arrays);
    if (network->arrays == NULL)
        return GLIA_ERR_NOMEM;
    glia__array **next = network->arrays, **next_trained = network->arrays + network->array_count;
    for (size_t i = 0; i < network->layer_count; i++) {
        for (size_t j = 0; j < network->layers[i].array_count; j++) {
            *next++ = &network->layers[i].arrays[j];
            if (network->layers[i].arrays[j].is_trained)
                *next_trained++ = &network->layers[i].arrays[j];
        }
    }
    return GLIA_OK;
}

/* Give every array its place among the values: the trained ones first, in the order of the layers, then the others. */
static glia_status place_values(glia__network *network)
{
    size_t bytes;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < network->array_count; i++) {
            glia__array *array = network->arrays[i];
            if (array->is_trained != (pass == 0))
                continue;
            array->offset = network->value_count;
            if (!glia__size_add(&network->value_count, network->value_count, array->count))
                return too_large();
        }
        if (pass == 0)
            network->parameter_count = network->value_count;
    }
    return glia__size_multiply(&bytes, network->value_count, sizeof(real)) ? GLIA_OK : too_large();
}

glia_status glia__network_plan(glia__network *network, const char *architecture, const glia__network_setup *setup)
{
    *network = (glia__network){.allocator = setup->allocator, .kernels = setup->kernels, .seed = setup->seed};
    glia__architecture items;
    glia_status status = glia__architecture_read(&items, architecture, setup);
    if (status == GLIA_OK)
        status = keep_text(network, &items);
    if (status == GLIA_OK)
        status = allocate_layers(network, &items);
    if (status == GLIA_OK)
        status = set_up_layers(network, &items);
    if (status == GLIA_OK)
        status = list_arrays(network);
    if (status == GLIA_OK)
        status = place_values(network);
    if (status == GLIA_OK && setup->output_size != 0 && setup->output_size != network->output_size)
        status = glia__fail(GLIA_ERR_SHAPE, "the architecture has %zu outputs; %zu are wanted", network->output_size,
                            setup->output_size);
    if (status != GLIA_OK)
        glia__network_release(network);
    return status;
}

glia_status glia__network_allocate(glia__network *network)
{
    assert(network->values == NULL);
    network->values = glia__allocate(&network->allocator, network->value_count * sizeof *network->values);
    if (network->values == NULL)
        return GLIA_ERR_NOMEM;
    for (size_t i = 0; i < network->array_count; i++)
        network->arrays[i]->values = network->values + network->arrays[i]->offset;
    glia__row_layers_plan(network);
    return GLIA_OK;
}

void glia__network_initialize(glia__network *network)
{
    for (size_t i = 0; i < network->layer_count; i++)
        if (network->layers[i].type->initialize != NULL)
            network->layers[i].type->initialize(&network->layers[i], network->seed);
}

void glia__network_release(glia__network *network)
{
    const glia__allocator *allocator = &network->allocator;
    glia__release(allocator, network->values, network->value_count * sizeof *network->values);
    glia__release(allocator, network->arrays,
                  (network->array_count + network->trained_count) * sizeof *network->arrays);
    glia__release(allocator, network->layers, network->layer_count * sizeof *network->layers);
    glia__release(allocator, network->architecture, network->architecture_size);
    network->values = NULL;
    network->arrays = NULL;
    network->layers = NULL;
    network->architecture = NULL;
}

bool glia__network_has_logits(const glia__network *network)
{
    return network->layers[network->layer_count - 1].type->is_activation;
}

const char *glia__network_last_activation(const glia__network *network)
{
    const glia__layer_type *last = network->layers[network->layer_count - 1].type;
    return last->is_activation ? last->entry.name : glia__identity_layer.entry.name;
}
