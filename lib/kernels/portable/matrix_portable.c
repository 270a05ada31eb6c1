/* SPDX-License-Identifier: MIT */
/* The matrix products of a dense layer, as the plainest loops; the innermost runs along memory. */
#include "kernels/portable/kernels_portable.h"

#define COLUMNS 64 /* bias gradients summed at a time */

static void add_scaled(real *y, real a, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] += a * x[i];
}

void glia__dense_forward_portable(real *y, const real *x, const real *weight, const real *bias, size_t m, size_t n,
                                  size_t k)
{
    for (size_t row = 0; row < m; row++, y += n, x += k) {
        for (size_t unit = 0; unit < n; unit++)
            y[unit] = bias == NULL ? 0 : bias[unit];
        for (size_t input = 0; input < k; input++)
            add_scaled(y, x[input], weight + input * n, n);
    }
}

void glia__dense_weight_gradient_portable(real *d_weight, const real *x, const real *d_y, size_t m, size_t n, size_t k)
{
    for (size_t input = 0; input < k; input++)
        for (size_t row = 0; row < m; row++)
            add_scaled(d_weight + input * n, x[row * k + input], d_y + row * n, n);
}

void glia__dense_bias_gradient_portable(real *d_bias, const real *d_y, size_t m, size_t n)
{
    for (size_t first = 0; first < n; first += COLUMNS) {
        size_t columns = n - first < COLUMNS ? n - first : COLUMNS;
        for (size_t begin = 0; begin < m; begin += GLIA__ROW_BLOCK) {
            size_t end = m - begin < GLIA__ROW_BLOCK ? m : begin + GLIA__ROW_BLOCK;
            real sums[COLUMNS] = {0};
            for (size_t row = begin; row < end; row++)
                add_scaled(sums, 1, d_y + row * n + first, columns);
            add_scaled(d_bias + first, 1, sums, columns);
        }
    }
}

void glia__dense_input_gradient_portable(real *d_x, const real *d_y, const real *weight, size_t m, size_t n, size_t k)
{
    for (size_t row = 0; row < m; row++, d_x += k, d_y += n) {
        for (size_t input = 0; input < k; input++) {
            real sum = 0;
            for (size_t unit = 0; unit < n; unit++)
                sum += d_y[unit] * weight[input * n + unit];
            d_x[input] = sum;
        }
    }
}
