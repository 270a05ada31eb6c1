/* SPDX-License-Identifier: MIT */
/* cross_entropy, behind softmax: -sum t log p; see glia__cross_entropy_fn. */
#include "train/loss.h"

static void compare(const glia__kernels *kernels, const glia__compared *at)
{
    kernels->cross_entropy(at);
}

const glia__loss_type glia__cross_entropy_loss = {
    .entry = {.name = "cross_entropy", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .activation = "softmax",
    .is_logit_gradient = true,
    .compare = compare,
};
