/* SPDX-License-Identifier: MIT */
/* What the outputs of a network mean. */
#include "outputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format_text.h"
#include "report.h"

bool tool_last_layer_says(const glia_net *net, const char *word)
{
    const char *architecture = glia_net_architecture(net);
    const char *comma = strrchr(architecture, ',');
    const char *at = comma != NULL ? comma + 1 : architecture;
    while (*at != '\0') {
        at += strspn(at, " \n");
        size_t length = strcspn(at, " \n");
        if (length == strlen(word) && strncmp(at, word, length) == 0)
            return true;
        at += length;
    }
    return false;
}

/* A network saved without names of classes: they are numbered where its last layer tells that there are any. */
static void number_classes(tool_outputs *outputs, bool is_step)
{
    if (outputs->size == 1 && (outputs->are_probabilities || is_step))
        outputs->class_count = 2;
    else if (outputs->are_probabilities)
        outputs->class_count = outputs->size;
    outputs->class_names = tool_allocate(outputs->class_count, sizeof *outputs->class_names);
    for (size_t i = 0; i < outputs->class_count; i++)
        outputs->class_names[i] = tool_format("%zu", i);
}

static bool read_names(tool_outputs *outputs, const char *classes)
{
    json_t *names = json_loads(classes, 0, NULL);
    outputs->class_count = json_array_size(names);
    outputs->class_names = tool_allocate(outputs->class_count, sizeof *outputs->class_names);
    bool are_texts = json_is_array(names);
    for (size_t i = 0; i < outputs->class_count; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        are_texts = are_texts && name != NULL;
        outputs->class_names[i] = tool_format("%s", name != NULL ? name : "");
    }
    json_decref(names);
    size_t wanted = outputs->size == 1 ? 2 : outputs->size;
    return are_texts && outputs->class_count == wanted;
}

int tool_outputs_read(tool_outputs *outputs, const glia_net *net, const char *path)
{
    size_t size = glia_net_output_size(net);
    bool is_one_sigmoid = size == 1 && tool_last_layer_says(net, "sigmoid");
    *outputs = (tool_outputs){
        .size = size,
        .is_symmetric = tool_last_layer_says(net, "tanh"),
        .are_probabilities = is_one_sigmoid || tool_last_layer_says(net, "softmax"),
    };
    const char *classes = glia_net_metadata(net, "classes");
    if (classes != NULL && !read_names(outputs, classes)) {
        tool_outputs_free(outputs);
        return tool_fail("%s: its metadata 'classes' is no JSON array of names, one for each class", path);
    }
    if (classes == NULL && glia_net_metadata(net, "target") == NULL)
        number_classes(outputs, tool_last_layer_says(net, "step"));
    return TOOL_GO_ON;
}

void tool_outputs_free(tool_outputs *outputs)
{
    for (size_t i = 0; i < outputs->class_count; i++)
        free(outputs->class_names[i]);
    free(outputs->class_names);
    *outputs = (tool_outputs){0};
}

float tool_outputs_score(const tool_outputs *outputs, const float *row, size_t class_index)
{
    bool is_single = outputs->size == 1;
    float output = is_single ? row[0] : row[class_index];
    float score = outputs->is_symmetric ? (1 + output) / 2 : output;
    return is_single && class_index == 0 ? 1 - score : score;
}

size_t tool_outputs_class(const tool_outputs *outputs, const float *row)
{
    if (outputs->size == 1)
        return tool_outputs_score(outputs, row, 1) >= 0.5F;
    size_t best = 0;
    for (size_t i = 1; i < outputs->size; i++)
        if (row[i] > row[best])
            best = i;
    return best;
}

/* Whether all outputs are finite; the message tells the first row whose are not. */
static bool are_finite(const tool_outputs *outputs, const float *values, size_t rows, const char *path)
{
    for (size_t i = 0; i < rows * outputs->size; i++) {
        if (isfinite(values[i]))
            continue;
        tool_fail("%s: row %zu gives an answer that is not finite; its inputs may be far larger than those trained on",
                  path, i / outputs->size + 1);
        return false;
    }
    return true;
}

float *tool_outputs_predict(const tool_outputs *outputs, const glia_net *net, const float *inputs, size_t rows,
                            const char *path)
{
    float *values = tool_allocate(rows, outputs->size * sizeof *values);
    bool is_done = glia_net_predict(net, inputs, rows, values) == GLIA_OK;
    if (!is_done)
        tool_fail_library(path);
    if (is_done && are_finite(outputs, values, rows, path))
        return values;
    free(values);
    return NULL;
}
