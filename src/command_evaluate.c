/* SPDX-License-Identifier: MIT */
/* glia evaluate: measure a network on data whose answers are known. */
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include <glia/io.h>

#include "arguments.h"
#include "command.h"
#include "data_source.h"
#include "report.h"

#define JSON_DIGITS 15 /* what every double has for certain: with 17, 0.98 would be 0.97999999999999998 */

/* The command line. */
typedef struct evaluation {
    const char *model;
    tool_source source;
    bool as_json;
} evaluation;

/* What is measured; in classification there is an accuracy, in regression there are errors. */
typedef struct measures {
    size_t rows;
    bool has_accuracy;
    double loss, accuracy, mse, mae;
} measures;

static int measure(measures *found, const glia_net *net, const glia_samples *samples, const char *path)
{
    *found = (measures){.rows = samples->rows, .has_accuracy = samples->classes != NULL, .accuracy = NAN};
    double values[3];
    const char *metrics = found->has_accuracy ? "loss, accuracy" : "loss, mse, mae";
    if (glia_net_evaluate(net, samples, metrics, values) != GLIA_OK)
        return tool_fail_library(path);
    found->loss = values[0];
    if (found->has_accuracy) {
        found->accuracy = values[1];
    } else {
        found->mse = values[1];
        found->mae = values[2];
    }
    return TOOL_GO_ON;
}

static int print_table(const measures *found)
{
    printf("rows      %zu\n", found->rows);
    printf("loss      %.6g\n", found->loss);
    if (found->has_accuracy)
        printf("accuracy  %.2f %%\n", 100 * found->accuracy);
    else
        printf("mse       %.6g\nmae       %.6g\n", found->mse, found->mae);
    return TOOL_DONE;
}

/* JSON has no word for a number that is not finite. */
static json_t *number_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static int print_json(const measures *found)
{
    json_t *object = json_object();
    int failed = json_object_set_new(object, "loss", number_or_null(found->loss));
    failed |= json_object_set_new(object, "accuracy", number_or_null(found->accuracy));
    failed |= json_object_set_new(object, "rows", json_integer((json_int_t)found->rows));
    if (!found->has_accuracy) {
        failed |= json_object_set_new(object, "mse", number_or_null(found->mse));
        failed |= json_object_set_new(object, "mae", number_or_null(found->mae));
    }
    if (failed == 0)
        failed = json_dumpf(object, stdout, JSON_REAL_PRECISION(JSON_DIGITS));
    json_decref(object);
    if (failed != 0)
        return tool_fail("standard output: cannot write the measures as JSON");
    putchar('\n');
    return TOOL_DONE;
}

static int evaluate_data(const glia_net *net, glia_data *data, const void *context)
{
    const evaluation *request = context;
    glia_samples samples;
    measures found;
    int outcome = tool_source_samples(&samples, data, &request->source, glia_net_metadata(net, "target"));
    if (outcome == TOOL_GO_ON)
        outcome = measure(&found, net, &samples, request->source.path);
    if (outcome == TOOL_GO_ON)
        outcome = request->as_json ? print_json(&found) : print_table(&found);
    return outcome;
}

static int evaluate(const void *context)
{
    const evaluation *request = context;
    return tool_model_apply(request->model, &request->source, evaluate_data, request);
}

static int run(int argc, const char **argv)
{
    evaluation request = {0};
    const tool_option options[] = {
        tool_flag("json", 0, "print one JSON object: loss, accuracy, rows", &request.as_json),
        TOOL_SOURCE_OPTIONS(request.source),
    };
    const tool_arguments arguments = {
        .usage = "MODEL DATA [OPTION...]",
        .about = "Measure a network on data whose answers are known: CSV, or IDX with --labels.",
        .notes = TOOL_SOURCE_NOTE,
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .words = {&request.model, &request.source.path},
    };
    return tool_arguments_run(&arguments, argc, argv, evaluate, &request);
}

const tool_command tool_command_evaluate = {
    .name = "evaluate",
    .summary = "measure a network on data",
    .run = run,
};
