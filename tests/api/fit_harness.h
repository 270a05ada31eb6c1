/* SPDX-License-Identifier: MIT */
/* What the tests of fit share: rows to train on, a network for them, and what progress was told. */
#ifndef GLIA_API_FIT_HARNESS_H
#define GLIA_API_FIT_HARNESS_H

#include "harness.h"

enum {
    FIT_ROWS = 100,
    FIT_MOST_EVENTS = 400
};

/* Two inputs, whose sum decides on the class, and weights between 0 and 2; fit_fill_rows() is CMocka's setup. */
extern real fit_inputs[FIT_ROWS * 2], fit_row_weights[FIT_ROWS];
extern int32_t fit_classes[FIT_ROWS];
int fit_fill_rows(void **state);

/* All rows with their classes, and without weights. */
glia_samples fit_rows(void);

/* A network with dropout, a penalty and adam, so that every counter matters. */
glia_net *fit_net(void);

/* Fit all rows without validation; this cannot fail. */
void fit_all_rows(glia_net *net, const char *options);

void fit_assert_same_parameters(glia_net *net, glia_net *expected);

/* A number of a record that has this many. */
double fit_history_at(const glia_net *net, const char *metric, size_t index, size_t expected_count);

/* Everything that progress was told. */
typedef struct fit_events {
    glia_progress at[FIT_MOST_EVENTS];
    size_t count;
    size_t stop_at; /* the number of the event that stops the fit, counting from 1 */
} fit_events;

/* A progress function that records; its user is a fit_events. */
int32_t fit_record(void *user, const glia_progress *progress);

#endif
