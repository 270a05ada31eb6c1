/* SPDX-License-Identifier: MIT */
/* What is behind a glia_data, for those who fill one. */
#ifndef GLIA_IO_DATA_H
#define GLIA_IO_DATA_H

#include <stdbool.h>

#include <glia/io.h>

#include "io/names.h"

enum {
    GLIA__METADATA_CLASSES,
    GLIA__METADATA_COLUMNS,
    GLIA__METADATA_SCALE,
    GLIA__METADATA_TARGET,
    GLIA__METADATA_COUNT
};

/* Inputs are kept as doubles, or as floats where no more is known; the others are made when first asked for. Floats
 * come with classes, never with targets. */
struct glia_data {
    size_t rows;
    size_t input_size;
    size_t target_size;
    bool is_float; /* the floats came first, and are what is copied and written */
    float *inputs;
    float *targets;
    double *inputs64;
    double *targets64;
    int32_t *classes;        /* [rows], or NULL */
    glia__names columns;     /* the inputs, then the target; or empty */
    glia__names class_names; /* empty without classes */
    char *metadata[GLIA__METADATA_COUNT];
};

/* An empty data set, or NULL and a message if there is no memory. */
glia_data *glia__data_create(void);

/* Derive columns, classes and target of the metadata from the names. */
glia_status glia__data_describe(glia_data *data);

/* Reorder the rows by random numbers of this stream. */
void glia__data_shuffle(glia_data *data, uint64_t seed, uint32_t stream);

/* The streams of glia_random() that libglia-io draws from; libglia has those below 2^31. */
#define GLIA__IO_STREAM_SHUFFLE         0x80000000u
#define GLIA__IO_STREAM_GENERATOR_ORDER 0x80000001u
#define GLIA__IO_STREAM_GENERATOR_NOISE 0x80000002u

#endif
