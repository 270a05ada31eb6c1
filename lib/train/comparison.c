/* SPDX-License-Identifier: MIT */
/*
 * A batch beside what was wanted.
 *
 * Losses compare columns, so that their vectors are full however narrow the rows are. A pass over columns is compared
 * where it stands; rows are turned a block at a time.
 */
#include "train/comparison.h"

#include <string.h>

#include "base/not_inline.h"
#include "net/propagate.h"

#define WIDE      64 /* outputs; rows of more are turned in smaller blocks */
#define WIDE_ROWS 16 /* as many as any vector has lanes */
#define SUMS      8  /* side by side, in a block of rows */

/* Rows of the block that is turned at a time. */
static size_t block_rows(const glia__network *network)
{
    return network->output_size <= WIDE ? GLIA__ROW_BLOCK : WIDE_ROWS;
}

/* Outputs, logits, targets and gradient of a block; or the targets alone, of columns that are in the first cache. */
size_t glia__comparison_count(const glia__network *network)
{
    size_t block = 4 * block_rows(network) * network->output_size;
    size_t columns = network->longest_column > 0 ? GLIA__COLUMN_NUMBERS : 0;
    return block > columns ? block : columns;
}

NOT_INLINE void glia__expand_classes(real *targets, const int32_t *classes, size_t count, const glia__network *network,
                                     size_t stride)
{
    real other = glia__other_class_target(network);
    size_t width = network->output_size;
    for (size_t i = 0; i < width; i++) {
        int32_t class_of_column = width == 1 ? 1 : (int32_t)i;
        for (size_t row = 0; row < count; row++)
            targets[i * stride + row] = classes[row] == class_of_column ? 1 : other;
        for (size_t row = count; row < stride; row++)
            targets[i * stride + row] = 0;
    }
}

static void load_targets(real *targets, const glia__comparison *with, size_t begin, size_t count, size_t stride)
{
    const glia__network *network = with->network;
    if (with->wanted->classes != NULL)
        glia__expand_classes(targets, with->wanted->classes + begin, count, network, stride);
    else
        network->kernels->to_columns(targets, with->wanted->targets + begin * network->output_size, count,
                                     network->output_size, stride);
}

/* The gradient of each row times its share of the reduced loss; 0 where there is no row. */
static void weigh_gradient(const glia__comparison *with, real *gradient, size_t begin, size_t count, size_t stride)
{
    const real *weights = with->wanted->row_weights;
    real factor = (real)glia__loss_reduce(with->loss, 1, with->weight_sum);
    for (size_t i = 0; i < with->network->output_size; i++, gradient += stride) {
        if (weights != NULL)
            for (size_t row = 0; row < count; row++)
                gradient[row] *= (real)glia__loss_reduce(with->loss, (double)weights[begin + row], with->weight_sum);
        else if (factor != 1)
            for (size_t row = 0; row < count; row++)
                gradient[row] *= factor;
        for (size_t row = count; row < stride; row++)
            gradient[row] = 0;
    }
}

static void compare_columns(const glia__comparison *with, const glia__pass *pass, real *targets)
{
    const glia__network *network = with->network;
    size_t count = pass->batch - pass->padding;
    const glia__compared at = {
        .outputs = with->outputs,
        .logits = with->logits,
        .targets = targets,
        .losses = with->losses,
        .gradient = with->gradient,
        .width = network->output_size,
        .stride = pass->batch,
    };
    load_targets(targets, with, 0, count, pass->batch);
    with->loss->type->compare(network->kernels, &at);
    if (with->gradient != NULL)
        weigh_gradient(with, with->gradient, 0, count, pass->batch);
}

/* Rows [begin, begin + count) of the pass, turned. */
static void compare_block(const glia__comparison *with, const glia__pass *pass, size_t begin, size_t count,
                          real *scratch)
{
    const glia__network *network = with->network;
    const glia__kernels *kernels = network->kernels;
    size_t width = network->output_size, first = pass->first_row + begin;
    size_t stride = glia__column_length(kernels, count);
    real losses[GLIA__ROW_BLOCK];
    real *outputs = scratch, *logits = outputs + stride * width, *targets = logits + stride * width;
    real *gradient = with->gradient == NULL ? NULL : targets + stride * width;
    const glia__compared at = {outputs, logits, targets, with->losses == NULL ? NULL : losses, gradient, width, stride};

    kernels->to_columns(outputs, with->outputs + begin * width, count, width, stride);
    kernels->to_columns(logits, with->logits + begin * width, count, width, stride);
    load_targets(targets, with, first, count, stride);
    with->loss->type->compare(kernels, &at);
    if (with->losses != NULL)
        memcpy(with->losses + first, losses, count * sizeof *losses);
    if (gradient == NULL)
        return;
    weigh_gradient(with, gradient, first, count, stride);
    kernels->to_rows(with->gradient + begin * width, gradient, count, width, stride);
}

void glia__compare(const glia__comparison *with, const glia__pass *pass, real *scratch)
{
    if (pass->is_columns) {
        compare_columns(with, pass, scratch);
        return;
    }
    if (pass->batch == 1) {
        glia__compare_row(with, scratch);
        return;
    }
    size_t block = block_rows(with->network);
    for (size_t begin = 0; begin < pass->rows; begin += block)
        compare_block(with, pass, begin, pass->rows - begin < block ? pass->rows - begin : block, scratch);
}

/* A block's sum, in SUMS partial sums that do not wait for each other. */
static double weigh_block(const real *losses, const real *weights, size_t rows)
{
    double sums[SUMS] = {0};
    size_t row = 0;
    for (; row + SUMS <= rows; row += SUMS)
        for (size_t i = 0; i < SUMS; i++)
            sums[i] += weights == NULL ? (double)losses[row + i] : (double)weights[row + i] * (double)losses[row + i];
    for (size_t i = 0; row < rows; i++, row++)
        sums[i] += weights == NULL ? (double)losses[row] : (double)weights[row] * (double)losses[row];
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

double glia__sum_losses(const real *losses, const real *row_weights, size_t rows)
{
    double sum = 0;
    for (size_t begin = 0; begin < rows; begin += GLIA__ROW_BLOCK) {
        size_t count = rows - begin < GLIA__ROW_BLOCK ? rows - begin : GLIA__ROW_BLOCK;
        sum += weigh_block(losses + begin, row_weights == NULL ? NULL : row_weights + begin, count);
    }
    return sum;
}
