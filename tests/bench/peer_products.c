/* SPDX-License-Identifier: MIT */
/* The matrix products of product_shapes.h with the library that this is compiled for, checked against plain sums.
 * Thousand million operations a second. Settings: threads=1. */
#include <math.h>
#include <stdlib.h>

#include "bench.h"
#include "blas.h"
#include "product_shapes.h"

static product make_product(product_shape shape, enum product_form form)
{
    const int rows = (int)shape.rows, outputs = (int)shape.outputs, inputs = (int)shape.inputs;
    const product forms[PRODUCT_FORMS] = {
        [FORWARD] = {.m = rows, .n = outputs, .k = inputs},
        [WEIGHT_GRADIENT] = {.a_transposed = true, .m = inputs, .n = outputs, .k = rows},
        [INPUT_GRADIENT] = {.b_transposed = true, .m = rows, .n = inputs, .k = outputs},
    };
    product made = forms[form];
    made.a = bench_values((size_t)made.m * (size_t)made.k, 1);
    made.b = bench_values((size_t)made.k * (size_t)made.n, 1);
    made.c = bench_values((size_t)made.m * (size_t)made.n, 1);
    return made;
}

static void free_product(product *made)
{
    free((void *)made->a);
    free((void *)made->b);
    free(made->c);
}

static double plain_sum(const product *p, int row, int column)
{
    double sum = 0;
    for (int k = 0; k < p->k; k++)
        sum += (double)(p->a_transposed ? p->a[(size_t)k * (size_t)p->m + (size_t)row]
                                        : p->a[(size_t)row * (size_t)p->k + (size_t)k]) *
               (double)(p->b_transposed ? p->b[(size_t)column * (size_t)p->k + (size_t)k]
                                        : p->b[(size_t)k * (size_t)p->n + (size_t)column]);
    return sum;
}

/* Whether some of the numbers are what they should be. */
static bool is_right(const product *p)
{
    blas_product(p);
    for (int row = 0; row < p->m; row += 1 + p->m / 13)
        for (int column = 0; column < p->n; column += 1 + p->n / 11)
            if (!(fabs(plain_sum(p, row, column) - (double)p->c[(size_t)row * (size_t)p->n + (size_t)column]) <
                  1e-4 * sqrt(p->k)))
                return false;
    return true;
}

static void run(void *context)
{
    blas_product(context);
}

static void run_both(void *context)
{
    product *both = context;
    blas_product(&both[0]);
    blas_product(&both[1]);
}

static void report(const char *form, product_shape shape, double operations, bench_time time)
{
    bench_report_rate(1e-9 * operations, time, "%s %zux%zux%zu", form, shape.rows, shape.outputs, shape.inputs);
}

/* A form that the library cannot do is left out. */
static void measure_form(product_shape shape, enum product_form form)
{
    product made = make_product(shape, form);
    if (is_right(&made))
        report(product_form_names[form], shape, product_operations(shape), bench_call_time(run, &made));
    free_product(&made);
}

static void measure_backward(product_shape shape)
{
    product both[] = {make_product(shape, WEIGHT_GRADIENT), make_product(shape, INPUT_GRADIENT)};
    if (is_right(&both[0]) && is_right(&both[1]))
        report("backward", shape, 2 * product_operations(shape), bench_call_time(run_both, both));
    free_product(&both[0]);
    free_product(&both[1]);
}

int main(int argc, char **argv)
{
    (void)argc;
    const int threads = (int)bench_number(argv, "threads", 1);
    blas_begin(threads);
    if (threads > 1)
        for (size_t i = 0; i < SHAPE_COUNT(large_product_shapes); i++) {
            measure_form(large_product_shapes[i], FORWARD);
            measure_backward(large_product_shapes[i]);
        }
    else
        for (size_t i = 0; i < SHAPE_COUNT(product_shapes); i++)
            for (size_t form = 0; form < PRODUCT_FORMS; form++)
                measure_form(product_shapes[i], (enum product_form)form);
    return 0;
}
