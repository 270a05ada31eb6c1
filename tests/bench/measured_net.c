/* SPDX-License-Identifier: MIT */
/* Networks and arrays for the programs that measure glia. */
#include "measured_net.h"

#include "bench.h"
#include "bench_data.h"

void check(glia_status status)
{
    if (status != GLIA_OK)
        bench_fail("%s", glia_error_message());
}

glia_net *measured_net(char *const *settings, const char *architecture)
{
    glia_options options = {
        .struct_size = sizeof options,
        .seed = bench_number(settings, "seed", 1),
        .threads = (int32_t)bench_number(settings, "threads", 1),
        .kernels = bench_word(settings, "kernels", NULL),
    };
    glia_net *net = NULL;
    check(glia_net_create_with(&net, architecture, &options));
    return net;
}

glia_net *measured_trainee(char *const *settings, const char *architecture, const char *loss, const char *optimizer)
{
    glia_net *net = measured_net(settings, architecture);
    check(glia_net_set_loss(net, loss));
    check(glia_net_set_optimizer(net, optimizer));
    return net;
}

real *measured_copy(const float *values, size_t count)
{
    real *copy = bench_allocate(count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = values[i];
    return copy;
}

real *measured_values(size_t count, real scale)
{
    real *values = bench_allocate(count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = scale * (real)bench_random();
    return values;
}

glia_samples measured_fashion(const char *part)
{
    bench_data data = bench_fashion(part);
    return (glia_samples){
        .struct_size = sizeof(glia_samples),
        .rows = data.rows,
        .inputs = measured_copy(data.inputs, data.rows * data.columns),
        .classes = data.classes,
    };
}

int32_t *measured_classes(size_t count, size_t n_classes)
{
    int32_t *classes = bench_allocate(count * sizeof *classes);
    for (size_t i = 0; i < count; i++)
        classes[i] = (int32_t)((float)n_classes * (bench_random() + 1) / 2);
    return classes;
}
