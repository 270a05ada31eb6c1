/* SPDX-License-Identifier: MIT */
/*
 * Hot calls for instructions.py, which counts their instructions under callgrind: what a function named count_X takes,
 * with all that it calls, per call. The first line of the output is the kernel set in use, which should be the one that
 * the argument names.
 */
#include <stdio.h>
#include <stdlib.h>

#include <glia/glia.h>

enum {
    POINTS = 200,
    CALLS = 100
};

#define COUNTED __attribute__((noinline)) void

static void check(glia_status status)
{
    if (status == GLIA_OK)
        return;
    fprintf(stderr, "%s\n", glia_error_message());
    exit(EXIT_FAILURE);
}

/* Points of two overlapping clouds. */
static float points[POINTS][2];
static int32_t classes[POINTS];

static void make_points(void)
{
    for (size_t i = 0; i < POINTS; i++) {
        classes[i] = (int32_t)(i % 2);
        for (size_t j = 0; j < 2; j++)
            points[i][j] = (float)glia_random_normal(1, UINT32_C(0x80000000), 0, 2 * i + j) + (float)classes[i];
    }
}

static glia_net *make_net(const char *kernels, const char *architecture, const char *loss, const char *optimizer)
{
    const glia_options options = {.struct_size = sizeof options, .seed = 1, .kernels = kernels};
    glia_net *net = NULL;
    check(glia_net_create_with(&net, architecture, &options));
    check(glia_net_set_loss(net, loss));
    check(glia_net_set_optimizer(net, optimizer));
    return net;
}

COUNTED count_tutorial_forward(glia_net *net)
{
    check(glia_net_forward(net, &points[0][0], POINTS, NULL));
}

COUNTED count_tutorial_backward(glia_net *net)
{
    check(glia_net_backward_classes(net, classes, NULL, NULL));
}

COUNTED count_tutorial_step(glia_net *net)
{
    check(glia_net_step(net));
}

static void run_tutorial(const char *kernels)
{
    glia_net *net = make_net(kernels, "input 2, dense 3 tanh, dense 2 softmax", "cross_entropy l2=0.01 reduction=sum",
                             "sgd learning_rate=0.01");
    for (size_t i = 0; i < CALLS; i++) {
        count_tutorial_forward(net);
        count_tutorial_backward(net);
        count_tutorial_step(net);
    }
    glia_net_destroy(net);
}

COUNTED count_xor_forward(glia_net *net, const float *inputs)
{
    check(glia_net_forward(net, inputs, 1, NULL));
}

COUNTED count_xor_backward(glia_net *net, const float *target)
{
    check(glia_net_backward(net, target, NULL, NULL));
}

COUNTED count_xor_step(glia_net *net)
{
    check(glia_net_step(net));
}

static void run_xor(const char *kernels)
{
    static const float inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[4] = {0, 1, 1, 0};
    glia_net *net = make_net(kernels, "input 2, dense 8 sigmoid, dense 1 sigmoid", "mse", "sgd learning_rate=0.35");
    for (size_t i = 0; i < CALLS; i++) {
        count_xor_forward(net, inputs[i % 4]);
        count_xor_backward(net, &targets[i % 4]);
        count_xor_step(net);
    }
    glia_net_destroy(net);
}

COUNTED count_predict_row(const glia_net *net, const float *inputs, float *outputs)
{
    check(glia_net_predict(net, inputs, 1, outputs));
}

static void run_predict(const char *kernels)
{
    glia_net *net = make_net(kernels, "input 2, dense 3 relu, dense 2 softmax", "cross_entropy", "sgd");
    float outputs[2];
    for (size_t i = 0; i < CALLS; i++)
        count_predict_row(net, points[i], outputs);
    printf("%s\n", glia_cpu(net));
    glia_net_destroy(net);
}

COUNTED count_fit_epoch(glia_net *net, const glia_samples *training)
{
    check(glia_net_fit(net, training, NULL, "epochs=1 batch=32", NULL, NULL));
}

static void run_fit(const char *kernels)
{
    glia_net *net = make_net(kernels, "input 2, dense 16 relu, dense 2 softmax", "cross_entropy", "adam");
    const glia_samples training = {
        .struct_size = sizeof training, .rows = POINTS, .inputs = &points[0][0], .classes = classes};
    for (size_t i = 0; i < CALLS; i++)
        count_fit_epoch(net, &training);
    glia_net_destroy(net);
}

int main(int argc, char **argv)
{
    const char *kernels = argc > 1 ? argv[1] : NULL;
    make_points();
    run_predict(kernels);
    run_tutorial(kernels);
    run_xor(kernels);
    run_fit(kernels);
    return EXIT_SUCCESS;
}
