/* SPDX-License-Identifier: MIT */
/* mse: the mean over the outputs of (y - t)^2, without 1/2. */
#include "train/loss.h"

static void compare(const glia__rows *rows, double *losses, real *gradient)
{
    size_t width = rows->width;
    real factor = 2 / (real)width;
    for (size_t row = 0; row < rows->count; row++) {
        const real *y = rows->outputs + row * width, *t = rows->targets + row * width;
        double sum = 0;
        for (size_t i = 0; i < width; i++) {
            double difference = (double)y[i] - (double)t[i];
            sum += difference * difference;
        }
        losses[row] = sum / (double)width;
        for (size_t i = 0; gradient != NULL && i < width; i++)
            gradient[row * width + i] = factor * (y[i] - t[i]);
    }
}

const glia__loss_type glia__mse_loss = {
    .entry = {.name = "mse", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .compare = compare,
};
