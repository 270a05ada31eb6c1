/* SPDX-License-Identifier: MIT */
/* glia on a network of 8.3 million weights, 1024-2048-2048-1000, batches of 256, SGD with momentum. Rows a second. */
#include "bench.h"
#include "measured_net.h"

enum {
    ROWS = 256,
    INPUTS = 1024,
    OUTPUTS = 1000,
    STEPS = 10,
    LEFT_OUT = 2 /* of these, at the beginning */
};

int main(int argc, char **argv)
{
    (void)argc;
    glia_net *net = measured_trainee(argv, "input 1024, dense 2048 relu, dense 2048 relu, dense 1000 softmax",
                                     "cross_entropy", "sgd learning_rate=0.01 momentum=0.9");
    const real *inputs = measured_values(ROWS * INPUTS, 1);
    const int32_t *classes = measured_classes(ROWS, OUTPUTS);
    double seconds[STEPS];
    for (size_t i = 0; i < STEPS; i++) {
        double begin = bench_seconds();
        check(glia_net_forward(net, inputs, ROWS, NULL));
        check(glia_net_backward_classes(net, classes, NULL, NULL));
        check(glia_net_step(net));
        seconds[i] = bench_seconds() - begin;
    }
    bench_report_rate(ROWS, bench_time_of(seconds + LEFT_OUT, STEPS - LEFT_OUT), "batch 256");
    glia_net_destroy(net);
    return 0;
}
