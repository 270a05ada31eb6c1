/* SPDX-License-Identifier: MIT */
/* What `glia train` tells while it trains and afterwards, and how Ctrl-C ends it in good order. */
#ifndef GLIA_SRC_TRAINING_REPORT_H
#define GLIA_SRC_TRAINING_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include <glia/io.h>

typedef struct tool_training_report {
    const glia_net *net; /* being trained */
    uint64_t epochs;     /* to go through */
    uint64_t every;      /* epochs between two lines */
    bool is_quiet;
} tool_training_report;

/* Tell what is trained on how many rows; `validation` may be NULL. */
void tool_training_tell_begin(const tool_training_report *report, const glia_data *training,
                              const glia_data *validation);

/* A progress function for glia_net_fit(), whose `user` is a ::tool_training_report. Stops the fit after Ctrl-C. */
int32_t tool_training_progress(void *user, const glia_progress *progress);

/* Let Ctrl-C stop the training from here on, a second one the tool; and have it back as it was. */
void tool_training_catch_interrupt(void);
void tool_training_release_interrupt(void);

/* Tell why the fit ended before its last epoch and which epoch's weights the network has, if either is to be told. */
void tool_training_tell_end(const tool_training_report *report, glia_status status);

/* Write what the fit recorded as CSV, an epoch a line. TOOL_DONE, or TOOL_FAILED after a message. */
int tool_training_write_log(const glia_net *net, const char *path);

#endif
