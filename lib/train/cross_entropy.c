/* SPDX-License-Identifier: MIT */
/*
 * cross_entropy, behind softmax: -sum t log p, from the logits z. With S = sum of t and m = the largest z it is
 * S log sum exp(z - m) - sum t (z - m), and its gradient with respect to z is S p - t.
 */
#include "train/loss.h"

static double row_loss(const real *z, const real *t, size_t width, double maximum, double excess, double *target_sum)
{
    double sum = 0, product = 0;
    for (size_t i = 0; i < width; i++) {
        sum += (double)t[i];
        product += t[i] == 0 ? 0 : (double)t[i] * ((double)z[i] - maximum); /* z may be -inf there */
    }
    *target_sum = sum;
    return sum * excess - product;
}

static void compare(const glia__rows *rows, double *losses, real *gradient)
{
    size_t width = rows->width;
    real maximum[GLIA__ROW_BLOCK], excess[GLIA__ROW_BLOCK];
    rows->kernels->log_sum_exp(maximum, excess, rows->logits, rows->count, width);
    for (size_t row = 0; row < rows->count; row++) {
        const real *p = rows->outputs + row * width, *t = rows->targets + row * width;
        double target_sum;
        losses[row] =
            row_loss(rows->logits + row * width, t, width, (double)maximum[row], (double)excess[row], &target_sum);
        for (size_t i = 0; gradient != NULL && i < width; i++)
            gradient[row * width + i] = (real)target_sum * p[i] - t[i];
    }
}

const glia__loss_type glia__cross_entropy_loss = {
    .entry = {.name = "cross_entropy", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "softmax",
    .is_logit_gradient = true,
    .compare = compare,
};
