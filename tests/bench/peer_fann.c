/* SPDX-License-Identifier: MIT */
/*
 * FANN (Debian: libfann-dev). It has neither softmax with cross-entropy nor Adam nor, in version 2.2, relu: sigmoids
 * and squared errors instead.
 *
 * Settings: job=tutorial, xor, fashion, accuracy (takes minutes), predict or memory; seed=1.
 */
#include <string.h>

#include <fann.h>

#include "bench.h"
#include "bench_data.h"

enum {
    TURNS = 8,
    ROWS = 256,
    FASHION_ROWS = 3000, /* of the 60 000 */
    MOST_EPOCHS = 20
};

static struct fann *make_network(unsigned inputs, unsigned hidden, unsigned outputs)
{
    struct fann *net = fann_create_standard(3, inputs, hidden, outputs);
    fann_set_activation_function_hidden(net, FANN_SIGMOID);
    fann_set_activation_function_output(net, FANN_SIGMOID);
    return net;
}

typedef struct batch {
    struct fann *net;
    struct fann_train_data *data;
} batch;

static void train_pass(void *context)
{
    batch *work = context;
    fann_train_epoch(work->net, work->data);
}

static void run_tutorial(void)
{
    const bench_data moons = bench_moons();
    batch work = {make_network(2, 3, 2), fann_create_train((unsigned)moons.rows, 2, 2)};
    fann_set_activation_function_hidden(work.net, FANN_SIGMOID_SYMMETRIC);
    fann_set_training_algorithm(work.net, FANN_TRAIN_BATCH);
    for (size_t i = 0; i < moons.rows; i++) {
        memcpy(work.data->input[i], moons.inputs + 2 * i, 2 * sizeof(float));
        work.data->output[i][moons.classes[i]] = 1;
        work.data->output[i][1 - moons.classes[i]] = 0;
    }
    bench_report_time(1e6, bench_call_time(train_pass, &work), "pass");
}

static void four_steps(void *context)
{
    static float inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[4] = {0, 1, 1, 0};
    for (size_t i = 0; i < 4; i++)
        fann_train(context, inputs[i], &targets[i]);
}

static void run_xor(void)
{
    struct fann *net = make_network(2, 8, 1);
    fann_set_training_algorithm(net, FANN_TRAIN_INCREMENTAL);
    bench_report_rate(4, bench_call_time(four_steps, net), "steps");
}

/* Seconds of an epoch over the first `rows`, a row a step. */
static double train_epoch(struct fann *net, const bench_data *data, size_t *order, size_t rows)
{
    const double begin = bench_seconds();
    bench_shuffle(order, rows);
    for (size_t i = 0; i < rows; i++) {
        float target[10] = {0};
        target[data->classes[order[i]]] = 1;
        fann_train(net, (float *)data->inputs + order[i] * data->columns, target);
    }
    return bench_seconds() - begin;
}

static struct fann *make_fashion_network(void)
{
    struct fann *net = make_network(784, 128, 10);
    fann_set_training_algorithm(net, FANN_TRAIN_INCREMENTAL);
    fann_set_learning_rate(net, 0.1F);
    return net;
}

static void run_fashion(void)
{
    const bench_data data = bench_fashion("train");
    struct fann *net = make_fashion_network();
    size_t *order = bench_order(FASHION_ROWS);
    train_epoch(net, &data, order, FASHION_ROWS);
    const double rate = FASHION_ROWS / train_epoch(net, &data, order, FASHION_ROWS);
    bench_report(rate, "batch 128"); /* it has no batches; those of a row are its fastest way to learn */
    bench_report(rate, "batch 32");
}

static size_t count_right(struct fann *net, const bench_data *test)
{
    size_t right = 0;
    for (size_t i = 0; i < test->rows; i++) {
        const float *output = fann_run(net, (float *)test->inputs + i * test->columns);
        int32_t best = 0;
        for (int32_t j = 1; j < 10; j++)
            best = output[j] > output[best] ? j : best;
        right += best == test->classes[i];
    }
    return right;
}

static void run_accuracy(void)
{
    const bench_data data = bench_fashion("train"), test = bench_fashion("t10k");
    struct fann *net = make_fashion_network();
    size_t *order = bench_order(data.rows);
    double seconds = 0;
    for (int i = 0; i < MOST_EPOCHS; i++) {
        seconds += train_epoch(net, &data, order, data.rows);
        if (100 * count_right(net, &test) >= 87 * test.rows) {
            bench_report(seconds, "87 %% right");
            return;
        }
    }
    bench_fail("87 of 100 are not right after %d epochs", MOST_EPOCHS);
}

typedef struct predictions {
    struct fann *net;
    size_t inputs, outputs, turn;
    float *x;
} predictions;

static void predict_next(void *context)
{
    predictions *work = context;
    fann_run(work->net, work->x + work->turn * work->inputs);
    work->turn = (work->turn + 1) % TURNS;
}

static void predict_from_last(void *context)
{
    predictions *work = context;
    memcpy(work->x, fann_run(work->net, work->x), work->outputs * sizeof *work->x);
}

static void predict_many(void *context)
{
    predictions *work = context;
    for (size_t i = 0; i < ROWS; i++)
        fann_run(work->net, work->x + i * work->inputs);
}

static void measure_predictions(unsigned inputs, unsigned hidden, unsigned outputs)
{
    predictions work = {make_network(inputs, hidden, outputs), inputs, outputs, 0, bench_values(ROWS * inputs, 1)};
    bench_report_time(1e9, bench_call_time(predict_next, &work), "%u-%u-%u by 1", inputs, hidden, outputs);
    bench_report_time(1e9 / ROWS, bench_call_time(predict_many, &work), "%u-%u-%u by 256", inputs, hidden, outputs);
    bench_report_time(1e9, bench_call_time(predict_from_last, &work), "%u-%u-%u chained", inputs, hidden, outputs);
}

static void run_predict(void)
{
    measure_predictions(2, 3, 2);
    measure_predictions(64, 64, 10);
    measure_predictions(784, 128, 10);
}

static void run_memory(void)
{
    static float inputs[784];
    fann_run(make_network(784, 128, 10), inputs);
    bench_report_memory();
}

int main(int argc, char **argv)
{
    (void)argc;
    static const struct {
        const char *name;
        void (*run)(void);
    } jobs[] = {
        {"tutorial", run_tutorial}, {"xor", run_xor},         {"fashion", run_fashion},
        {"accuracy", run_accuracy}, {"predict", run_predict}, {"memory", run_memory},
    };
    const char *job = bench_word(argv, "job", "");
    bench_seed(bench_number(argv, "seed", 1));
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
        if (strcmp(job, jobs[i].name) == 0)
            jobs[i].run();
    return 0;
}
