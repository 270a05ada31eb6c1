/* SPDX-License-Identifier: MIT */
/*
 * A program outside the tree, in what C11 and C++17 have in common: it uses the installed headers and libglia alone. It
 * tells two moons apart, saves the network, loads it, and gets the same predictions from it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glia/glia.h>

#define ROWS 200

static float inputs[ROWS][2];
static int32_t classes[ROWS];

/* Two half circles, one turned over and moved into the other, with a little noise. */
static void make_moons(void)
{
    for (uint32_t row = 0; row < ROWS; row++) {
        double angle = 3.14159265358979 * row / ROWS;
        classes[row] = (int32_t)(row % 2);
        double x = classes[row] == 0 ? cos(angle) : 1 - cos(angle);
        double y = classes[row] == 0 ? sin(angle) : 0.5 - sin(angle);
        inputs[row][0] = (float)(x + 0.1 * glia_random_normal(7, 1u << 31, 0, 2 * row));
        inputs[row][1] = (float)(y + 0.1 * glia_random_normal(7, 1u << 31, 0, 2 * row + 1));
    }
}

static int fail(void)
{
    fprintf(stderr, "%s\n", glia_error_message());
    return 1;
}

int main(void)
{
    static float outputs[ROWS][2], loaded_outputs[ROWS][2];
    glia_net *net = NULL, *loaded = NULL;
    glia_samples samples;
    double accuracy = 0;
    size_t count = 0;

    make_moons();
    memset(&samples, 0, sizeof samples);
    samples.struct_size = sizeof samples;
    samples.rows = ROWS;
    samples.inputs = &inputs[0][0];
    samples.classes = classes;

    if (glia_net_create(&net, "input 2, dense 16 tanh, dense 2 softmax", 42) != GLIA_OK ||
        glia_net_set_optimizer(net, "adam learning_rate=0.02") != GLIA_OK ||
        glia_net_fit(net, &samples, NULL, "epochs=100 batch=20", NULL, NULL) != GLIA_OK ||
        glia_net_evaluate(net, &samples, "accuracy", &accuracy) != GLIA_OK)
        return fail();
    if (glia_net_save(net, "moons.glia") != GLIA_OK || glia_net_load(&loaded, "moons.glia", NULL) != GLIA_OK ||
        glia_net_predict(net, &inputs[0][0], ROWS, &outputs[0][0]) != GLIA_OK ||
        glia_net_predict(loaded, &inputs[0][0], ROWS, &loaded_outputs[0][0]) != GLIA_OK)
        return fail();

    glia_net_parameters(net, &count);
    printf("trained %u parameters to %.2f, loaded %s\n", (unsigned)count, accuracy,
           memcmp(outputs, loaded_outputs, sizeof outputs) == 0 ? "the same" : "others");
    glia_net_destroy(loaded);
    glia_net_destroy(net);
    return 0;
}
