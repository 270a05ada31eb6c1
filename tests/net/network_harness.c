/* SPDX-License-Identifier: MIT */
/* What the tests of the network share; see network_harness.h. */
#include "net/network_harness.h"

#include <stdlib.h>

#include "net/propagate.h"

glia__network_setup network_setup(void)
{
    glia__network_setup setup = {.allocator = glia__default_allocator, .seed = 7};
    assert_ok(glia__kernels_select(&setup.kernels, NULL));
    return setup;
}

glia__network network_make(const char *architecture)
{
    glia__network network;
    glia__network_setup setup = network_setup();
    assert_ok(glia__network_plan(&network, architecture, &setup));
    assert_ok(glia__network_allocate(&network));
    glia__network_initialize(&network);
    return network;
}

void network_assert_refused(const char *architecture, glia_status expected, const char *part)
{
    glia__network network;
    glia__network_setup setup = network_setup();
    assert_status(glia__network_plan(&network, architecture, &setup), expected);
    assert_message_has(part);
}

/* More than any kernels ask for. */
static real *kernel_scratch(const glia__network *network)
{
    static real scratch[1 << 18];
    assert_true(network->kernels->scratch_count <= COUNT_OF(scratch));
    return scratch;
}

glia__pass network_pass(const glia__network *network, size_t rows)
{
    return (glia__pass){
        .kernels = network->kernels,
        .scratch = kernel_scratch(network),
        .batch = rows,
        .rows = rows,
        .seed = network->seed,
        .number = 3,
    };
}

glia__pass network_own_pass(const glia__network *network, size_t rows)
{
    glia__pass pass = glia__pass_over(network, rows);
    pass.scratch = kernel_scratch(network);
    pass.number = 3;
    return pass;
}

real *network_reals(size_t count)
{
    real *values = calloc(count + (count == 0), sizeof *values);
    assert_non_null(values);
    return values;
}

/* A layer's run, and in which direction its outputs are looked at. */
typedef struct layer_run {
    const glia__layer *layer;
    const glia__pass *pass;
    real *input, *output, *direction;
    size_t input_count, output_count;
} layer_run;

static double objective(const layer_run *run)
{
    double sum = 0;
    run->layer->type->forward(run->layer, run->pass, run->output, run->input);
    for (size_t i = 0; i < run->output_count; i++)
        sum += (double)run->output[i] * (double)run->direction[i];
    return sum;
}

/* With steps of the cube root of u, what is cut off and what is rounded are both of the size u^(2/3). */
static double slope_at(const layer_run *run, real *value)
{
    real before = *value, step = (real)cbrt(ROUNDING);
    *value = before + step;
    double upper = (double)*value, up = objective(run);
    *value = before - step;
    double lower = (double)*value, down = objective(run);
    *value = before;
    return (up - down) / (upper - lower);
}

static void check_slopes(const layer_run *run, real *values, const real *gradient, size_t count)
{
    double largest = 1;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs((double)gradient[i]));
    for (size_t i = 0; i < count; i++)
        assert_near((double)gradient[i], slope_at(run, &values[i]), 64 * pow(ROUNDING, 2.0 / 3) * largest);
}

/* The gradient of the trained arrays, all inputs at once. */
static void check_arrays(const layer_run *run)
{
    const glia__layer *layer = run->layer;
    glia__layer_gradient at = {
        .input = run->input, .d_output = run->direction, .share = {.begin = 0, .end = layer->input_size}};
    if (layer->type->differentiate == NULL)
        return;
    for (size_t i = 0; i < layer->array_count; i++)
        if (layer->arrays[i].is_trained)
            at.d_arrays[i] = network_reals(layer->arrays[i].count);
    layer->type->differentiate(layer, run->pass, &at);
    for (size_t i = 0; i < layer->array_count; i++)
        if (layer->arrays[i].is_trained)
            check_slopes(run, layer->arrays[i].values, at.d_arrays[i], layer->arrays[i].count);
    for (size_t i = 0; i < layer->array_count; i++)
        free(at.d_arrays[i]);
}

void network_check_layer(const glia__layer *layer, const glia__pass *pass, real *input)
{
    layer_run run = {.layer = layer,
                     .pass = pass,
                     .input = input,
                     .input_count = pass->rows * layer->input_size,
                     .output_count = pass->rows * layer->output_size};
    real *d_input = network_reals(run.input_count);
    run.output = network_reals(run.output_count);
    run.direction = network_reals(run.output_count);
    harness_fill(run.direction, run.output_count, 99);
    layer->type->forward(layer, pass, run.output, input);

    const glia__layer_backward at = {.d_input = d_input, .d_output = run.direction, .output = run.output};
    layer->type->backward(layer, pass, &at);
    check_slopes(&run, input, d_input, run.input_count);
    check_arrays(&run);
    free(d_input);
    free(run.output);
    free(run.direction);
}
