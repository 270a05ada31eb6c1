/* SPDX-License-Identifier: MIT */
/* glia's predictions, in nanoseconds a row: one row a call, where calls are independent and where each needs the output
 * of the last, and 256 rows a call. */
#include <string.h>

#include "bench.h"
#include "measured_net.h"

enum {
    TURNS = 8, /* rows that independent calls take by turns */
    ROWS = 256
};

typedef struct predictions {
    glia_net *net;
    size_t inputs, outputs, turn;
    real *x, *y; /* [ROWS][inputs], [ROWS][outputs] */
} predictions;

static void predict_next(void *context)
{
    predictions *work = context;
    check(glia_net_predict(work->net, work->x + work->turn * work->inputs, 1, work->y));
    work->turn = (work->turn + 1) % TURNS;
}

static void predict_from_last(void *context)
{
    predictions *work = context;
    check(glia_net_predict(work->net, work->x, 1, work->y));
    memcpy(work->x, work->y, work->outputs * sizeof *work->x);
}

static void predict_many(void *context)
{
    predictions *work = context;
    check(glia_net_predict(work->net, work->x, ROWS, work->y));
}

static void measure(char *const *settings, const char *name, const char *architecture)
{
    predictions work = {.net = measured_net(settings, architecture)};
    work.inputs = glia_net_input_size(work.net);
    work.outputs = glia_net_output_size(work.net);
    work.x = measured_values(ROWS * work.inputs, 1);
    work.y = measured_values(ROWS * work.outputs, 1);
    bench_report_time(1e9, bench_call_time(predict_next, &work), "%s by 1", name);
    bench_report_time(1e9 / ROWS, bench_call_time(predict_many, &work), "%s by 256", name);
    bench_report_time(1e9, bench_call_time(predict_from_last, &work), "%s chained", name);
    glia_net_destroy(work.net);
}

int main(int argc, char **argv)
{
    (void)argc;
    measure(argv, "2-3-2", "input 2, dense 3 relu, dense 2 softmax");
    measure(argv, "64-64-10", "input 64, dense 64 relu, dense 10 softmax");
    measure(argv, "784-128-10", "input 784, dense 128 relu, dense 10 softmax");
    return 0;
}
