/* SPDX-License-Identifier: MIT */
/*
 * glia on Fashion-MNIST: 784-128-10, relu and softmax, Adam. Rows a second of an epoch, the first left out.
 *
 * Settings: batch=128, epochs=4, gathers=glia or caller: who puts the shuffled rows together.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "measured_net.h"

enum {
    MOST_EPOCHS = 20
};

typedef struct epochs {
    size_t count, batch;
    double begin;                /* of the one under way */
    double seconds[MOST_EPOCHS]; /* of those that have ended */
    size_t ended;
} epochs;

static void end_epoch(epochs *times)
{
    double now = bench_seconds();
    times->seconds[times->ended++] = now - times->begin;
    times->begin = now;
}

static int32_t on_progress(void *user, const glia_progress *progress)
{
    if (progress->is_epoch_end)
        end_epoch(user);
    return 0;
}

static void fit(glia_net *net, const glia_samples *training, epochs *times)
{
    char options[64];
    snprintf(options, sizeof options, "epochs=%zu batch=%zu", times->count, times->batch);
    check(glia_net_fit(net, training, NULL, options, on_progress, times));
}

/* `rows` of the training set, those that `order` names. */
static glia_samples gather(real *inputs, int32_t *classes, const glia_samples *training, size_t width,
                           const size_t *order, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        memcpy(inputs + i * width, training->inputs + order[i] * width, width * sizeof *inputs);
        classes[i] = training->classes[order[i]];
    }
    return (glia_samples){.struct_size = sizeof(glia_samples), .rows = rows, .inputs = inputs, .classes = classes};
}

/* The same by hand. */
static void train(glia_net *net, const glia_samples *training, epochs *times)
{
    size_t width = glia_net_input_size(net), *order = bench_order(training->rows);
    real *inputs = bench_allocate(times->batch * width * sizeof *inputs);
    int32_t *classes = bench_allocate(times->batch * sizeof *classes);
    times->begin = bench_seconds();
    while (times->ended < times->count) {
        bench_shuffle(order, training->rows);
        for (size_t i = 0; i < training->rows; i += times->batch) {
            size_t rows = training->rows - i < times->batch ? training->rows - i : times->batch;
            const glia_samples samples = gather(inputs, classes, training, width, order + i, rows);
            check(glia_net_train(net, &samples, NULL));
        }
        end_epoch(times);
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    epochs times = {.count = bench_number(argv, "epochs", 4), .batch = bench_number(argv, "batch", 128)};
    if (times.count < 2 || times.count > MOST_EPOCHS)
        bench_fail("epochs=%zu: from 2 to %d", times.count, MOST_EPOCHS);
    const glia_samples training = measured_fashion("train");
    glia_net *net = measured_trainee(argv, "input 784, dense 128 relu, dense 10 softmax", "cross_entropy",
                                     "adam learning_rate=0.001");
    times.begin = bench_seconds();
    if (strcmp(bench_word(argv, "gathers", "glia"), "caller") == 0)
        train(net, &training, &times);
    else
        fit(net, &training, &times);
    bench_report_rate((double)training.rows, bench_time_of(times.seconds + 1, times.count - 1), "batch %zu",
                      times.batch);
    glia_net_destroy(net);
    return 0;
}
