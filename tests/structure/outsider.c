/* SPDX-License-Identifier: MIT */
/* A program outside the tree, in what C11 and C++17 have in common: it uses the installed headers and library alone. */
#include <stdio.h>

#include <glia/glia.h>

static int fail(void)
{
    fprintf(stderr, "%s\n", glia_error_message());
    return 1;
}

int main(void)
{
    const float inputs[] = {0, 0, 0, 1, 1, 0, 1, 1};
    const int32_t classes[] = {0, 1, 1, 0};
    float outputs[4];
    size_t count = 0;
    double loss = 0;
    glia_net *net = NULL;

    if (glia_net_create(&net, "input 2, dense 3 tanh, dense 1 sigmoid", 42) != GLIA_OK)
        return fail();
    if (glia_net_forward(net, inputs, 4, outputs) != GLIA_OK ||
        glia_net_backward_classes(net, classes, NULL, &loss) != GLIA_OK || glia_net_step(net) != GLIA_OK)
        return fail();
    glia_net_parameters(net, &count);
    printf("trained %u parameters\n", (unsigned)count);
    glia_net_destroy(net);
    return 0;
}
