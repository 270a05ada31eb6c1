/* SPDX-License-Identifier: MIT */
/* What `glia train` tells. */
#include "training_report.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "format_text.h"
#include "output_file.h"
#include "report.h"

/* The columns of the log after the epoch, and the words of a report. */
static const struct {
    const char *metric; /* as glia_net_history() knows it */
    const char *words;
} records[] = {
    {"loss", "loss"},
    {"accuracy", "accuracy"},
    {"validation_loss", "validation loss"},
    {"validation_accuracy", "validation accuracy"},
};
static const size_t record_count = sizeof records / sizeof *records;

static volatile sig_atomic_t is_interrupted;
static struct sigaction action_before;

static void note_interrupt(int signal)
{
    (void)signal;
    is_interrupted = 1;
}

void tool_training_catch_interrupt(void)
{
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, NULL, &action_before);
    if (action_before.sa_handler != SIG_IGN) /* as in a job that the shell runs in the background */
        sigaction(SIGINT, &action, NULL);
}

void tool_training_release_interrupt(void)
{
    sigaction(SIGINT, &action_before, NULL);
}

void tool_training_tell_begin(const tool_training_report *report, const glia_data *training,
                              const glia_data *validation)
{
    if (report->is_quiet)
        return;
    fprintf(stderr, "%s\n%zu rows", glia_net_architecture(report->net), glia_data_rows(training));
    if (glia_data_class_count(training) > 0)
        fprintf(stderr, " of %zu classes", glia_data_class_count(training));
    fputs(" to learn from", stderr);
    if (validation != NULL)
        fprintf(stderr, ", %zu to validate with", glia_data_rows(validation));
    fputc('\n', stderr);
}

/* "epoch  1000/20000  loss 13.7894  accuracy 0.985000" */
static void tell_epoch(const tool_training_report *report, size_t epoch)
{
    int width = snprintf(NULL, 0, "%llu", (unsigned long long)report->epochs);
    fprintf(stderr, "epoch %*zu/%llu", width, epoch, (unsigned long long)report->epochs);
    for (size_t i = 0; i < record_count; i++) {
        size_t count = 0;
        const double *values = glia_net_history(report->net, records[i].metric, &count);
        if (values != NULL && count >= epoch)
            fprintf(stderr, "  %s %#.6g", records[i].words, values[epoch - 1]);
    }
    fputc('\n', stderr);
}

int32_t tool_training_progress(void *user, const glia_progress *progress)
{
    const tool_training_report *report = user;
    bool is_due = progress->epoch % report->every == 0 || progress->epoch == report->epochs;
    if (progress->is_epoch_end && is_due && !report->is_quiet)
        tell_epoch(report, progress->epoch);
    return is_interrupted;
}

/* The epoch, from 1, whose validation loss was lowest; 0 without validation. */
static size_t best_epoch(const glia_net *net)
{
    size_t count = 0, best = 0;
    const double *losses = glia_net_history(net, "validation_loss", &count);
    for (size_t i = 1; i < count; i++)
        if (losses[i] < losses[best])
            best = i;
    return count > 0 ? best + 1 : 0;
}

void tool_training_tell_end(const tool_training_report *report, glia_status status)
{
    if (report->is_quiet)
        return;
    size_t epochs = 0;
    glia_net_history(report->net, "loss", &epochs);
    if (status == GLIA_STOPPED)
        fprintf(stderr, "interrupted after %zu epochs: saving what has been learnt\n", epochs);
    else if (epochs < report->epochs)
        fprintf(stderr, "stopped after %zu epochs, since the loss improves no more\n", epochs);
    size_t best = best_epoch(report->net);
    if (best > 0)
        fprintf(stderr, "the weights are those of epoch %zu, whose validation loss is lowest\n", best);
}

int tool_training_write_log(const glia_net *net, const char *path)
{
    tool_output output;
    tool_output_begin(&output);
    char text[TOOL_NUMBER_BYTES];
    const double *columns[sizeof records / sizeof *records];
    size_t count = 0;
    fputs("epoch", output.stream);
    for (size_t i = 0; i < record_count; i++) {
        columns[i] = glia_net_history(net, records[i].metric, i == 0 ? &count : NULL);
        if (columns[i] != NULL)
            fprintf(output.stream, ",%s", records[i].metric);
    }
    fputc('\n', output.stream);
    for (size_t epoch = 0; epoch < count; epoch++) {
        fprintf(output.stream, "%zu", epoch + 1);
        for (size_t i = 0; i < record_count; i++)
            if (columns[i] != NULL)
                fprintf(output.stream, ",%s", tool_double_text(text, columns[i][epoch]));
        fputc('\n', output.stream);
    }
    return tool_output_finish(&output, path);
}
