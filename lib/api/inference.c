/* SPDX-License-Identifier: MIT */
/* Using a net: calls that see it as const and may run at the same time. */
#include "api/net.h"
#include "net/propagate.h"

#include "base/layout.h"

#define STACK_SCRATCH 16384 /* bytes */

static glia_status check_values_apart(const glia__network *network, const glia_samples *samples, const double *values,
                                      size_t count)
{
    size_t size = count * sizeof *values, rows = samples->rows, number = sizeof(real);
    bool overlaps =
        glia__memory_overlaps(values, size, samples->inputs, rows * network->input_size * number) ||
        (samples->targets != NULL &&
         glia__memory_overlaps(values, size, samples->targets, rows * network->output_size * number)) ||
        (samples->classes != NULL && glia__memory_overlaps(values, size, samples->classes, rows * sizeof(int32_t))) ||
        (samples->row_weights != NULL && glia__memory_overlaps(values, size, samples->row_weights, rows * number));
    return overlaps ? glia__fail(GLIA_ERR_ARGUMENT, "values overlap the samples") : GLIA_OK;
}

glia_status glia_net_evaluate(const glia_net *net, const glia_samples *samples, const char *metrics, double *values)
{
    if (net == NULL || metrics == NULL || values == NULL)
        return glia__fail_null(net == NULL ? "net" : metrics == NULL ? "metrics" : "values");
    glia__metrics read;
    glia_status status = glia__check_samples(&net->network, samples, "samples");
    if (status != GLIA_OK)
        return status;
    const glia__wanted wanted = {samples->targets, samples->classes, samples->row_weights};
    status = glia__check_wanted(&net->network, &wanted, samples->rows);
    if (status == GLIA_OK)
        status = glia__metrics_read(&read, metrics);
    if (status == GLIA_OK)
        status = check_values_apart(&net->network, samples, values, read.count);
    if (status != GLIA_OK)
        return status;
    return glia__evaluate(&net->network, &net->trainer.loss, net->scratch, samples, &read, values);
}

/* A block of rows at a time, so that scratch does not grow with the rows. */
static void predict_blocks(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                           size_t block_rows, const glia__inference_scratch *scratch)
{
    for (size_t begin = 0; begin < rows; begin += block_rows) {
        size_t count = rows - begin < block_rows ? rows - begin : block_rows;
        glia__propagate_inference(network, inputs + begin * network->input_size, count,
                                  outputs + begin * network->output_size, NULL, scratch);
    }
}

static void predict_on_stack(const glia__network *network, const real *inputs, size_t rows, real *outputs,
                             size_t block_rows)
{
    _Alignas(GLIA__ALIGNMENT) real layers[STACK_SCRATCH / sizeof(real)];
    predict_blocks(network, inputs, rows, outputs, block_rows, &(glia__inference_scratch){.layers = layers});
}

static glia_status predict_in_pool(const glia_net *net, const real *inputs, size_t rows, real *outputs,
                                   size_t block_rows)
{
    const glia__network *network = &net->network;
    glia__layout layout = {0};
    size_t layers = glia__layout_add(&layout, network->widest, 2 * block_rows * sizeof(real));
    size_t kernels = glia__layout_add(&layout, network->kernels->scratch_count, sizeof(real));
    if (layout.is_too_large)
        return glia__fail(GLIA_ERR_SHAPE, "the network is wider than memory can count");
    char *bytes = glia__scratch_take(net->scratch, layout.size);
    if (bytes == NULL)
        return GLIA_ERR_NOMEM;
    const glia__inference_scratch scratch = {(real *)(bytes + layers), (real *)(bytes + kernels)};
    predict_blocks(network, inputs, rows, outputs, block_rows, &scratch);
    glia__scratch_give(net->scratch, bytes);
    return GLIA_OK;
}

glia_status glia_net_predict(const glia_net *net, const real *inputs, size_t rows, real *outputs)
{
    if (net == NULL || inputs == NULL || outputs == NULL)
        return glia__fail_null(net == NULL ? "net" : inputs == NULL ? "inputs" : "outputs");
    const glia__network *network = &net->network;
    glia_status status = glia__check_rows(network, rows);
    if (status == GLIA_OK)
        status = glia__check_apart(inputs, network->input_size, outputs, network->output_size, rows);
    if (status != GLIA_OK)
        return status;

    size_t block_rows = rows < GLIA__ROW_BLOCK ? rows : GLIA__ROW_BLOCK;
    if (network->widest > STACK_SCRATCH / (2 * block_rows * sizeof(real)))
        return predict_in_pool(net, inputs, rows, outputs, block_rows);
    predict_on_stack(network, inputs, rows, outputs, block_rows);
    return GLIA_OK;
}
