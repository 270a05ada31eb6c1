/* SPDX-License-Identifier: MIT */
/*
 * The matrix products that are measured: those of a dense layer with so many rows, outputs and inputs.
 *
 *     forward          y[rows][outputs] = x[rows][inputs] weight[inputs][outputs]
 *     weight gradient  d_weight[inputs][outputs] = transposed x times d_y[rows][outputs]
 *     input gradient   d_x[rows][inputs] = d_y times transposed weight
 *
 * Each takes 2 rows outputs inputs operations. Their cases are called "forward 32x128x784" and so on: rows, outputs,
 * inputs. On several threads the two gradients are measured together, as "backward".
 */
#ifndef GLIA_BENCH_PRODUCT_SHAPES_H
#define GLIA_BENCH_PRODUCT_SHAPES_H

#include <stddef.h>

enum product_form {
    FORWARD,
    WEIGHT_GRADIENT,
    INPUT_GRADIENT,
    PRODUCT_FORMS
};

static const char *const product_form_names[PRODUCT_FORMS] = {"forward", "weight gradient", "input gradient"};

typedef struct product_shape {
    size_t rows, outputs, inputs;
} product_shape;

static const product_shape product_shapes[] = {
    /* the first layer of 784-128-10, its last layer, squares, the layers of 1024-2048-2048-1000, widths that fit no
     * vector */
    {32, 128, 784},    {128, 128, 784},   {256, 128, 784}, {32, 10, 128},      {128, 10, 128},     {256, 10, 128},
    {128, 128, 128},   {256, 256, 256},   {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}, {256, 2048, 1024},
    {256, 2048, 2048}, {256, 1000, 2048}, {128, 17, 784},  {128, 127, 784},    {128, 129, 784},    {128, 128, 785},
};

/* Those worth more than one thread. */
static const product_shape large_product_shapes[] = {
    {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}, {256, 2048, 1024}, {256, 2048, 2048}, {256, 1000, 2048},
};

#define SHAPE_COUNT(shapes) (sizeof(shapes) / sizeof *(shapes))

static inline double product_operations(product_shape shape)
{
    return 2.0 * (double)shape.rows * (double)shape.outputs * (double)shape.inputs;
}

#endif
