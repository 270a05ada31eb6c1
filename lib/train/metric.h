/* SPDX-License-Identifier: MIT */
/* Metrics: numbers that tell how good a network's answers are. */
#ifndef GLIA_TRAIN_METRIC_H
#define GLIA_TRAIN_METRIC_H

#include "base/scratch_pool.h"
#include "train/loss.h"

#define GLIA__METRICS_MAX 16 /* in one text */

/* A metric's value is the mean over the rows, by row weight, of what `measure` says of each; that of the loss, whose
 * measure is NULL, is reduced as the loss says and has the penalties. */
typedef struct glia__metric_type {
    glia__entry entry;
    void (*measure)(const glia__rows *rows, double *values);
} glia__metric_type;

extern const glia__metric_type glia__loss_metric;
extern const glia__metric_type glia__accuracy_metric;

typedef struct glia__metrics {
    const glia__metric_type *types[GLIA__METRICS_MAX];
    size_t count;
} glia__metrics;

glia_status glia__metrics_read(glia__metrics *metrics, const char *text);

/* Run the network over the samples and measure. values [metrics->count] */
glia_status glia__evaluate(const glia__network *network, const glia__loss *loss, glia__scratch_pool *pool,
                           const glia_samples *samples, const glia__metrics *metrics, double *values);

/* Take the scratch of an evaluation and give it back, so that the next one need not allocate. */
glia_status glia__evaluate_reserve(const glia__network *network, glia__scratch_pool *pool);

/* The sum of row weight x accuracy over a batch that is already computed. target_block [GLIA__ROW_BLOCK][width] */
double glia__weighted_hits(const glia__network *network, const glia__wanted *wanted, size_t rows, const real *outputs,
                           real *target_block);

#endif
