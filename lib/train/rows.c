/* SPDX-License-Identifier: MIT */
/* Rows of results beside what was wanted. */
#include "train/rows.h"

#include "net/layers.h"

static bool ends_in_tanh(const glia__network *network)
{
    return network->layers[network->layer_count - 1].type == &glia__tanh_layer;
}

real glia__other_class_target(const glia__network *network)
{
    return ends_in_tanh(network) ? -1 : 0;
}

/* targets [rows][width]: `other` everywhere but at the row's class; one output tells class 1 from class 0 */
static void expand_classes(real *targets, const int32_t *classes, size_t rows, size_t width, real other)
{
    for (size_t row = 0; row < rows; row++, targets += width) {
        for (size_t i = 0; i < width; i++)
            targets[i] = other;
        if (width > 1)
            targets[classes[row]] = 1;
        else if (classes[row] == 1)
            targets[0] = 1;
    }
}

glia__rows glia__rows_block(const glia__network *network, const glia__wanted *wanted, size_t begin, size_t rows,
                            const real *outputs, real *target_block)
{
    size_t width = network->output_size;
    size_t count = rows - begin < GLIA__ROW_BLOCK ? rows - begin : GLIA__ROW_BLOCK;
    if (wanted->classes != NULL)
        expand_classes(target_block, wanted->classes + begin, count, width, glia__other_class_target(network));
    return (glia__rows){
        .outputs = outputs + begin * width,
        .targets = wanted->classes != NULL ? target_block : wanted->targets + begin * width,
        .weights = wanted->row_weights == NULL ? NULL : wanted->row_weights + begin,
        .count = count,
        .width = width,
        .threshold = ends_in_tanh(network) ? 0 : (real)0.5,
    };
}

double glia__weigh(const glia__rows *rows, const double *values)
{
    double sum = 0;
    for (size_t row = 0; row < rows->count; row++)
        sum += rows->weights == NULL ? values[row] : (double)rows->weights[row] * values[row];
    return sum;
}
