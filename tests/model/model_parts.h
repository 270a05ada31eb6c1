/* SPDX-License-Identifier: MIT */
/* A model as the functions of lib/model take it, of a new network. */
#ifndef GLIA_MODEL_MODEL_PARTS_H
#define GLIA_MODEL_MODEL_PARTS_H

#include "model/model.h"
#include "net/network_harness.h"

typedef struct model_parts {
    glia__network network;
    glia__trainer trainer;
    glia__metadata metadata; /* empty */
    glia__model model;       /* of these three */
} model_parts;

void model_parts_begin(model_parts *parts, const char *architecture);
void model_parts_end(model_parts *parts);

#endif
