/* SPDX-License-Identifier: MIT */
/* What the tests of losses share; see loss_harness.h. */
#include "train/loss_harness.h"

#include <string.h>

enum {
    COUNT_MAX = 512,
    LANES_MAX = 16,
    COLUMNS_MAX = COUNT_MAX * LANES_MAX /* one row of them all, in columns of whole vectors */
};

static void activate(const glia__kernels *kernels, const glia__loss_type *type, real *y, const real *z, size_t rows,
                     size_t width)
{
    if (type->activation == NULL)
        memcpy(y, z, rows * width * sizeof *y);
    else if (strcmp(type->activation, "softmax") == 0)
        kernels->softmax(y, z, rows, width);
    else if (strcmp(type->activation, "sigmoid") == 0)
        kernels->sigmoid(y, z, 0, rows * width);
    else if (strcmp(type->activation, "step") == 0)
        kernels->step(y, z, 0, rows * width);
    else
        fail_msg("no outputs for a loss behind %s", type->activation);
}

/* The rows as columns, which is how losses compare them. */
static void compare_columns(const glia__kernels *kernels, const glia__loss_type *type, const real *y, const real *z,
                            const real *t, size_t rows, size_t width, real *losses, real *gradient)
{
    static real outputs[COLUMNS_MAX], logits[COLUMNS_MAX], targets[COLUMNS_MAX], gradients[COLUMNS_MAX];
    size_t stride = (rows + kernels->lanes - 1) / kernels->lanes * kernels->lanes;
    const glia__compared at = {
        .outputs = outputs,
        .logits = logits,
        .targets = targets,
        .losses = losses,
        .gradient = gradient == NULL ? NULL : gradients,
        .width = width,
        .stride = stride,
    };
    assert_true(width * stride <= COLUMNS_MAX);
    kernels->to_columns(outputs, y, rows, width, stride);
    kernels->to_columns(logits, z, rows, width, stride);
    kernels->to_columns(targets, t, rows, width, stride);
    type->compare(kernels, &at);
    if (gradient != NULL)
        kernels->to_rows(gradient, gradients, rows, width, stride);
}

void loss_compare(const glia__loss_type *type, const real *z, const real *t, size_t rows, size_t width, double *losses,
                  real *gradient)
{
    real y[COUNT_MAX], row_losses[GLIA__ROW_BLOCK];
    const glia__kernels *kernels = NULL;
    assert_true(rows <= GLIA__ROW_BLOCK && rows * width <= COUNT_MAX);
    assert_ok(glia__kernels_select(&kernels, NULL));
    activate(kernels, type, y, z, rows, width);
    compare_columns(kernels, type, y, z, t, rows, width, row_losses, gradient);
    for (size_t row = 0; row < rows; row++)
        losses[row] = (double)row_losses[row];
}

void loss_assert_row(const glia__loss_type *type, const real *z, const real *t, size_t width, double expected_loss,
                     const double *expected_gradient)
{
    double loss, loss_alone;
    real gradient[COUNT_MAX];
    loss_compare(type, z, t, 1, width, &loss, gradient);
    assert_close(loss, expected_loss);
    for (size_t i = 0; i < width; i++)
        assert_close((double)gradient[i], expected_gradient[i]);
    loss_compare(type, z, t, 1, width, &loss_alone, NULL);
    assert_true(loss_alone == loss);
}

/* Steps of the cube root of u: what is cut off and what is rounded are both of the size u^(2/3). */
static double slope_at(const glia__loss_type *type, real *z, const real *t, size_t width, size_t i)
{
    double up, down;
    real before = z[i], step = (real)cbrt(ROUNDING);
    z[i] = before + step;
    double upper = (double)z[i];
    loss_compare(type, z, t, 1, width, &up, NULL);
    z[i] = before - step;
    double lower = (double)z[i];
    loss_compare(type, z, t, 1, width, &down, NULL);
    z[i] = before;
    return (up - down) / (upper - lower);
}

void loss_check_gradient(const glia__loss_type *type, size_t width)
{
    enum {
        ROWS = 3
    };
    real z[COUNT_MAX], t[COUNT_MAX], gradient[COUNT_MAX];
    double losses[ROWS];
    size_t count = ROWS * width;
    assert_true(count <= COUNT_MAX);
    harness_fill(z, count, 1);
    harness_fill(t, count, 2);
    for (size_t i = 0; i < count; i++) {
        z[i] = 2 * z[i] + (z[i] < 0 ? (real)-0.1 : (real)0.1); /* away from the kinks at 0 */
        t[i] = (t[i] + 1) / 2;
    }
    loss_compare(type, z, t, ROWS, width, losses, gradient);
    for (size_t i = 0; i < count; i++) {
        size_t begin = i / width * width;
        assert_near((double)gradient[i], slope_at(type, z + begin, t + begin, width, i - begin),
                    64 * pow(ROUNDING, 2.0 / 3));
    }
}
