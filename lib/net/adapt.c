/* SPDX-License-Identifier: MIT */
/*
 * Learning from data what gradients do not teach: the mean and variance of every input column of a layer, in two passes
 * over the rows. Sums are in double, by blocks of GLIA__ROW_BLOCK rows that are added in order.
 */
#include <string.h>

#include "base/layout.h"
#include "net/propagate.h"
#include "net/row_weights.h"

/* Memory for one layer's statistics: all taken before anything changes. */
typedef struct columns {
    glia__block memory;
    double *first, *mean, *variance, *block; /* each [widest input] */
    real *scratch;                           /* 3 GLIA__ROW_BLOCK x widest output */
    real *before;                            /* what the network had learnt, to go back to */
} columns;

static size_t statistic_count(const glia__network *network)
{
    return network->value_count - network->parameter_count;
}

static glia_status reserve(columns *all, const glia__network *network)
{
    size_t width = network->input_size > network->widest ? network->input_size : network->widest;
    glia__layout layout = {0};
    size_t first = glia__layout_add(&layout, width, sizeof *all->first);
    size_t mean = glia__layout_add(&layout, width, sizeof *all->mean);
    size_t variance = glia__layout_add(&layout, width, sizeof *all->variance);
    size_t block = glia__layout_add(&layout, width, sizeof *all->block);
    size_t scratch = glia__layout_add(&layout, network->widest, 3 * GLIA__ROW_BLOCK * sizeof *all->scratch);
    size_t before = glia__layout_add(&layout, statistic_count(network), sizeof *all->before);
    glia_status status = glia__layout_reserve(&layout, &all->memory, &network->allocator);
    if (status != GLIA_OK)
        return status;
    char *bytes = all->memory.bytes;
    all->first = (double *)(bytes + first);
    all->mean = (double *)(bytes + mean);
    all->variance = (double *)(bytes + variance);
    all->block = (double *)(bytes + block);
    all->scratch = (real *)(bytes + scratch);
    all->before = (real *)(bytes + before);
    return GLIA_OK;
}

/* sums[i] += w (x - center)^power over the rows of a block; power is 1 or 2 */
static void add_block(double *sums, const real *x, const real *weights, const double *center, int power, size_t rows,
                      size_t width)
{
    for (size_t row = 0; row < rows; row++) {
        double weight = weights == NULL ? 1 : (double)weights[row];
        for (size_t i = 0; i < width; i++) {
            double difference = (double)x[row * width + i] - center[i];
            sums[i] += weight * (power == 1 ? difference : difference * difference);
        }
    }
}

/* result = weighted mean of (x - center)^power over all rows, where x enters `layer` */
static void column_means(double *result, const glia__network *network, const glia__layer *layer,
                         const glia_samples *samples, const double *center, int power, const columns *all)
{
    size_t width = layer->input_size;
    memset(result, 0, width * sizeof *result);
    for (size_t begin = 0; begin < samples->rows; begin += GLIA__ROW_BLOCK) {
        size_t rows = samples->rows - begin < GLIA__ROW_BLOCK ? samples->rows - begin : GLIA__ROW_BLOCK;
        const real *weights = samples->row_weights == NULL ? NULL : samples->row_weights + begin;
        const real *x = glia__propagate_part(network, layer->index, samples->inputs + begin * network->input_size, rows,
                                             all->scratch);
        memset(all->block, 0, width * sizeof *all->block);
        add_block(all->block, x, weights, center, power, rows, width);
        for (size_t i = 0; i < width; i++)
            result[i] += all->block[i];
    }
    double total = glia__sum_weights(samples->row_weights, samples->rows);
    for (size_t i = 0; i < width; i++)
        result[i] /= total;
}

/* The mean is taken as a distance from the first row that counts: a column that does not vary then has a variance of
 * exactly 0. */
static void learn_columns(const glia__network *network, const glia__layer *layer, const glia_samples *samples,
                          const columns *all)
{
    size_t row = 0;
    while (samples->row_weights != NULL && samples->row_weights[row] == 0)
        row++;
    const real *first =
        glia__propagate_part(network, layer->index, samples->inputs + row * network->input_size, 1, all->scratch);
    for (size_t i = 0; i < layer->input_size; i++)
        all->first[i] = (double)first[i];
    column_means(all->mean, network, layer, samples, all->first, 1, all);
    for (size_t i = 0; i < layer->input_size; i++)
        all->mean[i] += all->first[i];
    column_means(all->variance, network, layer, samples, all->mean, 2, all);
}

static glia_status adapt_layer(glia__network *network, glia__layer *layer, const glia_samples *samples,
                               const columns *all)
{
    learn_columns(network, layer, samples, all);
    for (size_t i = 0; i < layer->input_size; i++)
        if (!(fabs(all->mean[i]) <= (double)REAL_MAX) || !(sqrt(all->variance[i]) <= (double)REAL_MAX))
            return glia__fail(GLIA_ERR_ARGUMENT, "column %zu that enters %s has no finite mean and deviation", i + 1,
                              layer->type->entry.name);
    layer->type->adapt(layer, all->mean, all->variance);
    return GLIA_OK;
}

glia_status glia__network_adapt(glia__network *network, const glia_samples *samples)
{
    columns all = {0};
    glia_status status = reserve(&all, network);
    if (status != GLIA_OK)
        return status;

    real *statistics = network->values + network->parameter_count;
    size_t bytes = statistic_count(network) * sizeof *statistics;
    memcpy(all.before, statistics, bytes);
    for (size_t i = 0; i < network->layer_count && status == GLIA_OK; i++)
        if (network->layers[i].type->adapt != NULL)
            status = adapt_layer(network, &network->layers[i], samples, &all);
    if (status != GLIA_OK)
        memcpy(statistics, all.before, bytes);

    glia__block_release(&all.memory, &network->allocator);
    return status;
}
