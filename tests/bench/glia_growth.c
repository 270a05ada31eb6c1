/* SPDX-License-Identifier: MIT */
/*
 * How the cost of training and predicting grows, for pictures: with the width of a network W-W-10 at batches of 128, in
 * thousand million operations of a training step a second, and with the batch of 784-128-10, in rows a second.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "measured_net.h"

enum {
    ROWS = 128,
    OUTPUTS = 10
};

typedef struct training {
    glia_net *net;
    glia_samples batch;
    real *outputs;
} training;

static training make_training(char *const *settings, size_t inputs, size_t hidden, size_t rows)
{
    char architecture[96];
    snprintf(architecture, sizeof architecture, "input %zu, dense %zu relu, dense %d softmax", inputs, hidden, OUTPUTS);
    return (training){
        .net = measured_trainee(settings, architecture, "cross_entropy", "sgd learning_rate=0.001"),
        .batch = {.struct_size = sizeof(glia_samples),
                  .rows = rows,
                  .inputs = measured_values(rows * inputs, 1),
                  .classes = measured_classes(rows, OUTPUTS)},
        .outputs = measured_values(rows * OUTPUTS, 0),
    };
}

static void free_training(training *work)
{
    glia_net_destroy(work->net);
    free((void *)work->batch.inputs);
    free((void *)work->batch.classes);
    free(work->outputs);
}

static void train(void *context)
{
    const training *work = context;
    check(glia_net_train(work->net, &work->batch, NULL));
}

static void predict(void *context)
{
    const training *work = context;
    check(glia_net_predict(work->net, work->batch.inputs, work->batch.rows, work->outputs));
}

/* The first layer needs no gradient of its inputs. */
static void measure_width(char *const *settings, size_t width)
{
    training work = make_training(settings, width, width, ROWS);
    const double operations = 2.0 * ROWS * (double)width * (2.0 * (double)width + 3.0 * OUTPUTS);
    bench_report_rate(1e-9 * operations, bench_call_time(train, &work), "train width %zu", width);
    free_training(&work);
}

static void measure_batch(char *const *settings, size_t rows)
{
    training work = make_training(settings, 784, 128, rows);
    bench_report_rate((double)rows, bench_call_time(train, &work), "train batch %zu", rows);
    bench_report_rate((double)rows, bench_call_time(predict, &work), "predict batch %zu", rows);
    free_training(&work);
}

int main(int argc, char **argv)
{
    (void)argc;
    for (size_t width = 4; width <= 4096; width *= 2)
        measure_width(argv, width);
    for (size_t rows = 1; rows <= 2048; rows *= 2)
        measure_batch(argv, rows);
    return 0;
}
