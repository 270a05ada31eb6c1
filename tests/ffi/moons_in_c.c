/* SPDX-License-Identifier: MIT */
/* The program that those in other languages are compared with: what each of them does and prints. */
#include <stdio.h>
#include <stdlib.h>

#include <glia/io.h>

#define PASSES 2000

/* Made by bindings/declare.py: prints what the compiler knows of the structs. */
void glia_layout(void);

static void check(glia_status status)
{
    if (status == GLIA_OK)
        return;
    fprintf(stderr, "%s\n", glia_error_message());
    exit(EXIT_FAILURE);
}

static void train(const char *path, const glia_samples *points)
{
    glia_net *net = NULL;
    double loss;
    check(glia_net_create(&net, "input 2, dense 3 tanh, dense 2 softmax", 3));
    check(glia_net_set_loss(net, "cross_entropy l2=0.01 reduction=sum"));
    check(glia_net_set_optimizer(net, "sgd learning_rate=0.01"));
    for (int pass = 0; pass < PASSES; pass++) {
        check(glia_net_forward(net, points->inputs, points->rows, NULL));
        check(glia_net_backward_classes(net, points->classes, NULL, &loss));
        check(glia_net_step(net));
    }
    printf("loss %.17g\n", loss);
    check(glia_net_save(net, path));
    glia_net_destroy(net);
}

static void use(const char *path, const glia_samples *points)
{
    glia_net *net = NULL;
    double accuracy;
    float *probabilities = malloc(points->rows * 2 * sizeof *probabilities);
    if (probabilities == NULL)
        exit(EXIT_FAILURE);
    check(glia_net_load(&net, path, NULL));
    check(glia_net_evaluate(net, points, "accuracy", &accuracy));
    printf("accuracy %.17g\n", accuracy);
    check(glia_net_predict(net, points->inputs, points->rows, probabilities));
    for (size_t row = 0; row < points->rows; row++)
        printf("row %.9g %.9g\n", (double)probabilities[2 * row], (double)probabilities[2 * row + 1]);
    free(probabilities);
    glia_net_destroy(net);
}

int main(void)
{
    glia_layout();
    printf("version %s\n", glia_version());

    glia_net *none = NULL;
    glia_status status = glia_net_create(&none, "input 2, dense 3 tahn", 3);
    printf("refused %d %s\n", (int)status, glia_error_message());

    glia_data *data = NULL;
    glia_samples points = {.struct_size = sizeof points};
    check(glia_data_generate(&data, "moons rows=200 noise=0.2", 0));
    check(glia_data_samples(data, &points));
    train("moons.glia", &points);
    use("moons.glia", &points);
    glia_data_destroy(data);
    return EXIT_SUCCESS;
}
