/* SPDX-License-Identifier: MIT */
/* Seconds that glia trains on Fashion-MNIST until 87 of 100 test pictures are right, counted at the ends of epochs; the
 * time of the counting is left out. Settings: seed=1. */
#include "bench.h"
#include "measured_net.h"

static const double wanted_accuracy = 0.87;

typedef struct watch {
    const glia_net *net;
    const glia_samples *test;
    double begin, training_seconds;
} watch;

/* Stops the fit when enough are right. */
static int32_t on_progress(void *user, const glia_progress *progress)
{
    watch *times = user;
    if (!progress->is_epoch_end)
        return 0;
    times->training_seconds += bench_seconds() - times->begin;
    double accuracy;
    check(glia_net_evaluate(times->net, times->test, "accuracy", &accuracy));
    times->begin = bench_seconds();
    return accuracy >= wanted_accuracy;
}

int main(int argc, char **argv)
{
    (void)argc;
    const glia_samples training = measured_fashion("train"), test = measured_fashion("t10k");
    glia_net *net = measured_trainee(argv, "input 784, dense 128 relu, dense 10 softmax", "cross_entropy",
                                     "adam learning_rate=0.001");
    watch times = {.net = net, .test = &test, .begin = bench_seconds()};
    if (glia_net_fit(net, &training, NULL, "epochs=20 batch=128", on_progress, &times) != GLIA_STOPPED)
        bench_fail("87 of 100 are not right after 20 epochs");
    bench_report(times.training_seconds, "87 %% right");
    glia_net_destroy(net);
    return 0;
}
