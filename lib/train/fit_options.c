/* SPDX-License-Identifier: MIT */
/* The text of a fit's options. */
#include "train/fit.h"

enum {
    EPOCHS,
    BATCH,
    SHUFFLE,
    PATIENCE,
    SETTINGS
};

#define COUNT_MAX 4294967295.0

static const glia__setting settings[] = {
    [EPOCHS] = {.name = "epochs", .kind = GLIA__COUNT, .minimum = 1, .maximum = COUNT_MAX, .value = 1},
    [BATCH] =
        {.name = "batch", .kind = GLIA__COUNT, .minimum = 1, .maximum = COUNT_MAX, .value = 32, .zero_word = "all"},
    [SHUFFLE] = {.name = "shuffle", .kind = GLIA__CHOICE, .words = glia__no_or_yes, .value = 1},
    [PATIENCE] = {.name = "patience", .kind = GLIA__COUNT, .minimum = 1, .maximum = COUNT_MAX},
};

static const glia__entry fit_entry = {.settings = settings, .setting_count = SETTINGS};

static const glia__entry *entry(size_t index)
{
    return index == 0 ? &fit_entry : NULL;
}

static const glia__vocabulary fit_vocabulary = {.what = "setting", .entry = entry};

glia_status glia__fit_options_read(glia__fit_options *options, const char *text)
{
    glia__item item;
    glia_status status = glia__text_read_one("fit options", text == NULL ? "" : text, &fit_vocabulary, &item);
    if (status != GLIA_OK)
        return status;
    /* Through a signed type: clang's way to an unsigned one raises exception flags, and those are the caller's. */
    *options = (glia__fit_options){
        .epochs = (size_t)(int64_t)item.self.values[EPOCHS],
        .batch = (size_t)(int64_t)item.self.values[BATCH],
        .patience = (size_t)(int64_t)item.self.values[PATIENCE],
        .is_shuffled = item.self.values[SHUFFLE] != 0,
    };
    return GLIA_OK;
}
