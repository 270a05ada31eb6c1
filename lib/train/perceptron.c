/* SPDX-License-Identifier: MIT */
/* perceptron, behind step: the sum of (y - t) z, whose gradient with respect to z, y held fixed, is y - t (Rosenblatt,
 * 1958): only rows that are wrong teach. */
#include "train/loss.h"

static void compare(const glia__kernels *kernels, const glia__compared *at)
{
    kernels->perceptron(at);
}

const glia__loss_type glia__perceptron_loss = {
    .entry = {.name = "perceptron", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "step",
    .is_logit_gradient = true,
    .compare = compare,
};
