/* SPDX-License-Identifier: MIT */
/*
 * The network's own file: a safetensors file in one canonical encoding. docs/model-format.md describes it.
 *
 * Reading does not interpret the table of tensors: from the metadata it lays out the network, encodes the header that
 * this network must have, and compares. What differs in a byte is refused, so there is nothing left to get wrong.
 */
#ifndef GLIA_MODEL_MODEL_H
#define GLIA_MODEL_MODEL_H

#include "model/header.h"
#include "model/sink.h"
#include "train/trainer.h"

/* What a file holds. */
typedef struct glia__model {
    glia__network *network;
    glia__trainer *trainer;
    glia__metadata *metadata;
} glia__model;

/* How a number is stored. */
typedef struct glia__number_format {
    const char *name; /* as safetensors calls it: "F32" */
    size_t size;      /* in bytes */
} glia__number_format;

extern const glia__number_format glia__number_formats[2];
const glia__number_format *glia__number_format_of_real(void);

/* GLIA_ERR_DIVERGED if a number is not finite. */
glia_status glia__model_check_finite(const glia__model *model);

/* The whole file. The checksum is that of the file with a checksum of 0. */
void glia__model_encode(const glia__model *model, uint32_t checksum, glia__sink *sink);
uint32_t glia__model_checksum(const glia__model *model, uint64_t *size);

/* Its beginning: length of the header, and the header. */
void glia__model_encode_header(const glia__model *model, const glia__number_format *format, uint32_t checksum,
                               glia__sink *sink);

/* Read a file into a model whose three parts are empty. On failure they are to be released as they are. */
glia_status glia__model_decode(glia__model *model, glia__origin *origin, const glia__network_setup *setup);

/* The same once the header is found and checked. `checksum` is what it says. */
glia_status glia__model_build(glia__model *model, const glia__header *header, uint32_t checksum,
                              const glia__network_setup *setup);

/* A tensor of the file. */
typedef struct glia__tensor_place {
    const glia__array *array;
    const char *state_name; /* of which state of the optimizer; NULL: the array itself */
    real *values;           /* in memory; NULL where they are only planned */
} glia__tensor_place;

/* The tensor at an index of the file's order; false past the end. */
bool glia__model_tensor(const glia__model *model, size_t index, glia__tensor_place *place);

#endif
