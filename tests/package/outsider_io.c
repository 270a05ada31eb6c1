/* SPDX-License-Identifier: MIT */
/* A program outside the tree that uses libglia-io too, in what C11 and C++17 have in common: it reads a CSV file. */
#include <stdio.h>
#include <string.h>

#include <glia/io.h>

static int fail(void)
{
    fprintf(stderr, "%s\n", glia_error_message());
    return 1;
}

int main(void)
{
    glia_data *made = NULL, *read = NULL;
    glia_net *net = NULL;
    glia_samples samples;
    double accuracy = 0;
    size_t count = 0;

    if (glia_data_generate(&made, "moons rows=200 noise=0.1", 7) != GLIA_OK ||
        glia_data_write_csv(made, "moons.csv") != GLIA_OK)
        return fail();
    glia_status status = glia_data_read_csv(&read, "moons.csv", "target=class");
    if (status != GLIA_OK && status != GLIA_ERR_UNSUPPORTED) /* built without libcsv */
        return fail();

    memset(&samples, 0, sizeof samples);
    samples.struct_size = sizeof samples;
    if (glia_data_samples(read != NULL ? read : made, &samples) != GLIA_OK ||
        glia_net_create(&net, "input 2, dense 16 tanh, dense 2 softmax", 42) != GLIA_OK ||
        glia_net_set_optimizer(net, "adam learning_rate=0.02") != GLIA_OK ||
        glia_net_fit(net, &samples, NULL, "epochs=100 batch=20", NULL, NULL) != GLIA_OK ||
        glia_net_evaluate(net, &samples, "accuracy", &accuracy) != GLIA_OK)
        return fail();

    glia_net_parameters(net, &count);
    printf("trained %u parameters to %.2f, data %s\n", (unsigned)count, accuracy, read != NULL ? "read" : "made");
    glia_net_destroy(net);
    glia_data_destroy(read);
    glia_data_destroy(made);
    return 0;
}
