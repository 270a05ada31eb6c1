/* SPDX-License-Identifier: MIT */
/* binary_cross_entropy, behind sigmoid: the mean over the outputs of -t log p - (1 - t) log(1 - p). */
#include "train/loss.h"

static void compare(const glia__kernels *kernels, const glia__compared *at)
{
    kernels->binary_cross_entropy(at);
}

const glia__loss_type glia__binary_cross_entropy_loss = {
    .entry = {.name = "binary_cross_entropy", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "sigmoid",
    .is_logit_gradient = true,
    .compare = compare,
};
