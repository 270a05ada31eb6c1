/* SPDX-License-Identifier: MIT */
/* Using a net: calls that see it as const and may run at the same time. */
#include "api/net.h"
#include "net/propagate.h"
#include "net/row_layers.h"

#include "base/layout.h"
#include "base/not_inline.h"

#define STACK_SCRATCH 16384   /* bytes */
#define ROW_SCRATCH   2048    /* bytes that a row on its own may leave behind in all layers */
#define THREADED_WORK 1000000 /* rows x parameters; less is done before a second thread is awake */
#define TASK_ROWS     16      /* at least */

/* Rows go through the layers in blocks, so that scratch does not grow with them; those of wide layers are so large that
 * they share what a product packs of the weights. */
#define BLOCK_ROWS      64
#define WIDE_BLOCK_ROWS 256
#define WIDE_UNITS      256

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
        status = glia__check_results_apart(&net->network, samples, values, read.count);
    if (status != GLIA_OK)
        return status;
    return glia__evaluate(&net->network, &net->trainer.loss, net->scratch, samples, &read, values);
}

/* Rows to predict, shared out among threads. */
typedef struct prediction {
    const glia__network *network;
    const real *inputs;
    real *outputs;
    size_t rows, block_rows;
    size_t tasks;
    char *scratch; /* task_bytes for each task */
    size_t task_bytes, kernel_begin;
} prediction;

static void predict_rows(const prediction *of, size_t begin, size_t end, const glia__inference_scratch *scratch)
{
    const glia__network *network = of->network;
    for (; begin < end; begin += of->block_rows) {
        size_t count = end - begin < of->block_rows ? end - begin : of->block_rows;
        glia__propagate_inference(network, of->inputs + begin * network->input_size, count,
                                  of->outputs + begin * network->output_size, NULL, scratch);
    }
}

static void run_task(void *context, size_t task)
{
    const prediction *of = context;
    char *bytes = of->scratch + task * of->task_bytes;
    const glia__inference_scratch scratch = {(real *)bytes, (real *)(bytes + of->kernel_begin)};
    predict_rows(of, of->rows * task / of->tasks, of->rows * (task + 1) / of->tasks, &scratch);
}

/* The one frame of more than a page; glia.h speaks of it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wframe-larger-than="
static void predict_on_stack(const prediction *of)
{
    _Alignas(GLIA__ALIGNMENT) real layers[STACK_SCRATCH / sizeof(real)];
    predict_rows(of, 0, of->rows, &(glia__inference_scratch){.layers = layers});
}
#pragma GCC diagnostic pop

static glia_status predict_in_pool(const glia_net *net, prediction *of, glia__threads *threads)
{
    const glia__network *network = of->network;
    glia__layout layout = {0}, all = {0};
    size_t count = 0;
    layout.is_too_large = !glia__inference_count(&count, network, of->block_rows);
    glia__layout_add(&layout, count, sizeof(real));
    of->kernel_begin = glia__layout_add(&layout, network->kernels->scratch_count, sizeof(real));
    of->task_bytes = layout.size;
    glia__layout_add(&all, of->tasks, of->task_bytes);
    if (layout.is_too_large || all.is_too_large)
        return glia__fail(GLIA_ERR_SHAPE, "the network is wider than memory can count");
    of->scratch = glia__scratch_take(net->scratch, all.size);
    if (of->scratch == NULL)
        return GLIA_ERR_NOMEM;
    glia__threads_run(threads, of->tasks, run_task, of);
    glia__scratch_give(net->scratch, of->scratch);
    return GLIA_OK;
}

/* Threads for a prediction that is worth them, if no other call has them; NULL: none. */
static glia__threads *take_threads(const glia_net *net, size_t rows)
{
    bool is_worth_it = rows >= 2 * TASK_ROWS && rows >= THREADED_WORK / (net->network.parameter_count + 1);
    return is_worth_it ? glia__threads_try_take(net->threads) : NULL;
}

/* Rows, or one that is too wide for predict_row. */
NOT_INLINE static glia_status predict_batch(const glia_net *net, const real *inputs, size_t rows, real *outputs)
{
    const glia__network *network = &net->network;
    glia_status status = glia__check_rows(network, rows);
    if (status == GLIA_OK)
        status = glia__check_apart(inputs, network->input_size, outputs, network->output_size, rows);
    if (status != GLIA_OK)
        return status;

    prediction of = {.network = network, .inputs = inputs, .outputs = outputs, .rows = rows, .tasks = 1};
    size_t block_rows = network->widest < WIDE_UNITS ? BLOCK_ROWS : WIDE_BLOCK_ROWS;
    of.block_rows = rows < block_rows ? rows : block_rows;
    glia__threads *threads = take_threads(net, rows);
    size_t count;
    if (threads == NULL && glia__inference_count(&count, network, of.block_rows) &&
        count <= STACK_SCRATCH / sizeof(real)) {
        predict_on_stack(&of);
        return GLIA_OK;
    }
    size_t most = rows / TASK_ROWS;
    of.tasks = glia__threads_count(threads) < most ? glia__threads_count(threads) : most > 0 ? most : 1;
    status = predict_in_pool(net, &of, threads);
    glia__threads_give(threads);
    return status;
}

/* One row: a tiny network spends more time in checks and large frames than in computing. */
static glia_status predict_row(const glia__network *network, const real *inputs, real *outputs)
{
    real activations[ROW_SCRATCH / sizeof(real) + GLIA__LANES_MAX];
    glia_status status = glia__check_apart(inputs, network->input_size, outputs, network->output_size, 1);
    if (status == GLIA_OK)
        glia__row_layers_infer(network, inputs, outputs, activations);
    return status;
}

glia_status glia_net_predict(const glia_net *net, const real *inputs, size_t rows, real *outputs)
{
    if (net == NULL || inputs == NULL || outputs == NULL)
        return glia__fail_null(net == NULL ? "net" : inputs == NULL ? "inputs" : "outputs");
    if (glia__infers_as_row(&net->network, rows) && net->network.activation_width <= ROW_SCRATCH / sizeof(real))
        return predict_row(&net->network, inputs, outputs);
    return predict_batch(net, inputs, rows, outputs);
}
