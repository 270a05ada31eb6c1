/* SPDX-License-Identifier: MIT */
/* What the outputs of a network mean: classes with their names, or plain numbers. */
#ifndef GLIA_SRC_OUTPUTS_H
#define GLIA_SRC_OUTPUTS_H

#include <jansson.h>
#include <stdbool.h>

#include <glia/glia.h>

typedef struct tool_outputs {
    size_t size;            /* outputs in a row */
    size_t class_count;     /* 0: the outputs are plain numbers */
    char **class_names;     /* [class_count] */
    bool is_symmetric;      /* from -1 to 1, as tanh gives them, rather than from 0 to 1 */
    bool are_probabilities; /* of one class or another: they sum to 1 */
} tool_outputs;

/* Whether a network's last layer has a word among its own, as "softmax". */
bool tool_last_layer_says(const glia_net *net, const char *word);

/* Learn it from the network's metadata and last layer. TOOL_GO_ON, or the exit status after a message about `path`. */
int tool_outputs_read(tool_outputs *outputs, const glia_net *net, const char *path);

void tool_outputs_free(tool_outputs *outputs);

/* How much a row of outputs speaks for a class; from 0 to 1 where the last layer bounds it. */
float tool_outputs_score(const tool_outputs *outputs, const float *row, size_t class_index);

/* The class that a row of outputs speaks for most, the lowest of equals. */
size_t tool_outputs_class(const tool_outputs *outputs, const float *row);

/*
 * Predict rows of the data in the file `path`, as [rows][size]; free() it. NULL after a message if there is no memory
 * or an output is not finite.
 */
float *tool_outputs_predict(const tool_outputs *outputs, const glia_net *net, const float *inputs, size_t rows,
                            const char *path);

#endif
