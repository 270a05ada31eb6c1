/* SPDX-License-Identifier: MIT */
/* The network that `glia train` trains: from the words of the command line, with the widths that the data wants. */
#ifndef GLIA_SRC_TRAINING_NET_H
#define GLIA_SRC_TRAINING_NET_H

#include <stdbool.h>
#include <stdint.h>

#include <glia/io.h>

/* What the command line says about the network; the texts are lent, and NULL has the library's default. */
typedef struct tool_net_plan {
    const char *architecture; /* input layer and last width may be missing */
    const char *loss;
    const char *optimizer;
    uint64_t seed;
    uint64_t threads;
    bool standardizes; /* a standardize layer goes first */
} tool_net_plan;

/*
 * Create the network for data from the file `path`, which has classes or targets. Its standardize layers have learnt
 * from these rows, its metadata tells what the data was. TOOL_GO_ON, or the exit status after a message.
 */
int tool_net_create(glia_net **net, const tool_net_plan *plan, glia_data *data, const char *path);

#endif
