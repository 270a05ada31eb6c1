/* SPDX-License-Identifier: MIT */
/* What a fit has recorded. */
#include "train/history.h"

#include <string.h>

static const char *const history_names[GLIA__HISTORIES] = {
    [GLIA__HISTORY_LOSS] = "loss",
    [GLIA__HISTORY_ACCURACY] = "accuracy",
    [GLIA__HISTORY_VALIDATION_LOSS] = "validation_loss",
    [GLIA__HISTORY_VALIDATION_ACCURACY] = "validation_accuracy",
};

const double *glia__history_find(const glia__history *history, const char *metric, size_t *count)
{
    for (size_t i = 0; i < GLIA__HISTORIES; i++) {
        if (!history->is_recorded[i] || history->count == 0 || strcmp(history_names[i], metric) != 0)
            continue;
        *count = history->count;
        return history->values[i].bytes;
    }
    *count = 0;
    return NULL;
}

void glia__history_begin(glia__history *history, bool has_accuracy, bool has_validation, bool has_validation_accuracy)
{
    history->count = 0;
    history->is_recorded[GLIA__HISTORY_LOSS] = true;
    history->is_recorded[GLIA__HISTORY_ACCURACY] = has_accuracy;
    history->is_recorded[GLIA__HISTORY_VALIDATION_LOSS] = has_validation;
    history->is_recorded[GLIA__HISTORY_VALIDATION_ACCURACY] = has_validation_accuracy;
}

glia_status glia__history_reserve(glia__history *history, const glia__allocator *allocator)
{
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < GLIA__HISTORIES && status == GLIA_OK; i++)
        if (history->is_recorded[i])
            status = glia__block_extend(&history->values[i], allocator, (history->count + 1) * sizeof(double));
    return status;
}

void glia__history_append(glia__history *history, const double values[GLIA__HISTORIES])
{
    for (size_t i = 0; i < GLIA__HISTORIES; i++)
        if (history->is_recorded[i])
            ((double *)history->values[i].bytes)[history->count] = values[i];
    history->count++;
}

void glia__history_release(glia__history *history, const glia__allocator *allocator)
{
    for (size_t i = 0; i < GLIA__HISTORIES; i++)
        glia__block_release(&history->values[i], allocator);
}
