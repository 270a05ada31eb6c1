/* SPDX-License-Identifier: MIT */
/* Measuring a network on data, a block of rows at a time, so that memory does not grow with the data. */
#include "base/layout.h"
#include "net/propagate.h"
#include "train/comparison.h"
#include "train/metric.h"

/* Where the parts of an evaluation's scratch begin, in bytes. */
typedef struct parts {
    size_t outputs, logits, targets, comparison, layers, kernels;
} parts;

static glia__layout lay_out(parts *at, const glia__network *network)
{
    glia__layout layout = {0};
    size_t row_bytes = GLIA__ROW_BLOCK * sizeof(real);
    at->outputs = glia__layout_add(&layout, network->output_size, row_bytes);
    at->logits = glia__layout_add(&layout, network->output_size, row_bytes);
    at->targets = glia__layout_add(&layout, network->output_size, row_bytes);
    at->comparison = glia__layout_add(&layout, glia__comparison_count(network), sizeof(real));
    size_t layers = 0;
    layout.is_too_large |= !glia__inference_count(&layers, network, GLIA__ROW_BLOCK);
    at->layers = glia__layout_add(&layout, layers, sizeof(real));
    at->kernels = glia__layout_add(&layout, network->kernels->scratch_count, sizeof(real));
    return layout;
}

/* A block of rows to measure: what metrics look at, and what the loss does. */
typedef struct block {
    glia__rows rows;
    glia__comparison comparison;
    real *scratch; /* of the comparison */
} block;

static double sum_losses(const block *at)
{
    real losses[GLIA__ROW_BLOCK];
    glia__comparison comparison = at->comparison;
    const glia__pass pass = {.batch = at->rows.count, .rows = at->rows.count};
    comparison.losses = losses;
    glia__compare(&comparison, &pass, at->scratch);
    return glia__sum_losses(losses, at->rows.weights, at->rows.count);
}

/* Add a block's weighted values to the sums of the metrics. */
static void add_block(const block *at, const glia__metrics *metrics, double *sums)
{
    for (size_t i = 0; i < metrics->count; i++) {
        double values[GLIA__ROW_BLOCK];
        if (metrics->types[i]->measure == NULL) {
            sums[i] += sum_losses(at);
            continue;
        }
        metrics->types[i]->measure(&at->rows, values);
        sums[i] += glia__weigh(&at->rows, values);
    }
}

static void finish(const glia__network *network, const glia__loss *loss, const glia__metrics *metrics,
                   double weight_sum, double *sums)
{
    for (size_t i = 0; i < metrics->count; i++) {
        if (metrics->types[i]->measure == NULL)
            sums[i] = glia__loss_reduce(loss, sums[i], weight_sum) + glia__loss_penalty(loss, network);
        else
            sums[i] = weight_sum == 0 ? 0 : sums[i] / weight_sum;
    }
}

/* Scratch for an evaluation, and where its parts begin. */
static glia_status take_scratch(char **scratch, parts *at, const glia__network *network, glia__scratch_pool *pool)
{
    glia__layout layout = lay_out(at, network);
    if (layout.is_too_large)
        return glia__fail(GLIA_ERR_SHAPE, "the network is wider than memory can count");
    *scratch = glia__scratch_take(pool, layout.size);
    return *scratch == NULL ? GLIA_ERR_NOMEM : GLIA_OK;
}

glia_status glia__evaluate_reserve(const glia__network *network, glia__scratch_pool *pool)
{
    parts at;
    char *scratch = NULL;
    glia_status status = take_scratch(&scratch, &at, network, pool);
    if (status == GLIA_OK)
        glia__scratch_give(pool, scratch);
    return status;
}

glia_status glia__evaluate(const glia__network *network, const glia__loss *loss, glia__scratch_pool *pool,
                           const glia_samples *samples, const glia__metrics *metrics, double *values)
{
    parts at;
    char *scratch = NULL;
    glia_status status = take_scratch(&scratch, &at, network, pool);
    if (status != GLIA_OK)
        return status;

    real *outputs = (real *)(scratch + at.outputs), *logits = (real *)(scratch + at.logits);
    const glia__inference_scratch inference = {(real *)(scratch + at.layers), (real *)(scratch + at.kernels)};
    double sums[GLIA__METRICS_MAX] = {0};
    for (size_t begin = 0; begin < samples->rows; begin += GLIA__ROW_BLOCK) {
        size_t count = samples->rows - begin < GLIA__ROW_BLOCK ? samples->rows - begin : GLIA__ROW_BLOCK;
        const glia__wanted wanted = {
            .targets = samples->targets == NULL ? NULL : samples->targets + begin * network->output_size,
            .classes = samples->classes == NULL ? NULL : samples->classes + begin,
            .row_weights = samples->row_weights == NULL ? NULL : samples->row_weights + begin,
        };
        glia__propagate_inference(network, samples->inputs + begin * network->input_size, count, outputs, logits,
                                  &inference);
        const block measured = {
            .rows = glia__rows_block(network, &wanted, 0, count, outputs, (real *)(scratch + at.targets)),
            .comparison = {.network = network, .loss = loss, .wanted = &wanted, .outputs = outputs, .logits = logits},
            .scratch = (real *)(scratch + at.comparison),
        };
        add_block(&measured, metrics, sums);
    }
    finish(network, loss, metrics, glia__sum_weights(samples->row_weights, samples->rows), sums);
    for (size_t i = 0; i < metrics->count; i++)
        values[i] = sums[i];

    glia__scratch_give(pool, scratch);
    return GLIA_OK;
}
