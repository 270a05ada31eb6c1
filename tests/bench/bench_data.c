/* SPDX-License-Identifier: MIT */
/* Reading the data sets of the benchmark with libglia-io. They stay until the program ends. */
#include "bench_data.h"

#include <stdio.h>

#include <glia/glia.h>
#include <glia/io.h>

#include "bench.h"

#define FASHION "/usr/share/datasets/fashion-mnist"

static void check(glia_status status)
{
    if (status != GLIA_OK)
        bench_fail("%s", glia_error_message());
}

static bench_data arrays_of(glia_data *data)
{
    glia_samples samples = {.struct_size = sizeof samples};
    check(glia_data_samples(data, &samples));
    return (bench_data){samples.rows, glia_data_input_size(data), samples.inputs, samples.classes};
}

bench_data bench_fashion(const char *part)
{
    char images[256], labels[256];
    snprintf(images, sizeof images, FASHION "/%s-images-idx3-ubyte.gz", part);
    snprintf(labels, sizeof labels, FASHION "/%s-labels-idx1-ubyte.gz", part);
    glia_data *data = NULL;
    check(glia_data_read_idx(&data, images, labels));
    return arrays_of(data);
}

bench_data bench_moons(void)
{
    glia_data *data = NULL;
    check(glia_data_generate(&data, "moons rows=200 noise=0.2", 0));
    return arrays_of(data);
}
