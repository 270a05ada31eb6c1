/* SPDX-License-Identifier: MIT */
/* What bounds a step of 1024-2048-2048-1000 at batch 256: its eight matrix products with a library, and one pass over
 * weights, gradients and momentum. Rows a second. Settings: threads=1. */
#include "bench.h"
#include "blas.h"

enum {
    ROWS = 256,
    LAYERS = 3,
    STEPS = 10,
    LEFT_OUT = 2
};
static const int widths[LAYERS + 1] = {1024, 2048, 2048, 1000};

typedef struct layer {
    int inputs, outputs;
    float *weight, *d_weight, *momentum, *x, *d_x, *y, *d_y;
} layer;

static void forward(const layer *of)
{
    const product p = {.m = ROWS, .n = of->outputs, .k = of->inputs, .a = of->x, .b = of->weight, .c = of->y};
    blas_product(&p);
}

static void backward(const layer *of)
{
    const product weights = {.a_transposed = true,
                             .m = of->inputs,
                             .n = of->outputs,
                             .k = ROWS,
                             .a = of->x,
                             .b = of->d_y,
                             .c = of->d_weight};
    blas_product(&weights);
    if (of->d_x == NULL)
        return;
    const product inputs = {.b_transposed = true,
                            .m = ROWS,
                            .n = of->inputs,
                            .k = of->outputs,
                            .a = of->d_y,
                            .b = of->weight,
                            .c = of->d_x};
    blas_product(&inputs);
}

static void update(const layer *of)
{
    const long count = (long)of->inputs * of->outputs;
#pragma omp parallel for simd
    for (long i = 0; i < count; i++) {
        of->momentum[i] = 0.9F * of->momentum[i] + of->d_weight[i];
        of->weight[i] -= 1e-20F * of->momentum[i];
    }
}

static void step(const layer *layers)
{
    for (int i = 0; i < LAYERS; i++)
        forward(&layers[i]);
    for (int i = LAYERS - 1; i >= 0; i--)
        backward(&layers[i]);
    for (int i = 0; i < LAYERS; i++)
        update(&layers[i]);
}

static void make_layers(layer *layers)
{
    float *x = bench_values((size_t)(ROWS * widths[0]), 1), *d_x = NULL;
    for (int i = 0; i < LAYERS; i++) {
        const size_t count = (size_t)widths[i] * (size_t)widths[i + 1], outputs = (size_t)(ROWS * widths[i + 1]);
        layers[i] = (layer){
            .inputs = widths[i],
            .outputs = widths[i + 1],
            .weight = bench_values(count, 0.03F),
            .d_weight = bench_values(count, 0),
            .momentum = bench_values(count, 0),
            .x = x,
            .d_x = d_x,
            .y = bench_values(outputs, 1),
            .d_y = bench_values(outputs, 1),
        };
        x = layers[i].y;
        d_x = layers[i].d_y;
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    const int threads = (int)bench_number(argv, "threads", 1);
    blas_begin(threads);
    layer layers[LAYERS];
    make_layers(layers);
    double seconds[STEPS];
    for (int i = 0; i < STEPS; i++) {
        const double begin = bench_seconds();
        step(layers);
        seconds[i] = bench_seconds() - begin;
    }
    bench_report_rate(ROWS, bench_time_of(seconds + LEFT_OUT, STEPS - LEFT_OUT), "batch 256");
    return 0;
}
