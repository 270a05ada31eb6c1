/* SPDX-License-Identifier: MIT */
/* adamw: adam with weight decay outside the moments, rate x weight_decay x w, on dense weight matrices only (Loshchilov
 * and Hutter, 2019). */
#include "train/adam.h"

enum {
    WEIGHT_DECAY = GLIA__ADAM_SETTINGS,
    SETTINGS
};

static const glia__setting settings[] = {
    GLIA__ADAM_SETTING_LIST,
    [WEIGHT_DECAY] = {.name = "weight_decay", .kind = GLIA__NUMBER, .maximum = (double)REAL_MAX, .value = 0.01},
};

static void update(const glia__step *step, size_t first, size_t count, bool is_weight)
{
    const double *values = step->optimizer->values;
    double decay = values[GLIA__LEARNING_RATE] * values[WEIGHT_DECAY];
    glia__adam_update(step, first, count, is_weight ? decay : 0);
}

const glia__optimizer_type glia__adamw_optimizer = {
    .entry = {.name = "adamw", .settings = settings, .setting_count = SETTINGS},
    .state_names = {GLIA__ADAM_STATE_NAMES},
    .state_count = glia__adam_state_count,
    .tells_weights = true,
    .prepare = glia__adam_prepare,
    .update = update,
};
