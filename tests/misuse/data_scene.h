/* SPDX-License-Identifier: MIT */
/* A data set, files, and arguments for every call of io.h, each good as it stands. */
#ifndef GLIA_MISUSE_DATA_SCENE_H
#define GLIA_MISUSE_DATA_SCENE_H

#include "misuse/matrix_case.h"

#include <glia/io.h>

/* Arguments have the names of the parameters. */
struct scene {
    glia_data *data;
    glia_data **made, **first, **second; /* of the calls that hand over a data set */
    const char *path, *csv_path, *numbers_path, *options, *columns, *class_names, *images_path, *labels_path,
        *generator, *key;
    uint64_t seed;
    double fraction;
    size_t index, size;
    unsigned char *bytes;
    glia_samples *samples;
    glia64_samples *samples64;

    /* What they point to, and what has to be freed. */
    glia_data *own_data, *own_made, *own_first, *own_second;
    glia_samples own_samples;
    glia64_samples own_samples64;
    void *blocks[8];
    size_t n_blocks;
    double *before; /* the inputs */
};

/* The kinds of data sets: with classes, with targets, and of bytes, without names. */
void scene_classes(scene *s);
void scene_targets(scene *s);
void scene_idx(scene *s);

/* A copy of bytes that begins one byte behind where it would be aligned, and ends where its memory ends. */
void *scene_misalign(scene *s, const void *array, size_t count, size_t element);

#endif
