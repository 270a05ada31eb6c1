/* SPDX-License-Identifier: MIT */
/* The list of layers. */
#include "net/layers.h"

#include <assert.h>
#include <stdio.h>

#include "base/size.h"

/* A new layer is one line here; an activation among the last ones. */
static const glia__layer_type *const layer_types[] = {
    &glia__input_layer,    &glia__dense_layer,      &glia__dropout_layer, &glia__standardize_layer,
    &glia__identity_layer, &glia__step_layer,       &glia__sigmoid_layer, &glia__tanh_layer,
    &glia__relu_layer,     &glia__leaky_relu_layer, &glia__softmax_layer,
};

#define LAYER_TYPES (sizeof layer_types / sizeof *layer_types)

static const glia__entry *layer_entry(size_t index)
{
    return index < LAYER_TYPES ? &layer_types[index]->entry : NULL;
}

static const glia__entry *activation_entry(size_t index)
{
    for (size_t i = 0; i < LAYER_TYPES; i++)
        if (layer_types[i]->is_activation && index-- == 0)
            return &layer_types[i]->entry;
    return NULL;
}

const glia__vocabulary glia__layer_vocabulary = {.what = "layer", .entry = layer_entry};
const glia__vocabulary glia__activation_vocabulary = {.what = "activation", .entry = activation_entry};

glia_status glia__layer_add_array(glia__layer *layer, const glia__array *array, const char *name)
{
    assert(layer->array_count < GLIA__TENSORS_MAX);
    glia__array *added = &layer->arrays[layer->array_count];
    *added = *array;
    added->count = 1;
    for (size_t i = 0; i < array->rank; i++)
        if (!glia__size_multiply(&added->count, added->count, array->shape[i]))
            return glia__fail(GLIA_ERR_SHAPE, "layer %zu: %zu x %zu weights are more than memory can count",
                              layer->index + 1, array->shape[0], array->shape[1]);
    snprintf(added->name, sizeof added->name, "%s%zu.%s", array->is_trained ? "" : "glia.", layer->module, name);
    layer->array_count++;
    return GLIA_OK;
}
