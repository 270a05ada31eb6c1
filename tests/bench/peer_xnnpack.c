/* SPDX-License-Identifier: MIT */
/* Predictions of XNNPACK (Debian: libxnnpack-dev), as glia_predict.c reports them. Settings: job=predict or memory. */
#include <math.h>
#include <string.h>

#include <xnnpack.h>

#include "bench.h"

enum {
    OPERATORS = 3 /* dense with relu, dense, softmax */
};

typedef struct network {
    size_t inputs, hidden, outputs, rows;
    float *x, *hidden_rows, *logits, *y;
    xnn_operator_t operators[OPERATORS];
} network;

static void check(enum xnn_status status)
{
    if (status != xnn_status_success)
        bench_fail("XNNPACK: status %d", (int)status);
}

static network make_network(size_t inputs, size_t hidden, size_t outputs, size_t rows)
{
    network net = {
        .inputs = inputs,
        .hidden = hidden,
        .outputs = outputs,
        .rows = rows,
        .x = bench_values(rows * inputs, 1),
        .hidden_rows = bench_values(rows * hidden, 0),
        .logits = bench_values(rows * outputs, 0),
        .y = bench_values(rows * outputs, 0),
    };
    const float *w1 = bench_values(inputs * hidden, 0.1F), *b1 = bench_values(hidden, 0.1F);
    const float *w2 = bench_values(hidden * outputs, 0.1F), *b2 = bench_values(outputs, 0.1F);
    xnn_operator_t *op = net.operators;
    check(xnn_create_fully_connected_nc_f32(inputs, hidden, inputs, hidden, w1, b1, 0, INFINITY, 0, &op[0]));
    check(xnn_create_fully_connected_nc_f32(hidden, outputs, hidden, outputs, w2, b2, -INFINITY, INFINITY, 0, &op[1]));
    check(xnn_create_softmax_nc_f32(outputs, outputs, outputs, 0, &op[2]));
    check(xnn_setup_fully_connected_nc_f32(op[0], rows, net.x, net.hidden_rows, NULL));
    check(xnn_setup_fully_connected_nc_f32(op[1], rows, net.hidden_rows, net.logits, NULL));
    check(xnn_setup_softmax_nc_f32(op[2], rows, net.logits, net.y, NULL));
    return net;
}

static void predict(void *context)
{
    const network *net = context;
    for (size_t i = 0; i < OPERATORS; i++)
        xnn_run_operator(net->operators[i], NULL);
}

static void predict_from_last(void *context)
{
    const network *net = context;
    predict(context);
    memcpy(net->x, net->y, net->outputs * sizeof *net->x);
}

static void measure(size_t inputs, size_t hidden, size_t outputs)
{
    network one = make_network(inputs, hidden, outputs, 1), many = make_network(inputs, hidden, outputs, 256);
    bench_report_time(1e9, bench_call_time(predict, &one), "%zu-%zu-%zu by 1", inputs, hidden, outputs);
    bench_report_time(1e9 / 256, bench_call_time(predict, &many), "%zu-%zu-%zu by 256", inputs, hidden, outputs);
    bench_report_time(1e9, bench_call_time(predict_from_last, &one), "%zu-%zu-%zu chained", inputs, hidden, outputs);
}

int main(int argc, char **argv)
{
    (void)argc;
    check(xnn_initialize(NULL));
    if (strcmp(bench_word(argv, "job", "predict"), "memory") == 0) {
        network net = make_network(784, 128, 10, 1);
        predict(&net);
        bench_report_memory();
        return 0;
    }
    measure(2, 3, 2);
    measure(64, 64, 10);
    measure(784, 128, 10);
    return 0;
}
