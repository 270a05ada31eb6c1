/* SPDX-License-Identifier: MIT */
/* What glia does for the first time, in microseconds: a prediction with weights that are in no cache, and a network
 * made and trained for one step. */
#include <string.h>

#include "bench.h"
#include "measured_net.h"

enum {
    COPIES = 256, /* of a network of 407 KB by turns: more than the caches hold */
    ROWS = 128
};

typedef struct copies {
    glia_net *nets[COPIES];
    size_t turn;
    const real *x;
    real *y;
} copies;

static void predict_cold(void *context)
{
    copies *work = context;
    check(glia_net_predict(work->nets[work->turn], work->x, 1, work->y));
    work->turn = (work->turn + 1) % COPIES;
}

static void measure_cold_weights(char *const *settings)
{
    copies work = {.x = measured_values(784, 1), .y = measured_values(10, 1)};
    work.nets[0] = measured_net(settings, "input 784, dense 128 relu, dense 10 softmax");
    for (size_t i = 1; i < COPIES; i++)
        check(glia_net_copy(&work.nets[i], work.nets[0]));
    bench_report_time(1e6, bench_call_time(predict_cold, &work), "784-128-10 cold weights");
    for (size_t i = 0; i < COPIES; i++)
        glia_net_destroy(work.nets[i]);
}

typedef struct start {
    char *const *settings;
    const char *architecture;
    glia_samples samples;
} start;

static void create_and_step(void *context)
{
    const start *work = context;
    glia_net *net = measured_net(work->settings, work->architecture);
    check(glia_net_train(net, &work->samples, NULL));
    glia_net_destroy(net);
}

static void measure_start(char *const *settings, const char *name, const char *architecture, size_t inputs,
                          size_t outputs)
{
    start work = {settings, architecture, {.struct_size = sizeof(glia_samples), .rows = ROWS}};
    work.samples.inputs = measured_values(ROWS * inputs, 1);
    work.samples.classes = measured_classes(ROWS, outputs);
    bench_report_time(1e6, bench_call_time(create_and_step, &work), "%s create and first step", name);
}

int main(int argc, char **argv)
{
    (void)argc;
    measure_cold_weights(argv);
    measure_start(argv, "2-3-2", "input 2, dense 3 tanh, dense 2 softmax", 2, 2);
    measure_start(argv, "784-128-10", "input 784, dense 128 relu, dense 10 softmax", 784, 10);
    return 0;
}
