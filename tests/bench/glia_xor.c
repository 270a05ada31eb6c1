/* SPDX-License-Identifier: MIT */
/* glia on exclusive or: a network 2-8-1, one row a step. Rows a second. */
#include "bench.h"
#include "measured_net.h"

static const real inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[4] = {0, 1, 1, 0};

static void four_steps(void *context)
{
    glia_net *net = context;
    for (size_t row = 0; row < 4; row++) {
        check(glia_net_forward(net, inputs[row], 1, NULL));
        check(glia_net_backward(net, &targets[row], NULL, NULL));
        check(glia_net_step(net));
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    /* The others take half the squared error: twice their rate is this one. */
    glia_net *net =
        measured_trainee(argv, "input 2, dense 8 sigmoid, dense 1 sigmoid", "mse", "sgd learning_rate=0.35");
    bench_report_rate(4, bench_call_time(four_steps, net), "steps");
    glia_net_destroy(net);
    return 0;
}
