/* SPDX-License-Identifier: MIT */
/* Eight threads that predict with one net, and eight that train a net each: the same bits as one after the other. */
#include "harness.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define SEED 81

enum {
    THREADS = 8,
    ROWS = 130,
    INPUTS = 60,
    OUTPUTS = 3,
    ROUNDS = 3
};

static real inputs[ROWS * INPUTS];
static int32_t classes[ROWS];

static int make_rows(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    harness_fill(inputs, COUNT_OF(inputs), SEED);
    harness_fill_classes(classes, ROWS, OUTPUTS, SEED);
    return 0;
}

/* Networks of every kind of work: over columns, on the stack, in scratch of the net's, and worth several threads. */
static const char *const architectures[] = {
    "input 60, dense 3 softmax",
    "input 60, standardize, dense 12 tanh, dense 3 softmax",
    "input 60, dense 300 relu, dropout 0.25, dense 40 leaky_relu, dense 3 softmax",
    "input 60, dense 120 sigmoid, dense 120 tanh, dense 3 softmax",
};

static glia_net *new_net(const char *architecture, int32_t threads, uint64_t seed)
{
    const glia_options options = {.struct_size = sizeof options, .seed = seed, .threads = threads};
    glia_net *net = NULL;
    assert_ok(glia_net_create_with(&net, architecture, &options));
    return net;
}

/* Run a job on each of the threads, at the same time. */
static void run_together(void *(*work)(void *), void *jobs, size_t job_size)
{
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, (char *)jobs + i * job_size), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
}

/* One net for all */

typedef struct reader {
    const glia_net *net;
    size_t rows; /* predicted at once: others than its neighbours' */
    real outputs[ROWS * OUTPUTS];
    double loss;
    int failures;
} reader;

static void *read_net(void *context)
{
    reader *self = context;
    const glia_samples samples = harness_with_classes(inputs, classes, ROWS);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t begin = 0; begin < ROWS; begin += self->rows) {
            size_t rows = ROWS - begin < self->rows ? ROWS - begin : self->rows;
            self->failures +=
                glia_net_predict(self->net, inputs + begin * INPUTS, rows, self->outputs + begin * OUTPUTS) != GLIA_OK;
        }
        self->failures += glia_net_evaluate(self->net, &samples, "loss", &self->loss) != GLIA_OK;
    }
    return NULL;
}

static void share_net(const char *architecture, int32_t net_threads)
{
    static const size_t portions[THREADS] = {1, 2, 7, 16, 64, 65, 100, ROWS};
    static reader serial, readers[THREADS];
    glia_net *net = new_net(architecture, net_threads, SEED);
    serial = (reader){.net = net, .rows = ROWS};
    read_net(&serial);
    for (size_t i = 0; i < THREADS; i++)
        readers[i] = (reader){.net = net, .rows = portions[i]};
    run_together(read_net, readers, sizeof *readers);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(readers[i].failures, 0);
        assert_same_bits(readers[i].outputs, serial.outputs, COUNT_OF(serial.outputs));
        assert_memory_equal(&readers[i].loss, &serial.loss, sizeof serial.loss);
    }
    glia_net_destroy(net);
}

static void test_eight_threads_predict_with_one_net_as_one_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(architectures); i++)
        for (int32_t net_threads = 1; net_threads <= 2; net_threads++)
            share_net(architectures[i], net_threads);
}

/* A net for each */

typedef struct trainer {
    size_t number;
    int32_t net_threads;
    harness_file trained;
    int failures;
} trainer;

/* By hand and by fit, with a copy, a file in memory and an error on the way. */
static void *train_net(void *context)
{
    trainer *self = context;
    const glia_samples samples = harness_with_classes(inputs, classes, ROWS);
    const glia_options options = {
        .struct_size = sizeof options, .seed = SEED + self->number, .threads = self->net_threads};
    glia_net *net = NULL, *copy = NULL;
    self->failures += glia_net_create_with(&net, architectures[self->number % COUNT_OF(architectures)], &options) != 0;
    self->failures += glia_net_adapt(net, &samples) != GLIA_OK;
    for (int round = 0; round < ROUNDS; round++)
        self->failures += glia_net_train(net, &samples, NULL) != GLIA_OK;
    self->failures +=
        glia_net_set_loss(net, "no_loss") != GLIA_ERR_TEXT || strstr(glia_error_message(), "no_loss") == NULL;
    self->failures += glia_net_copy(&copy, net) != GLIA_OK;
    self->failures += glia_net_fit(copy, &samples, &samples, "epochs=2 batch=40", NULL, NULL) != GLIA_OK;
    self->failures += glia_net_save_memory(copy, NULL, 0, &self->trained.size) != GLIA_ERR_ARGUMENT;
    self->trained.bytes = malloc(self->trained.size);
    self->failures += glia_net_save_memory(copy, self->trained.bytes, self->trained.size, NULL) != GLIA_OK;
    glia_net_destroy(copy);
    glia_net_destroy(net);
    return NULL;
}

static void train_apart(int32_t net_threads)
{
    trainer serial[THREADS], trainers[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        trainers[i] = (trainer){.number = i, .net_threads = net_threads};
        serial[i] = (trainer){.number = i, .net_threads = 1};
        train_net(&serial[i]);
    }
    run_together(train_net, trainers, sizeof *trainers);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(serial[i].failures, 0);
        assert_int_equal(trainers[i].failures, 0);
        assert_int_equal(trainers[i].trained.size, serial[i].trained.size);
        assert_memory_equal(trainers[i].trained.bytes, serial[i].trained.bytes, serial[i].trained.size);
        harness_free(&trainers[i].trained);
        harness_free(&serial[i].trained);
    }
}

static void test_eight_threads_train_a_net_each_as_one_does(void **state)
{
    (void)state;
    train_apart(1);
    train_apart(2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eight_threads_predict_with_one_net_as_one_does),
        cmocka_unit_test(test_eight_threads_train_a_net_each_as_one_does),
    };
    return cmocka_run_group_tests(tests, make_rows, NULL) != 0;
}
