/* SPDX-License-Identifier: MIT */
/* Activations and what losses need of them, element by element or row by row. */
#include "kernels/elementary.h"
#include "kernels/portable/kernels_portable.h"

void glia__relu_portable(real *y, const real *x, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < 0 ? 0 : x[i]; /* this way round NaN stays NaN */
}

/* 0 where y is; NaN where y is NaN */
void glia__relu_backward_portable(real *d_x, const real *d_y, const real *y, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        d_x[i] = y[i] > 0 ? d_y[i] : y[i];
}

void glia__leaky_relu_portable(real *y, const real *x, real slope, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] < 0 ? (slope == 0 ? 0 : slope * x[i]) : x[i];
}

void glia__leaky_relu_backward_portable(real *d_x, const real *d_y, const real *y, real slope, size_t n)
{
    for (size_t i = 0; i < n; i++)
        d_x[i] = y[i] > 0 ? d_y[i] : y[i] <= 0 ? slope * d_y[i] : y[i]; /* NaN where y is */
}

void glia__sigmoid_portable(real *y, const real *x, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        y[i] = real_sigmoid(x[i]);
}

void glia__sigmoid_backward_portable(real *d_x, const real *d_y, const real *y, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        d_x[i] = d_y[i] * y[i] * (1 - y[i]);
}

void glia__tanh_portable(real *y, const real *x, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        y[i] = real_tanh(x[i]);
}

void glia__tanh_backward_portable(real *d_x, const real *d_y, const real *y, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        d_x[i] = d_y[i] * (1 - y[i] * y[i]);
}

void glia__step_portable(real *y, const real *x, real setting, size_t n)
{
    (void)setting;
    for (size_t i = 0; i < n; i++)
        y[i] = x[i] >= 0 ? 1 : x[i] < 0 ? 0 : x[i];
}

/* The largest of n values; NaN if any is. */
static real maximum_of(const real *x, size_t n)
{
    real maximum = x[0];
    for (size_t i = 1; i < n; i++)
        maximum = x[i] > maximum || x[i] != x[i] ? x[i] : maximum;
    return maximum;
}

void glia__softmax_portable(real *y, const real *x, size_t m, size_t n)
{
    for (size_t row = 0; row < m; row++, y += n, x += n) {
        real maximum = maximum_of(x, n);
        for (size_t i = 0; i < n; i++)
            y[i] = real_exp(x[i] - maximum);
        real sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += y[i];
        for (size_t i = 0; i < n; i++)
            y[i] /= sum;
    }
}

void glia__softmax_backward_portable(real *d_x, const real *d_y, const real *y, size_t m, size_t n)
{
    for (size_t row = 0; row < m; row++, d_x += n, d_y += n, y += n) {
        real sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += d_y[i] * y[i];
        for (size_t i = 0; i < n; i++)
            d_x[i] = y[i] * (d_y[i] - sum);
    }
}

void glia__log_sum_exp_portable(real *maximum, real *excess, const real *x, size_t m, size_t n)
{
    for (size_t row = 0; row < m; row++, x += n) {
        maximum[row] = maximum_of(x, n);
        size_t largest = 0;
        while (largest + 1 < n && x[largest] != maximum[row])
            largest++;
        real sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += i == largest ? x[i] - maximum[row] : real_exp(x[i] - maximum[row]); /* the largest: 0, or NaN */
        excess[row] = real_log1p(sum);
    }
}

void glia__softplus_tail_portable(real *y, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = real_log1p(real_exp(x[i] < 0 ? x[i] : -x[i]));
}
