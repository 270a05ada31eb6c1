/* SPDX-License-Identifier: MIT */
/* A model of a new network; see model_parts.h. */
#include "model/model_parts.h"

void model_parts_begin(model_parts *parts, const char *architecture)
{
    parts->network = network_make(architecture);
    parts->metadata = (glia__metadata){0};
    glia__trainer_begin(&parts->trainer, &parts->network);
    parts->model = (glia__model){.network = &parts->network, .trainer = &parts->trainer, .metadata = &parts->metadata};
}

void model_parts_end(model_parts *parts)
{
    glia__trainer_release(&parts->trainer);
    glia__network_release(&parts->network);
}
