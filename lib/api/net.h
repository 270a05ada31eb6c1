/* SPDX-License-Identifier: MIT */
/* What is behind the handle, and the checks at the door. */
#ifndef GLIA_API_NET_H
#define GLIA_API_NET_H

#include "base/size.h"
#include "model/model.h"
#include "train/fit.h"

struct glia_net {
    glia__network network;
    glia__trainer trainer;
    glia__metadata metadata;
    glia__scratch_pool *scratch; /* shared by calls that see the network as const */
    glia__block fit_memory;
    glia__history history;

    glia__threads *threads; /* likewise, by whoever takes them first */
};

/* Threads as the caller says them, 0 for one. */
static inline size_t glia__thread_count(int32_t threads)
{
    return threads == 0 ? 1 : (size_t)threads;
}

/* Options with their defaults filled in and checked. */
glia_status glia__options_read(glia_options *read, glia__network_setup *setup, const glia_options *options);

/* An empty net with the options in place, ready to be destroyed; NULL if there is no memory. */
glia_net *glia__net_allocate(const glia_options *options, const glia__network_setup *setup);

/* Fail for an argument. */
glia_status glia__fail_null(const char *what);
glia_status glia__fail_rows(size_t rows);

/* Checks of data from outside; every row is looked at before anything changes. */
static inline glia_status glia__check_rows(const glia__network *network, size_t rows)
{
    return rows != 0 && rows <= network->most_rows ? GLIA_OK : glia__fail_rows(rows);
}
glia_status glia__check_wanted(const glia__network *network, const glia__wanted *wanted, size_t rows);
glia_status glia__check_finite_inputs(const glia__network *network, const glia_samples *samples);
glia_status glia__check_row_weights(const real *row_weights, size_t rows);
glia_status glia__check_samples(const glia__network *network, const glia_samples *samples, const char *what);
/* The results of a call, `count` numbers or NULL, lie in none of the arrays of the samples. */
glia_status glia__check_results_apart(const glia__network *network, const glia_samples *samples, const double *results,
                                      size_t count);
glia_status glia__fail_overlap(void);
static inline glia_status glia__check_apart(const void *a, size_t a_width, const void *b, size_t b_width, size_t rows)
{
    bool overlaps = glia__memory_overlaps(a, rows * a_width * sizeof(real), b, rows * b_width * sizeof(real));
    return overlaps ? glia__fail_overlap() : GLIA_OK;
}

#endif
