/* SPDX-License-Identifier: MIT */
/*
 * binary_cross_entropy, behind sigmoid: the mean over the outputs of -t log p - (1 - t) log(1 - p), from the logits z:
 * max(z, 0) - z t + log(1 + exp(-|z|)). Its gradient with respect to z is (p - t) / outputs.
 */
#include "train/loss.h"

#define CHUNK 64 /* logits at a time */

static double row_loss(const glia__kernels *kernels, const real *z, const real *t, size_t width)
{
    double sum = 0;
    for (size_t begin = 0; begin < width; begin += CHUNK) {
        size_t count = width - begin < CHUNK ? width - begin : CHUNK;
        real tail[CHUNK];
        kernels->softplus_tail(tail, z + begin, count);
        for (size_t i = 0; i < count; i++) {
            double logit = (double)z[begin + i], target = (double)t[begin + i];
            double share = logit > 0 ? 1 - target : -target;
            sum += (share == 0 ? 0 : share * logit) + (double)tail[i]; /* the logit may be infinite */
        }
    }
    return sum / (double)width;
}

static void compare(const glia__rows *rows, double *losses, real *gradient)
{
    size_t width = rows->width;
    for (size_t row = 0; row < rows->count; row++) {
        const real *p = rows->outputs + row * width, *t = rows->targets + row * width;
        losses[row] = row_loss(rows->kernels, rows->logits + row * width, t, width);
        for (size_t i = 0; gradient != NULL && i < width; i++)
            gradient[row * width + i] = (p[i] - t[i]) / (real)width;
    }
}

const glia__loss_type glia__binary_cross_entropy_loss = {
    .entry = {.name = "binary_cross_entropy", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "sigmoid",
    .is_logit_gradient = true,
    .compare = compare,
};
