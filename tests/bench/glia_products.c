/* SPDX-License-Identifier: MIT */
/*
 * glia's matrix products, each beside the processor's peak: on one thread the kernels themselves, on several what a
 * network makes of them. Thousand million operations a second; see product_shapes.h.
 *
 * Settings: rows=0: on one thread, shapes of so many rows only.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "kernels/kernels.h"
#include "measured_net.h"
#include "peak.h"
#include "product_shapes.h"

/* A dense layer without bias; the arrays of a form that writes one stay as random as they are. */
typedef struct layer {
    const glia__kernels *kernels;
    product_shape shape;
    real *x, *weight, *y, *scratch;
} layer;

static layer make_layer(const glia__kernels *kernels, product_shape shape)
{
    return (layer){
        .kernels = kernels,
        .shape = shape,
        .x = measured_values(shape.rows * shape.inputs, 1),
        .weight = measured_values(shape.inputs * shape.outputs, 1),
        .y = measured_values(shape.rows * shape.outputs, 1),
        .scratch = measured_values(kernels->scratch_count, 1),
    };
}

static void free_layer(layer *of)
{
    free(of->x);
    free(of->weight);
    free(of->y);
    free(of->scratch);
}

static void forward(void *context)
{
    const layer *of = context;
    of->kernels->dense_forward(of->y, of->x, of->weight, NULL, of->shape.rows, of->shape.outputs, of->shape.inputs,
                               of->scratch);
}

static void weight_gradient(void *context)
{
    const layer *of = context;
    of->kernels->dense_weight_gradient(of->weight, of->x, of->y, of->shape.rows, of->shape.outputs, of->shape.inputs,
                                       of->shape.inputs, false, of->scratch);
}

static void input_gradient(void *context)
{
    const layer *of = context;
    of->kernels->dense_input_gradient(of->x, of->y, of->weight, of->shape.rows, of->shape.outputs, of->shape.inputs,
                                      of->scratch);
}

/* Measure a call that does so many operations. The peak is taken before and after: the processor's clock changes. */
static void measure(const char *form, product_shape shape, size_t threads, double operations, bench_call *call,
                    void *context)
{
    double before = peak_operations(threads);
    bench_time time = bench_call_time(call, context);
    double peak = (before + peak_operations(threads)) / 2;
    bench_report_rate_beside(1e-9 * operations, time, 1e-9 * peak, "%s %zux%zux%zu", form, shape.rows, shape.outputs,
                             shape.inputs);
}

static void measure_kernels(const glia__kernels *kernels, product_shape shape)
{
    static bench_call *const calls[PRODUCT_FORMS] = {forward, weight_gradient, input_gradient};
    for (size_t form = 0; form < PRODUCT_FORMS; form++) {
        layer of = make_layer(kernels, shape);
        measure(product_form_names[form], shape, 1, product_operations(shape), calls[form], &of);
        free_layer(&of);
    }
}

/* A network of one layer. */
typedef struct layer_net {
    glia_net *net;
    size_t rows;
    real *x, *d_x, *d_y;
} layer_net;

static void net_forward(void *context)
{
    const layer_net *of = context;
    check(glia_net_forward(of->net, of->x, of->rows, NULL));
}

static void net_backward(void *context)
{
    const layer_net *of = context;
    check(glia_net_backward_from(of->net, of->d_y, of->d_x));
}

static void measure_net(char *const *settings, product_shape shape)
{
    char architecture[64];
    snprintf(architecture, sizeof architecture, "input %zu, dense %zu", shape.inputs, shape.outputs);
    layer_net of = {
        .net = measured_net(settings, architecture),
        .rows = shape.rows,
        .x = measured_values(shape.rows * shape.inputs, 1),
        .d_x = measured_values(shape.rows * shape.inputs, 1),
        .d_y = measured_values(shape.rows * shape.outputs, 1),
    };
    const size_t threads = bench_number(settings, "threads", 1);
    measure("forward", shape, threads, product_operations(shape), net_forward, &of);
    measure("backward", shape, threads, 2 * product_operations(shape), net_backward, &of);
    glia_net_destroy(of.net);
    free(of.x);
    free(of.d_x);
    free(of.d_y);
}

int main(int argc, char **argv)
{
    (void)argc;
    const glia__kernels *kernels;
    check(glia__kernels_select(&kernels, bench_word(argv, "kernels", NULL)));
    const size_t rows = bench_number(argv, "rows", 0);
    if (bench_number(argv, "threads", 1) > 1)
        for (size_t i = 0; i < SHAPE_COUNT(large_product_shapes); i++)
            measure_net(argv, large_product_shapes[i]);
    else
        for (size_t i = 0; i < SHAPE_COUNT(product_shapes); i++)
            if (rows == 0 || product_shapes[i].rows == rows)
                measure_kernels(kernels, product_shapes[i]);
    return 0;
}
