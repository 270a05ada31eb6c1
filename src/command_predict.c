/* SPDX-License-Identifier: MIT */
/* glia predict: write what a network answers to data, as CSV. */
#include <stdlib.h>

#include <glia/io.h>

#include "arguments.h"
#include "command.h"
#include "data_source.h"
#include "format_text.h"
#include "output_file.h"
#include "outputs.h"
#include "report.h"

/* The command line. */
typedef struct prediction {
    const char *model;
    tool_source source;
    char *output;
} prediction;

static void write_header(FILE *stream, const tool_outputs *outputs, const char *target)
{
    const char *prefix = outputs->are_probabilities ? "p" : "score";
    tool_write_field(stream, target != NULL ? target : outputs->class_count > 0 ? "class" : "output");
    for (size_t i = 0; i < outputs->class_count; i++) {
        char *name = tool_format("%s_%s", prefix, outputs->class_names[i]);
        fputc(',', stream);
        tool_write_field(stream, name);
        free(name);
    }
    for (size_t i = 1; outputs->class_count == 0 && i < outputs->size; i++)
        fprintf(stream, ",output_%zu", i + 1);
    fputc('\n', stream);
}

/* The class and what speaks for each, or the plain numbers. */
static void write_row(FILE *stream, const tool_outputs *outputs, const float *row)
{
    char number[TOOL_NUMBER_BYTES];
    if (outputs->class_count > 0)
        tool_write_field(stream, outputs->class_names[tool_outputs_class(outputs, row)]);
    else
        fputs(tool_float_text(number, row[0]), stream);
    for (size_t i = 0; i < outputs->class_count; i++)
        fprintf(stream, ",%s", tool_float_text(number, tool_outputs_score(outputs, row, i)));
    for (size_t i = 1; outputs->class_count == 0 && i < outputs->size; i++)
        fprintf(stream, ",%s", tool_float_text(number, row[i]));
    fputc('\n', stream);
}

static int write_predictions(const char *path, const tool_outputs *outputs, const char *target, const float *values,
                             size_t rows)
{
    tool_output output;
    tool_output_begin(&output);
    write_header(output.stream, outputs, target);
    for (size_t i = 0; i < rows; i++)
        write_row(output.stream, outputs, values + i * outputs->size);
    return tool_output_finish(&output, path);
}

/* Everything is computed before anything is written, so that a failure leaves no half of an answer. */
static int predict_data(const glia_net *net, glia_data *data, const void *context)
{
    const prediction *request = context;
    glia_samples samples = {.struct_size = sizeof samples};
    if (glia_data_samples(data, &samples) != GLIA_OK)
        return tool_fail_library(request->source.path);
    tool_outputs outputs;
    int outcome = tool_outputs_read(&outputs, net, request->model);
    if (outcome != TOOL_GO_ON)
        return outcome;
    float *values = tool_outputs_predict(&outputs, net, samples.inputs, samples.rows, request->source.path);
    outcome = TOOL_FAILED;
    if (values != NULL)
        outcome = write_predictions(request->output, &outputs, glia_net_metadata(net, "target"), values, samples.rows);
    free(values);
    tool_outputs_free(&outputs);
    return outcome;
}

static int predict(const void *context)
{
    const prediction *request = context;
    int outcome = tool_output_check(request->output, request->model);
    if (outcome == TOOL_GO_ON)
        outcome = tool_output_check(request->output, request->source.path);
    if (outcome == TOOL_GO_ON)
        outcome = tool_model_apply(request->model, &request->source, predict_data, request);
    return outcome;
}

static int run(int argc, const char **argv)
{
    prediction request = {0};
    const tool_option options[] = {
        tool_text("output", 'o', "FILE", "the CSV file (standard output)", &request.output),
        TOOL_SOURCE_OPTIONS(request.source),
    };
    const tool_arguments arguments = {
        .usage = "MODEL DATA [OPTION...]",
        .about = "Write what a network answers to each row of DATA, CSV or IDX: the class and the probability\n"
                 "of every class, or the numbers that it has learnt to predict.",
        .notes = TOOL_SOURCE_NOTE,
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .words = {&request.model, &request.source.path},
    };
    return tool_arguments_run(&arguments, argc, argv, predict, &request);
}

const tool_command tool_command_predict = {
    .name = "predict",
    .summary = "write what a network answers to data, as CSV",
    .run = run,
};
