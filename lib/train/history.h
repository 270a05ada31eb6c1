/* SPDX-License-Identifier: MIT */
/* What a fit records, a number an epoch. */
#ifndef GLIA_TRAIN_HISTORY_H
#define GLIA_TRAIN_HISTORY_H

#include <stdbool.h>

#include "base/memory.h"

enum {
    GLIA__HISTORY_LOSS,
    GLIA__HISTORY_ACCURACY,
    GLIA__HISTORY_VALIDATION_LOSS,
    GLIA__HISTORY_VALIDATION_ACCURACY,
    GLIA__HISTORIES
};

typedef struct glia__history {
    glia__block values[GLIA__HISTORIES]; /* of double */
    bool is_recorded[GLIA__HISTORIES];
    size_t count; /* epochs */
} glia__history;

/* Forget what was recorded; the loss always is. */
void glia__history_begin(glia__history *history, bool has_accuracy, bool has_validation, bool has_validation_accuracy);

/* Room for one epoch more, so that appending it cannot fail. */
glia_status glia__history_reserve(glia__history *history, const glia__allocator *allocator);
void glia__history_append(glia__history *history, const double values[GLIA__HISTORIES]);

/* The record by its public name and its length; NULL and 0 if there is none. */
const double *glia__history_find(const glia__history *history, const char *metric, size_t *count);

void glia__history_release(glia__history *history, const glia__allocator *allocator);

#endif
