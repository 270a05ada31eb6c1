/* SPDX-License-Identifier: MIT */
/* The kinds of layers by name; layers.c lists them. */
#ifndef GLIA_NET_LAYERS_H
#define GLIA_NET_LAYERS_H

#include "net/layer.h"

/* What a text can count, and a size_t hold; memory ends sooner. */
#if SIZE_MAX > UINT32_MAX
#define GLIA__WIDTH_MAX (UINT64_C(1) << 53)
#else
#define GLIA__WIDTH_MAX SIZE_MAX
#endif

extern const glia__layer_type glia__input_layer;
extern const glia__layer_type glia__dense_layer;
extern const glia__layer_type glia__dropout_layer;
extern const glia__layer_type glia__standardize_layer;
extern const glia__layer_type glia__identity_layer;
extern const glia__layer_type glia__step_layer;
extern const glia__layer_type glia__sigmoid_layer;
extern const glia__layer_type glia__tanh_layer;
extern const glia__layer_type glia__relu_layer;
extern const glia__layer_type glia__leaky_relu_layer;
extern const glia__layer_type glia__softmax_layer;

#endif
