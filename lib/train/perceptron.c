/* SPDX-License-Identifier: MIT */
/* perceptron, behind step: the sum of (y - t) z, whose gradient with respect to z, y held fixed, is y - t (Rosenblatt,
 * 1958): only rows that are wrong teach. */
#include "train/loss.h"

static void compare(const glia__rows *rows, double *losses, real *gradient)
{
    size_t width = rows->width;
    for (size_t row = 0; row < rows->count; row++) {
        const real *y = rows->outputs + row * width, *t = rows->targets + row * width;
        const real *z = rows->logits + row * width;
        losses[row] = 0;
        for (size_t i = 0; i < width; i++)
            losses[row] += y[i] == t[i] ? 0 : ((double)y[i] - (double)t[i]) * (double)z[i]; /* z may be infinite */
        for (size_t i = 0; gradient != NULL && i < width; i++)
            gradient[row * width + i] = y[i] - t[i];
    }
}

const glia__loss_type glia__perceptron_loss = {
    .entry = {.name = "perceptron", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "step",
    .is_logit_gradient = true,
    .compare = compare,
};
