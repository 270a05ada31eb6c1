/* SPDX-License-Identifier: MIT */
/* glia train: train a network on data and save it. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glia/io.h>

#include "arguments.h"
#include "command.h"
#include "data_source.h"
#include "format_text.h"
#include "output_file.h"
#include "report.h"
#include "training_net.h"
#include "training_report.h"

#define EPOCHS      20 /* where none are given */
#define REPORTS     20 /* about so many lines where --report-every is not given */
#define THREADS_MAX 1024
#define COUNT_MAX   1000000000 /* of epochs and the like: what fits any integer */

/* The command line. */
typedef struct training_request {
    tool_source source;
    char *net, *loss, *optimizer;
    char *output, *log;
    char *validation; /* a fraction of the rows, or a file */
    char *validation_labels;
    char *batch;
    uint64_t epochs, patience, report_every, seed, threads; /* patience and report_every 0: not given */
    bool standardize, is_quiet;
} training_request;

/* The rows to learn from and, if wanted, those to validate with. */
typedef struct training_data {
    glia_data *training, *validation;
} training_data;

static int check_batch(const training_request *request)
{
    uint64_t size;
    if (request->batch == NULL || strcmp(request->batch, "all") == 0)
        return TOOL_GO_ON;
    if (!tool_parse_count(&size, request->batch) || size < 1 || size > COUNT_MAX)
        return tool_misuse("--batch: '%s' is neither a whole number from 1 nor all", request->batch);
    return TOOL_GO_ON;
}

/* What can be known to be wrong before any work is done; a training that cannot be saved would be work lost. */
static int check_request(const training_request *request)
{
    if (request->net == NULL)
        return tool_misuse("give the layers with --net, as in --net \"dense 16 relu, dense softmax\"");
    if (request->output == NULL)
        return tool_misuse("say where to save the network with -o, as in -o model.glia");
    if (request->validation_labels != NULL && request->validation == NULL)
        return tool_misuse("--validation-labels belong to images that --validation names");
    int outcome = check_batch(request);
    if (outcome == TOOL_GO_ON)
        outcome = tool_source_require_target(&request->source);
    if (outcome == TOOL_GO_ON)
        outcome = tool_output_check_model(request->output, request->source.path);
    if (outcome == TOOL_GO_ON)
        outcome = tool_output_check(request->log, request->source.path);
    return outcome;
}

/* Set a fraction of the rows aside, drawn by the seed. */
static int split_rows(training_data *data, double fraction, const training_request *request)
{
    glia_data *all = data->training;
    glia_data *training = NULL;
    glia_status status = glia_data_shuffle(all, request->seed);
    if (status == GLIA_OK)
        status = glia_data_split(&training, &data->validation, all, fraction);
    if (status == GLIA_ERR_ARGUMENT)
        return tool_misuse("--validation: a fraction is above 0 and below 1, unlike %s", request->validation);
    if (status != GLIA_OK)
        return tool_fail_library(request->source.path);
    glia_data_destroy(all);
    data->training = training;
    return TOOL_GO_ON;
}

static int read_validation(training_data *data, const training_request *request)
{
    char *end = NULL;
    double fraction = strtod(request->validation, &end);
    if (end != request->validation && *end == '\0')
        return split_rows(data, fraction, request);
    if (access(request->validation, F_OK) != 0)
        return tool_fail("--validation: '%s' is neither a fraction, as 0.2, nor a file: %s", request->validation,
                         strerror(errno));
    if (request->source.labels != NULL && request->validation_labels == NULL)
        return tool_misuse("--validation: give the labels of %s with --validation-labels", request->validation);
    tool_source source = request->source;
    source.path = request->validation;
    source.labels = request->validation_labels;
    tool_schema schema = tool_schema_of_data(data->training, request->source.path);
    return tool_source_read(&data->validation, &source, &schema);
}

static int read_rows(training_data *data, const training_request *request)
{
    int outcome = tool_source_read(&data->training, &request->source, NULL);
    if (outcome == TOOL_GO_ON && request->validation != NULL)
        outcome = read_validation(data, request);
    return outcome;
}

static int create_net(glia_net **net, const training_data *data, const training_request *request)
{
    tool_net_plan plan = {
        .architecture = request->net,
        .loss = request->loss,
        .optimizer = request->optimizer,
        .seed = request->seed,
        .threads = request->threads,
        .standardizes = request->standardize,
    };
    return tool_net_create(net, &plan, data->training, request->source.path);
}

/* The options text of glia_net_fit(); free() it. */
static char *fit_options(const training_request *request)
{
    const char *batch = request->batch != NULL ? request->batch : "32";
    if (request->patience == 0)
        return tool_format("epochs=%" PRIu64 " batch=%s", request->epochs, batch);
    return tool_format("epochs=%" PRIu64 " batch=%s patience=%" PRIu64, request->epochs, batch, request->patience);
}

static int fit(glia_net *net, const training_data *data, const training_request *request)
{
    glia_samples training, validation;
    int outcome = tool_source_samples(&training, data->training, &request->source, NULL);
    if (outcome == TOOL_GO_ON && data->validation != NULL)
        outcome = tool_source_samples(&validation, data->validation, &request->source, NULL);
    if (outcome != TOOL_GO_ON)
        return outcome;

    uint64_t some = request->epochs > REPORTS ? request->epochs / REPORTS : 1;
    tool_training_report report = {
        .net = net,
        .epochs = request->epochs,
        .every = request->report_every > 0 ? request->report_every : some,
        .is_quiet = request->is_quiet,
    };
    char *options = fit_options(request);
    tool_training_catch_interrupt();
    tool_training_tell_begin(&report, data->training, data->validation);
    glia_status status = glia_net_fit(net, &training, data->validation != NULL ? &validation : NULL, options,
                                      tool_training_progress, &report);
    tool_training_release_interrupt();
    free(options);
    if (status == GLIA_ERR_DIVERGED)
        return tool_fail("%s, and so may --standardize; nothing is saved", glia_error_message());
    if (status != GLIA_OK && status != GLIA_STOPPED)
        return tool_fail("%s", glia_error_message());
    tool_training_tell_end(&report, status);
    return TOOL_GO_ON;
}

static int save(const glia_net *net, const training_request *request)
{
    if (glia_net_save(net, request->output) != GLIA_OK)
        return tool_fail("%s", glia_error_message());
    if (!request->is_quiet)
        fprintf(stderr, "%s: saved\n", request->output);
    return request->log != NULL ? tool_training_write_log(net, request->log) : TOOL_DONE;
}

static int train(const void *context)
{
    const training_request *request = context;
    training_data data = {0};
    glia_net *net = NULL;
    int outcome = check_request(request);
    if (outcome == TOOL_GO_ON)
        outcome = read_rows(&data, request);
    if (outcome == TOOL_GO_ON)
        outcome = create_net(&net, &data, request);
    if (outcome == TOOL_GO_ON)
        outcome = fit(net, &data, request);
    if (outcome == TOOL_GO_ON)
        outcome = save(net, request);
    glia_net_destroy(net);
    glia_data_destroy(data.validation);
    glia_data_destroy(data.training);
    return outcome;
}

static const char about[] = "Train a network on a CSV file, a column of which it learns to predict (--target), or on\n"
                            "IDX images (--labels); both may be compressed with gzip. Ctrl-C ends the training after\n"
                            "the batch at hand and saves what has been learnt.";

static const char notes[] =
    "Layers: dense UNITS [ACTIVATION], dropout RATE, standardize; the widths of the input and of\n"
    "the last layer may be left out, as the data tells them.\n"
    "Activations: identity step sigmoid tanh relu leaky_relu softmax.\n"
    "Losses: mse cross_entropy binary_cross_entropy perceptron; l1= l2= reduction=mean|sum.\n"
    "Optimizers: sgd [momentum= nesterov=], adam, adamw [weight_decay=]; learning_rate=.\n\n"
    "Examples:\n"
    "  glia train moons.csv --target class --net \"dense 16 relu, dense softmax\" -o moons.glia\n"
    "  glia train images.gz --labels labels.gz --net \"dense 128 relu, dense softmax\" \\\n"
    "    --batch 128 --epochs 10 -o clothes.glia";

static int run(int argc, const char **argv)
{
    training_request request = {.epochs = EPOCHS, .threads = 1};
    const tool_option options[] = {
        tool_text("net", 0, "LAYERS", "the layers (see below)", &request.net),
        tool_text("output", 'o', "FILE", "where to save the network", &request.output),
        TOOL_SOURCE_OPTIONS(request.source),
        tool_flag("standardize", 0, "give every input mean 0, deviation 1", &request.standardize),
        tool_text("loss", 0, "TEXT", "the loss (as fits the last layer)", &request.loss),
        tool_text("optimizer", 0, "TEXT", "the optimizer (adam learning_rate=0.001)", &request.optimizer),
        tool_count("epochs", "times to go through the data (20)", &request.epochs, 1, COUNT_MAX),
        tool_text("batch", 0, "N|all", "rows a step (32)", &request.batch),
        tool_text("validation", 0, "FRACTION|FILE", "rows to choose the best weights by", &request.validation),
        tool_text("validation-labels", 0, "FILE", "labels of such rows, where IDX", &request.validation_labels),
        tool_count("patience", "stop after N epochs that are no better", &request.patience, 1, COUNT_MAX),
        tool_count("seed", "same seed, same network (0)", &request.seed, 0, UINT64_MAX),
        tool_count("threads", "threads for large work (1)", &request.threads, 1, THREADS_MAX),
        tool_count("report-every", "epochs a report (about 20 reports)", &request.report_every, 1, COUNT_MAX),
        tool_text("log", 0, "FILE", "CSV of every epoch's loss and accuracy", &request.log),
        tool_flag("quiet", 'q', "print errors only", &request.is_quiet),
    };
    const tool_arguments arguments = {
        .usage = "DATA --net LAYERS -o MODEL [OPTION...]",
        .about = about,
        .notes = notes,
        .options = options,
        .option_count = sizeof options / sizeof *options,
        .words = {&request.source.path},
    };
    return tool_arguments_run(&arguments, argc, argv, train, &request);
}

const tool_command tool_command_train = {
    .name = "train",
    .summary = "train a network on data and save it",
    .run = run,
};
