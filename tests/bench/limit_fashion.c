/* SPDX-License-Identifier: MIT */
/*
 * Fashion-MNIST by hand: 784-128-10, relu and softmax, Adam, around five matrix products of a library. Each thread
 * trains on its share of every batch, then updates its share of the weights: two barriers a step. Rows a second of an
 * epoch, the first left out; with until=87 the seconds of training until so many of 100 test pictures are right.
 *
 * Settings: threads=1 (or 2), batch=128 (a multiple of threads), epochs=4, seed=1.
 */
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "bench_data.h"
#include "blas.h"

enum {
    INPUTS = 784,
    HIDDEN = 128,
    OUTPUTS = 10,
    WEIGHTS = INPUTS * HIDDEN + HIDDEN + HIDDEN * OUTPUTS + OUTPUTS,
    MOST_THREADS = 2,
    MOST_EPOCHS = 20,
    TEST_BATCH = 1000
};

/* The network's numbers, or their gradients, in one array. */
typedef struct network {
    float *values, *w1, *b1, *w2, *b2;
} network;

static network make_network(void)
{
    float *values = bench_values(WEIGHTS, 0);
    float *w2 = values + INPUTS * HIDDEN + HIDDEN;
    return (network){.values = values, .w1 = values, .b1 = w2 - HIDDEN, .w2 = w2, .b2 = w2 + HIDDEN * OUTPUTS};
}

/* What a thread needs for `rows` rows. */
typedef struct workspace {
    int rows;
    float *x, *hidden, *d_hidden, *output;
    int32_t *classes;
    network gradient;
} workspace;

static workspace make_workspace(int rows)
{
    return (workspace){
        .rows = rows,
        .x = bench_values((size_t)rows * INPUTS, 0),
        .hidden = bench_values((size_t)rows * HIDDEN, 0),
        .d_hidden = bench_values((size_t)rows * HIDDEN, 0),
        .output = bench_values((size_t)rows * OUTPUTS, 0),
        .classes = bench_allocate((size_t)rows * sizeof(int32_t)),
        .gradient = make_network(),
    };
}

/* Up to the logits. */
static void forward(const network *net, const workspace *work, const float *x)
{
    const product first = {.m = work->rows, .n = HIDDEN, .k = INPUTS, .a = x, .b = net->w1, .c = work->hidden};
    blas_product(&first);
    for (int i = 0; i < work->rows; i++)
        for (int j = 0; j < HIDDEN; j++) {
            const float z = work->hidden[i * HIDDEN + j] + net->b1[j];
            work->hidden[i * HIDDEN + j] = z > 0 ? z : 0;
        }
    const product second = {
        .m = work->rows, .n = OUTPUTS, .k = HIDDEN, .a = work->hidden, .b = net->w2, .c = work->output};
    blas_product(&second);
    for (int i = 0; i < work->rows; i++)
        for (int j = 0; j < OUTPUTS; j++)
            work->output[i * OUTPUTS + j] += net->b2[j];
}

/* Logits become the gradient of the loss, which is the mean over a batch. */
static void compare(const workspace *work, float row_share)
{
    memset(work->gradient.b2, 0, OUTPUTS * sizeof(float));
    for (int i = 0; i < work->rows; i++) {
        float *z = work->output + i * OUTPUTS, most = z[0], sum = 0;
        for (int j = 1; j < OUTPUTS; j++)
            most = z[j] > most ? z[j] : most;
        for (int j = 0; j < OUTPUTS; j++) {
            z[j] = expf(z[j] - most);
            sum += z[j];
        }
        for (int j = 0; j < OUTPUTS; j++)
            z[j] *= row_share / sum;
        z[work->classes[i]] -= row_share;
        for (int j = 0; j < OUTPUTS; j++)
            work->gradient.b2[j] += z[j];
    }
}

static void backward(const network *net, const workspace *work)
{
    const network *gradient = &work->gradient;
    const product second = {.a_transposed = true,
                            .m = HIDDEN,
                            .n = OUTPUTS,
                            .k = work->rows,
                            .a = work->hidden,
                            .b = work->output,
                            .c = gradient->w2};
    blas_product(&second);
    const product deltas = {.b_transposed = true,
                            .m = work->rows,
                            .n = HIDDEN,
                            .k = OUTPUTS,
                            .a = work->output,
                            .b = net->w2,
                            .c = work->d_hidden};
    blas_product(&deltas);
    memset(gradient->b1, 0, HIDDEN * sizeof(float));
    for (int i = 0; i < work->rows; i++)
        for (int j = 0; j < HIDDEN; j++) {
            const float d = work->hidden[i * HIDDEN + j] > 0 ? work->d_hidden[i * HIDDEN + j] : 0;
            work->d_hidden[i * HIDDEN + j] = d;
            gradient->b1[j] += d;
        }
    const product first = {.a_transposed = true,
                           .m = INPUTS,
                           .n = HIDDEN,
                           .k = work->rows,
                           .a = work->x,
                           .b = work->d_hidden,
                           .c = gradient->w1};
    blas_product(&first);
}

typedef struct trainer {
    network net;
    float *moment1, *moment2;
    workspace work[MOST_THREADS];
    int threads, batch;
    long step;
    const bench_data *data;
    size_t *order;
} trainer;

static void gather(const trainer *on, const workspace *work, size_t begin)
{
    for (int i = 0; i < work->rows; i++) {
        const size_t row = on->order[begin + (size_t)i];
        memcpy(work->x + i * INPUTS, on->data->inputs + row * INPUTS, INPUTS * sizeof(float));
        work->classes[i] = on->data->classes[row];
    }
}

/* Adam for weights [begin, end); the gradient is the sum of both threads'. */
static void update(const trainer *on, long step, int begin, int end)
{
    const float rest1 = 1 - powf(0.9F, (float)step), rest2 = 1 - powf(0.999F, (float)step);
    const float rate = 0.001F * sqrtf(rest2) / rest1, epsilon = 1e-8F * sqrtf(rest2);
    const float share = on->threads > 1 ? 1 : 0; /* of the other thread */
    const float *own = on->work[0].gradient.values, *other = on->work[on->threads - 1].gradient.values;
    float *restrict weight = on->net.values, *restrict moment1 = on->moment1, *restrict moment2 = on->moment2;
#pragma omp simd
    for (int i = begin; i < end; i++) {
        const float g = own[i] + share * other[i], m1 = moment1[i] + 0.1F * (g - moment1[i]);
        const float m2 = moment2[i] + 0.001F * (g * g - moment2[i]);
        moment1[i] = m1;
        moment2[i] = m2;
        weight[i] -= rate * m1 / (sqrtf(m2) + epsilon);
    }
}

static int share_begin(const trainer *on, int thread)
{
    return thread == on->threads ? WEIGHTS : WEIGHTS / on->threads * thread & ~15;
}

/* One epoch; rows that fill no batch are left out. */
static void train_epoch(trainer *on)
{
    bench_shuffle(on->order, on->data->rows);
    const long steps = (long)on->data->rows / on->batch;
#pragma omp parallel num_threads(on->threads)
    {
        const int thread = omp_get_thread_num();
        const workspace *work = &on->work[thread];
        for (long i = 0; i < steps; i++) {
            gather(on, work, (size_t)(i * on->batch + thread * work->rows));
            forward(&on->net, work, work->x);
            compare(work, 1.0F / (float)on->batch);
            backward(&on->net, work);
#pragma omp barrier
            update(on, on->step + i + 1, share_begin(on, thread), share_begin(on, thread + 1));
#pragma omp barrier
        }
    }
    on->step += steps;
}

static size_t count_right(const trainer *on, const workspace *work, const bench_data *test)
{
    size_t right = 0;
    for (size_t row = 0; row < test->rows; row += TEST_BATCH) {
        forward(&on->net, work, test->inputs + row * INPUTS);
        for (size_t i = 0; i < TEST_BATCH; i++) {
            const float *z = work->output + i * OUTPUTS;
            int32_t best = 0;
            for (int32_t j = 1; j < OUTPUTS; j++)
                best = z[j] > z[best] ? j : best;
            right += best == test->classes[row + i];
        }
    }
    return right;
}

static void measure_rate(trainer *on, size_t epochs)
{
    double seconds[MOST_EPOCHS];
    for (size_t i = 0; i < epochs; i++) {
        const double begin = bench_seconds();
        train_epoch(on);
        seconds[i] = bench_seconds() - begin;
    }
    const long rows = (long)on->data->rows / on->batch * on->batch;
    bench_report_rate((double)rows, bench_time_of(seconds + 1, epochs - 1), "batch %d", on->batch);
}

static void measure_accuracy(trainer *on, size_t percent)
{
    const bench_data test = bench_fashion("t10k");
    const workspace work = make_workspace(TEST_BATCH);
    double seconds = 0;
    for (int i = 0; i < MOST_EPOCHS; i++) {
        const double begin = bench_seconds();
        train_epoch(on);
        seconds += bench_seconds() - begin;
        if (100 * count_right(on, &work, &test) >= percent * test.rows) {
            bench_report(seconds, "%zu %% right", percent);
            return;
        }
    }
    bench_fail("%zu of 100 are not right after %d epochs", percent, MOST_EPOCHS);
}

int main(int argc, char **argv)
{
    (void)argc;
    const bench_data data = bench_fashion("train");
    trainer on = {
        .net = make_network(),
        .moment1 = bench_values(WEIGHTS, 0),
        .moment2 = bench_values(WEIGHTS, 0),
        .threads = (int)bench_number(argv, "threads", 1),
        .batch = (int)bench_number(argv, "batch", 128),
        .data = &data,
        .order = bench_order(data.rows),
    };
    if (on.threads < 1 || on.threads > MOST_THREADS || on.batch % on.threads != 0)
        bench_fail("threads=%d does not go with batch=%d", on.threads, on.batch);
    blas_begin(1);
    for (int t = 0; t < on.threads; t++)
        on.work[t] = make_workspace(on.batch / on.threads);
    bench_seed(bench_number(argv, "seed", 1));
    for (int i = 0; i < INPUTS * HIDDEN; i++)
        on.net.w1[i] = bench_random() / sqrtf(INPUTS);
    for (int i = 0; i < HIDDEN * OUTPUTS; i++)
        on.net.w2[i] = bench_random() / sqrtf(HIDDEN);

    const size_t percent = bench_number(argv, "until", 0), epochs = bench_number(argv, "epochs", 4);
    if (percent > 0)
        measure_accuracy(&on, percent);
    else if (epochs >= 2 && epochs <= MOST_EPOCHS)
        measure_rate(&on, epochs);
    return 0;
}
