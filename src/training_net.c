/* SPDX-License-Identifier: MIT */
/* The network that `glia train` trains. */
#include "training_net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "format_text.h"
#include "outputs.h"
#include "report.h"

/* How wide the output is that the data wants: one for each class or target. */
static size_t wanted_width(const glia_data *data)
{
    size_t class_count = glia_data_class_count(data);
    return class_count > 0 ? class_count : glia_data_target_size(data);
}

/* Two classes also fit one output that says no or yes. */
static bool fits(size_t width, const glia_data *data)
{
    return width == wanted_width(data) || (width == 1 && glia_data_class_count(data) == 2);
}

/* Say what is wrong with --net, what the data in the file `path` is like, and what would fit it. */
static int misuse_net(const char *problem, const glia_data *data, const char *path)
{
    size_t input_size = glia_data_input_size(data), class_count = glia_data_class_count(data);
    char *target = class_count > 0 ? tool_format("%zu classes", class_count) : tool_format("a number to predict");
    int outcome =
        tool_misuse("--net: %s; %s has %zu input%s a row and %s, which \"dense 16 relu, dense%s\" would fit", problem,
                    path, input_size, input_size == 1 ? "" : "s", target, class_count > 0 ? " softmax" : "");
    free(target);
    return outcome;
}

/*
 * Create it with its own last width if the user gives one, else with the width that the data wants: the first try tells
 * which, since no width is known to it.
 */
static int create(glia_net **net, const char *architecture, const tool_net_plan *plan, const glia_data *data,
                  const char *path)
{
    glia_options options = {
        .struct_size = sizeof options,
        .seed = plan->seed,
        .threads = (int32_t)plan->threads,
        .input_size = glia_data_input_size(data),
    };
    glia_status status = glia_net_create_with(net, architecture, &options);
    if (status == GLIA_ERR_SHAPE) {
        options.output_size = wanted_width(data);
        status = glia_net_create_with(net, architecture, &options);
    }
    if (status == GLIA_ERR_SHAPE)
        return misuse_net(glia_error_message(), data, path);
    if (status != GLIA_OK)
        return status == GLIA_ERR_TEXT ? tool_misuse_library("--net") : tool_fail("%s", glia_error_message());
    if (fits(glia_net_output_size(*net), data))
        return TOOL_GO_ON;

    char *problem = tool_format("the last layer has width %zu", glia_net_output_size(*net));
    int outcome = misuse_net(problem, data, path);
    free(problem);
    return outcome;
}

/* Create it again with a standardize layer after the input layer, with which the canonical text always begins. */
static int insert_standardize(glia_net **net, const tool_net_plan *plan, const glia_data *data, const char *path)
{
    const char *canonical = glia_net_architecture(*net);
    size_t input_length = strcspn(canonical, ",");
    char *longer = tool_format("%.*s, standardize%s", (int)input_length, canonical, canonical + input_length);
    glia_net_destroy(*net);
    *net = NULL;
    int outcome = create(net, longer, plan, data, path);
    free(longer);
    return outcome;
}

/* An option whose text the library refuses, or which does not fit the network, is wrong use. */
static int check_option(glia_status status, const char *option)
{
    if (status == GLIA_OK)
        return TOOL_GO_ON;
    return status == GLIA_ERR_TEXT || status == GLIA_ERR_SHAPE ? tool_misuse_library(option)
                                                               : tool_fail("%s", glia_error_message());
}

static int set_choices(glia_net *net, const tool_net_plan *plan)
{
    int outcome = TOOL_GO_ON;
    if (plan->loss != NULL)
        outcome = check_option(glia_net_set_loss(net, plan->loss), "--loss");
    if (outcome == TOOL_GO_ON && plan->optimizer != NULL)
        outcome = check_option(glia_net_set_optimizer(net, plan->optimizer), "--optimizer");
    return outcome;
}

/* The numbers that a last layer gives, where not all. */
static const struct range {
    const char *activation;
    float least, most;
} ranges[] = {{"sigmoid", 0, 1}, {"softmax", 0, 1}, {"step", 0, 1}, {"tanh", -1, 1}, {"relu", 0, INFINITY}};

/* Targets that the last layer never gives cannot be learnt, and some losses would not show it. */
static int check_targets(const glia_net *net, const glia_data *data, const glia_samples *samples, const char *path)
{
    const struct range *range = ranges, *end = ranges + sizeof ranges / sizeof *ranges;
    while (range < end && !tool_last_layer_says(net, range->activation))
        range++;
    size_t count = samples->rows * glia_data_target_size(data), i = 0;
    while (range < end && i < count && samples->targets[i] >= range->least && samples->targets[i] <= range->most)
        i++;
    if (range == end || i == count)
        return TOOL_GO_ON;
    char *problem =
        tool_format("%s in the last layer never gives %g, a target", range->activation, (double)samples->targets[i]);
    int outcome = misuse_net(problem, data, path);
    free(problem);
    return outcome;
}

/* Let the network keep the names of columns and classes, so that other data can be read like this. */
static glia_status keep_metadata(glia_net *net, const glia_data *data)
{
    const char *key;
    glia_status status = GLIA_OK;
    for (size_t i = 0; status == GLIA_OK && (key = glia_data_metadata_key(data, i)) != NULL; i++)
        status = glia_net_set_metadata(net, key, glia_data_metadata(data, key));
    return status;
}

static int learn_from_data(glia_net *net, glia_data *data, const char *path)
{
    glia_samples samples = {.struct_size = sizeof samples};
    if (glia_data_samples(data, &samples) != GLIA_OK)
        return tool_fail_library(path);
    int outcome = check_targets(net, data, &samples, path);
    if (outcome != TOOL_GO_ON)
        return outcome;
    glia_status status = glia_net_adapt(net, &samples);
    if (status == GLIA_OK)
        status = keep_metadata(net, data);
    return status == GLIA_OK ? TOOL_GO_ON : tool_fail_library(path);
}

int tool_net_create(glia_net **net, const tool_net_plan *plan, glia_data *data, const char *path)
{
    if (glia_data_class_count(data) == 1)
        return tool_fail("%s: every row has the class '%s'; it takes two to tell apart", path,
                         glia_data_class_name(data, 0));
    glia_net *created = NULL;
    int outcome = create(&created, plan->architecture, plan, data, path);
    if (outcome == TOOL_GO_ON && plan->standardizes)
        outcome = insert_standardize(&created, plan, data, path);
    if (outcome == TOOL_GO_ON)
        outcome = set_choices(created, plan);
    if (outcome == TOOL_GO_ON)
        outcome = learn_from_data(created, data, path);
    if (outcome == TOOL_GO_ON)
        *net = created;
    else
        glia_net_destroy(created);
    return outcome;
}
