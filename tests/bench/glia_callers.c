/* SPDX-License-Identifier: MIT */
/* Threads that predict with one network at the same time, a row a call: nanoseconds a row, all threads together.
 * Settings: callers=2. */
#include <pthread.h>

#include "bench.h"
#include "measured_net.h"

enum {
    MOST_CALLERS = 16,
    TURNS = 8
};
static const double call_seconds = 0.2;

typedef struct caller {
    const glia_net *net;
    pthread_barrier_t *start;
    double rows_a_second;
} caller;

static void predict_turns(const caller *own, const real *x, real *y)
{
    size_t inputs = glia_net_input_size(own->net);
    for (size_t i = 0; i < TURNS; i++)
        check(glia_net_predict(own->net, x + i * inputs, 1, y));
}

static void *run_caller(void *context)
{
    caller *own = context;
    real *x = measured_values(TURNS * glia_net_input_size(own->net), 1);
    real *y = measured_values(glia_net_output_size(own->net), 1);
    predict_turns(own, x, y);

    pthread_barrier_wait(own->start);
    double begin = bench_seconds(), seconds, rows = 0;
    do {
        for (size_t i = 0; i < 16; i++, rows += TURNS)
            predict_turns(own, x, y);
        seconds = bench_seconds() - begin;
    } while (seconds < call_seconds);
    own->rows_a_second = rows / seconds;
    return NULL;
}

static void measure(char *const *settings, const char *name, const char *architecture)
{
    size_t count = bench_number(settings, "callers", 2);
    if (count < 1 || count > MOST_CALLERS)
        bench_fail("callers=%zu: from 1 to %d", count, MOST_CALLERS);
    glia_net *net = measured_net(settings, architecture);
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, (unsigned)count);
    pthread_t threads[MOST_CALLERS];
    caller callers[MOST_CALLERS];
    for (size_t i = 0; i < count; i++) {
        callers[i] = (caller){.net = net, .start = &start};
        if (pthread_create(&threads[i], NULL, run_caller, &callers[i]) != 0)
            bench_fail("no thread");
    }
    double rate = 0;
    for (size_t i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        rate += callers[i].rows_a_second;
    }
    bench_report(1e9 / rate, "%s", name);
    pthread_barrier_destroy(&start);
    glia_net_destroy(net);
}

int main(int argc, char **argv)
{
    (void)argc;
    measure(argv, "2-3-2", "input 2, dense 3 relu, dense 2 softmax");
    measure(argv, "784-128-10", "input 784, dense 128 relu, dense 10 softmax");
    return 0;
}
