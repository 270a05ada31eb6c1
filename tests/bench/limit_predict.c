/* SPDX-License-Identifier: MIT */
/*
 * Predictions with every shape a constant, weights [inputs][units], those of the output layer padded to whole vectors.
 * In nanoseconds a row: one row a call, where calls are independent and where each needs the output of the last, and
 * 256 rows a call around the matrix products of a library.
 */
#include <math.h>
#include <string.h>

#include "bench.h"
#include "blas.h"
#include "limit_math.h"

enum {
    PADDED = 16, /* outputs */
    OUTPUT_VECTORS = PADDED / LANES,
    HIDDEN_VECTORS = 4, /* at a time, in twice as many chains of sums */
    TURNS = 8,
    ROWS = 256,
    MOST_HIDDEN = 128
};

typedef struct network {
    int inputs, hidden, outputs, turn;
    float *w1, *b1, *w2, *b2;   /* [inputs][hidden], [hidden], [hidden][PADDED], [PADDED] */
    float *x, *hidden_rows, *y; /* [ROWS][inputs], [ROWS][hidden], [ROWS][PADDED] */
    void (*forward)(struct network *net, const float *x);
} network;

/* y = softmax of the first `outputs` numbers of z; those behind them are 0, and so may the largest be. */
ALWAYS_INLINE void store_softmax(float *y, const lanes z[OUTPUT_VECTORS], int outputs)
{
    lanes e[OUTPUT_VECTORS], most = z[0], sum = all(0);
    for (int v = 1; v < OUTPUT_VECTORS; v++)
        most = larger(most, z[v]);
    const lanes largest = all(largest_of(most));
    for (int v = 0; v < OUTPUT_VECTORS; v++) {
        e[v] = limit_exp(z[v] - largest);
        if (outputs < (v + 1) * LANES)
            e[v] = first_lanes(e[v], outputs - v * LANES);
        sum = sum + e[v];
    }
    const lanes part = all(1 / sum_of(sum));
    for (int v = 0; v < OUTPUT_VECTORS; v++)
        store(y + v * LANES, e[v] * part);
}

/* relu(x W1 + b1) */
ALWAYS_INLINE void forward_hidden(float *hidden, const network *net, const float *x, const int inputs, const int units)
{
    for (int j = 0; j < units; j += HIDDEN_VECTORS * LANES) {
        lanes even[HIDDEN_VECTORS], odd[HIDDEN_VECTORS];
        for (int q = 0; q < HIDDEN_VECTORS; q++) {
            even[q] = load(net->b1 + j + q * LANES);
            odd[q] = all(0);
        }
        const float *w = net->w1 + j;
        for (int k = 0; k < inputs; k += 2, w += 2 * units)
            for (int q = 0; q < HIDDEN_VECTORS; q++) {
                even[q] = all(x[k]) * load(w + q * LANES) + even[q];
                odd[q] = all(x[k + 1]) * load(w + units + q * LANES) + odd[q];
            }
        for (int q = 0; q < HIDDEN_VECTORS; q++)
            store(hidden + j + q * LANES, larger(even[q] + odd[q], all(0)));
    }
}

ALWAYS_INLINE void forward_large(network *net, const float *x, const int inputs, const int units)
{
    _Alignas(64) float hidden[MOST_HIDDEN];
    forward_hidden(hidden, net, x, inputs, units);
    lanes z[OUTPUT_VECTORS];
    for (int v = 0; v < OUTPUT_VECTORS; v++) {
        lanes sums[4] = {load(net->b2 + v * LANES)};
        for (int k = 0; k < units; k += 4)
            for (int q = 0; q < 4; q++)
                sums[q] = all(hidden[k + q]) * load(net->w2 + (k + q) * PADDED + v * LANES) + sums[q];
        z[v] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
    store_softmax(net->y, z, 10);
}

static void forward_64_64_10(network *net, const float *x)
{
    forward_large(net, x, 64, 64);
}

static void forward_784_128_10(network *net, const float *x)
{
    forward_large(net, x, 784, 128);
}

/* Two outputs: softmax is the sigmoid of their difference. Hidden units are padded to the lanes. */
static void forward_2_3_2(network *net, const float *x)
{
    _Alignas(64) float hidden[LANES];
    lanes h = load(net->b1);
    h = all(x[0]) * load(net->w1) + h;
    h = all(x[1]) * load(net->w1 + LANES) + h;
    store(hidden, larger(h, all(0)));
    float z = net->b2[1] - net->b2[0];
    for (int j = 0; j < 3; j++)
        z += hidden[j] * (net->w2[j * PADDED + 1] - net->w2[j * PADDED]);
    net->y[1] = first_of(limit_sigmoid(all(z)));
    net->y[0] = 1 - net->y[1];
}

static void predict_next(void *context)
{
    network *net = context;
    net->forward(net, net->x + net->turn * net->inputs);
    net->turn = (net->turn + 1) % TURNS;
}

static void predict_from_last(void *context)
{
    network *net = context;
    net->forward(net, net->x);
    memcpy(net->x, net->y, (size_t)net->outputs * sizeof *net->x);
}

static void predict_many(void *context)
{
    network *net = context;
    const product first = {
        .m = ROWS, .n = net->hidden, .k = net->inputs, .a = net->x, .b = net->w1, .c = net->hidden_rows};
    blas_product(&first);
    for (int row = 0; row < ROWS; row++)
        for (int j = 0; j < net->hidden; j++) {
            const float z = net->hidden_rows[row * net->hidden + j] + net->b1[j];
            net->hidden_rows[row * net->hidden + j] = z > 0 ? z : 0;
        }
    const product second = {.m = ROWS, .n = PADDED, .k = net->hidden, .a = net->hidden_rows, .b = net->w2, .c = net->y};
    blas_product(&second);
    for (int row = 0; row < ROWS; row++) {
        float *y = net->y + row * PADDED;
        lanes z[OUTPUT_VECTORS];
        for (int v = 0; v < OUTPUT_VECTORS; v++)
            z[v] = load(y + v * LANES) + load(net->b2 + v * LANES);
        store_softmax(y, z, 10);
    }
}

static network make_network(int inputs, int hidden, int outputs)
{
    const size_t first = (size_t)(inputs * hidden), second = (size_t)(hidden * PADDED);
    return (network){
        .inputs = inputs,
        .hidden = hidden,
        .outputs = outputs,
        .w1 = bench_values(first, 1 / sqrtf((float)inputs)),
        .b1 = bench_values((size_t)hidden, 0.1F),
        .w2 = bench_values(second, 1 / sqrtf((float)hidden)),
        .b2 = bench_values(PADDED, 0.1F),
        .x = bench_values((size_t)(ROWS * inputs), 1),
        .hidden_rows = bench_values((size_t)(ROWS * hidden), 1),
        .y = bench_values(ROWS * PADDED, 1),
    };
}

static void measure(const char *name, network *net)
{
    bench_report_time(1e9, bench_call_time(predict_next, net), "%s by 1", name);
    if (net->hidden > LANES)
        bench_report_time(1e9 / ROWS, bench_call_time(predict_many, net), "%s by 256", name);
    bench_report_time(1e9, bench_call_time(predict_from_last, net), "%s chained", name);
}

int main(void)
{
    blas_begin(1);
    network tiny = make_network(2, LANES, 2), small = make_network(64, 64, 10), large = make_network(784, 128, 10);
    tiny.forward = forward_2_3_2;
    small.forward = forward_64_64_10;
    large.forward = forward_784_128_10;
    measure("2-3-2", &tiny);
    measure("64-64-10", &small);
    measure("784-128-10", &large);
    return 0;
}
