/* SPDX-License-Identifier: MIT */
/* mse: the mean over the outputs of (y - t)^2, without 1/2. */
#include "train/loss.h"

static void compare(const glia__kernels *kernels, const glia__compared *at)
{
    kernels->mean_squared_error(at);
}

const glia__loss_type glia__mse_loss = {
    .entry = {.name = "mse", .settings = glia__loss_settings, .setting_count = GLIA__LOSS_SETTINGS},
    .compare = compare,
};
