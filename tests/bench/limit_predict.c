/* SPDX-License-Identifier: MIT */
/*
 * Predictions with every shape a constant, weights [inputs][units], those of the output layer padded to 16 units. In
 * nanoseconds a row: one row a call, where calls are independent and where each needs the output of the last, and 256
 * rows a call around the matrix products of a library.
 */
#include <math.h>
#include <string.h>

#include "bench.h"
#include "blas.h"
#include "limit_math.h"

enum {
    LANES = 16,
    TURNS = 8,
    ROWS = 256,
    MOST_HIDDEN = 128
};

typedef struct network {
    int inputs, hidden, outputs, turn;
    float *w1, *b1, *w2, *b2;   /* [inputs][hidden], [hidden], [hidden][LANES], [LANES] */
    float *x, *hidden_rows, *y; /* [ROWS][inputs], [ROWS][hidden], [ROWS][LANES] */
    void (*forward)(struct network *net, const float *x);
} network;

/* y = softmax of the first `outputs` lanes */
ALWAYS_INLINE void store_softmax(float *y, __m512 z, int outputs)
{
    const __mmask16 in_use = (__mmask16)((1u << outputs) - 1);
    const __m512 e =
        _mm512_maskz_mov_ps(in_use, limit_exp(_mm512_sub_ps(z, all(_mm512_mask_reduce_max_ps(in_use, z)))));
    _mm512_store_ps(y, _mm512_mul_ps(e, all(1 / sum_of(e))));
}

/* relu(x W1 + b1), 64 units at a time in 8 chains of sums */
ALWAYS_INLINE void forward_hidden(float *hidden, const network *net, const float *x, const int inputs, const int units)
{
    for (int j = 0; j < units; j += 4 * LANES) {
        __m512 even[4], odd[4];
        for (int q = 0; q < 4; q++) {
            even[q] = _mm512_load_ps(net->b1 + j + q * LANES);
            odd[q] = _mm512_setzero_ps();
        }
        const float *w = net->w1 + j;
        for (int k = 0; k < inputs; k += 2, w += 2 * units)
            for (int q = 0; q < 4; q++) {
                even[q] = _mm512_fmadd_ps(all(x[k]), _mm512_load_ps(w + q * LANES), even[q]);
                odd[q] = _mm512_fmadd_ps(all(x[k + 1]), _mm512_load_ps(w + units + q * LANES), odd[q]);
            }
        for (int q = 0; q < 4; q++)
            _mm512_store_ps(hidden + j + q * LANES, _mm512_max_ps(_mm512_add_ps(even[q], odd[q]), _mm512_setzero_ps()));
    }
}

ALWAYS_INLINE void forward_large(network *net, const float *x, const int inputs, const int units)
{
    _Alignas(64) float hidden[MOST_HIDDEN];
    forward_hidden(hidden, net, x, inputs, units);
    __m512 sums[4] = {_mm512_load_ps(net->b2)};
    for (int k = 0; k < units; k += 4)
        for (int q = 0; q < 4; q++)
            sums[q] = _mm512_fmadd_ps(all(hidden[k + q]), _mm512_load_ps(net->w2 + (k + q) * LANES), sums[q]);
    store_softmax(net->y, _mm512_add_ps(_mm512_add_ps(sums[0], sums[1]), _mm512_add_ps(sums[2], sums[3])), 10);
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
    __m512 h = _mm512_load_ps(net->b1);
    h = _mm512_fmadd_ps(all(x[0]), _mm512_load_ps(net->w1), h);
    h = _mm512_fmadd_ps(all(x[1]), _mm512_load_ps(net->w1 + LANES), h);
    _mm512_store_ps(hidden, _mm512_max_ps(h, _mm512_setzero_ps()));
    float z = net->b2[1] - net->b2[0];
    for (int j = 0; j < 3; j++)
        z += hidden[j] * (net->w2[j * LANES + 1] - net->w2[j * LANES]);
    net->y[1] = _mm512_cvtss_f32(limit_sigmoid(all(z)));
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
    const product second = {.m = ROWS, .n = LANES, .k = net->hidden, .a = net->hidden_rows, .b = net->w2, .c = net->y};
    blas_product(&second);
    for (int row = 0; row < ROWS; row++) {
        float *y = net->y + row * LANES;
        store_softmax(y, _mm512_add_ps(_mm512_load_ps(y), _mm512_load_ps(net->b2)), 10);
    }
}

static network make_network(int inputs, int hidden, int outputs)
{
    const size_t first = (size_t)(inputs * hidden), second = (size_t)(hidden * LANES);
    return (network){
        .inputs = inputs,
        .hidden = hidden,
        .outputs = outputs,
        .w1 = bench_values(first, 1 / sqrtf((float)inputs)),
        .b1 = bench_values((size_t)hidden, 0.1F),
        .w2 = bench_values(second, 1 / sqrtf((float)hidden)),
        .b2 = bench_values(LANES, 0.1F),
        .x = bench_values((size_t)(ROWS * inputs), 1),
        .hidden_rows = bench_values((size_t)(ROWS * hidden), 1),
        .y = bench_values(ROWS * LANES, 1),
    };
}

static void measure(const char *name, network *net)
{
    bench_report(1e9 * bench_call_seconds(predict_next, net), "%s by 1", name);
    if (net->hidden > LANES)
        bench_report(1e9 * bench_call_seconds(predict_many, net) / ROWS, "%s by 256", name);
    bench_report(1e9 * bench_call_seconds(predict_from_last, net), "%s chained", name);
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
