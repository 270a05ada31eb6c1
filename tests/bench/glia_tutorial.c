/* SPDX-License-Identifier: MIT */
/* glia on the tutorial's job: a network 2-3-2, all 200 points of two moons in each pass. Microseconds a pass. */
#include "bench.h"
#include "bench_data.h"
#include "measured_net.h"

typedef struct job {
    glia_net *net;
    size_t rows;
    const real *inputs;
    const int32_t *classes;
    double *loss; /* NULL: not asked for, as the others are not */
} job;

static void pass(void *context)
{
    job *work = context;
    check(glia_net_forward(work->net, work->inputs, work->rows, NULL));
    check(glia_net_backward_classes(work->net, work->classes, NULL, work->loss));
    check(glia_net_step(work->net));
}

int main(int argc, char **argv)
{
    (void)argc;
    bench_data moons = bench_moons();
    job work = {
        .net = measured_trainee(argv, "input 2, dense 3 tanh, dense 2 softmax", "cross_entropy l2=0.01 reduction=sum",
                                "sgd learning_rate=0.01"),
        .rows = moons.rows,
        .inputs = measured_copy(moons.inputs, moons.rows * moons.columns),
        .classes = moons.classes,
    };
    bench_report_time(1e6, bench_call_time(pass, &work), "pass");
    double loss;
    work.loss = &loss;
    bench_report_time(1e6, bench_call_time(pass, &work), "pass with its loss");
    glia_net_destroy(work.net);
    return 0;
}
