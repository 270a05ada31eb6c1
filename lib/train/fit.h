/* SPDX-License-Identifier: MIT */
/* Training for some epochs. */
#ifndef GLIA_TRAIN_FIT_H
#define GLIA_TRAIN_FIT_H

#include "train/history.h"
#include "train/metric.h"
#include "train/trainer.h"

typedef struct glia__fit_options {
    size_t epochs;
    size_t batch;    /* rows; 0: all */
    size_t patience; /* epochs without improvement; 0: no end before the last */
    bool is_shuffled;
} glia__fit_options;

/* NULL: the defaults. */
glia_status glia__fit_options_read(glia__fit_options *options, const char *text);

/* See glia_net_fit(). The samples are checked; there is an optimizer. */
typedef struct glia__fit {
    glia__trainer *trainer;
    glia__scratch_pool *pool;
    glia__block *memory; /* kept between fits */
    glia__history *history;
    const glia_samples *training, *validation; /* validation may be NULL */
    glia__fit_options options;
    glia_progress_fn *progress; /* may be NULL */
    void *user;
} glia__fit;

glia_status glia__fit_run(const glia__fit *fit);

#endif
