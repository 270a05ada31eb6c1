/* SPDX-License-Identifier: MIT */
/* input WIDTH: how many numbers a row has. It computes nothing and becomes no layer of the network. */
#include "net/layers.h"

static const glia__setting settings[] = {
    {.name = "width", .kind = GLIA__COUNT, .is_positional = true, .minimum = 1, .maximum = (double)GLIA__WIDTH_MAX},
};

const glia__layer_type glia__input_layer = {
    .entry = {.name = "input", .settings = settings, .setting_count = 1},
    .is_input = true,
    .sets_width = true,
};
