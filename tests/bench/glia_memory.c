/* SPDX-License-Identifier: MIT */
/* Bytes of memory that a program has written which loads a network 784-128-10 and predicts: its weights included.
 * Settings: save=FILE makes the network's file, load=FILE measures. */
#include "bench.h"

#include <glia/glia.h>

static void check(glia_status status)
{
    if (status != GLIA_OK)
        bench_fail("%s", glia_error_message());
}

static void save(const char *path)
{
    glia_net *net = NULL;
    check(glia_net_create(&net, "input 784, dense 128 relu, dense 10 softmax", 1));
    check(glia_net_set_optimizer(net, NULL));
    check(glia_net_save(net, path));
    glia_net_destroy(net);
}

static void measure(const char *path)
{
    static const float inputs[784];
    float outputs[10];
    glia_net *net = NULL;
    check(glia_net_load(&net, path, NULL));
    check(glia_net_predict(net, inputs, 1, outputs));
    bench_report_memory();
    glia_net_destroy(net);
}

int main(int argc, char **argv)
{
    (void)argc;
    const char *path = bench_word(argv, "save", NULL);
    if (path != NULL)
        save(path);
    else
        measure(bench_word(argv, "load", ""));
    return 0;
}
