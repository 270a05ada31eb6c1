/* SPDX-License-Identifier: MIT */
/* Rows of results beside what was wanted: what metrics compare, a block of rows at a time; what losses
 * compare is in comparison.h. */
#ifndef GLIA_TRAIN_ROWS_H
#define GLIA_TRAIN_ROWS_H

#include "net/network.h"
#include "net/row_weights.h"

/* What a batch should have given: one of targets and classes. */
typedef struct glia__wanted {
    const real *targets;     /* [rows][width] */
    const int32_t *classes;  /* [rows] */
    const real *row_weights; /* [rows], or NULL */
} glia__wanted;

/* Up to GLIA__ROW_BLOCK rows. */
typedef struct glia__rows {
    const real *outputs, *targets; /* [count][width] */
    const real *weights;           /* [count], or NULL */
    size_t count, width;
    real threshold; /* one output: class 1 from here on */
} glia__rows;

/* The block of rows that begins at `begin` of a batch of `rows`. Classes become targets in `target_block`
 * [GLIA__ROW_BLOCK][width]. outputs are those of the batch. */
glia__rows glia__rows_block(const glia__network *network, const glia__wanted *wanted, size_t begin, size_t rows,
                            const real *outputs, real *target_block);

/* What a target is where it is not that of the row's class: 0, or -1 behind tanh. */
real glia__other_class_target(const glia__network *network);

/* The sum of row weight x value over a block, in the order of the rows. */
double glia__weigh(const glia__rows *rows, const double *values);

#endif
