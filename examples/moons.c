/* SPDX-License-Identifier: MIT */
/*
 * Two moons: a network with three hidden units learns to part points that no straight line can; it is saved, loaded and
 * used. Beside it logistic regression, which is the best straight line.
 *
 *     moons [POINTS.csv]
 *
 * The file has the columns x1, x2 and class; without one, 200 points are made and written to moons.csv.
 */
#include <stdio.h>
#include <stdlib.h>

#include <glia/glia.h>
#include <glia/io.h>

#define PASSES 20000

static void check(glia_status status)
{
    if (status == GLIA_OK)
        return;
    fprintf(stderr, "moons: %s\n", glia_error_message());
    exit(EXIT_FAILURE);
}

static glia_data *get_points(const char *path)
{
    glia_data *data = NULL;
    if (path != NULL) {
        check(glia_data_read_csv(&data, path, "target=class"));
        return data;
    }
    check(glia_data_generate(&data, "moons rows=200 noise=0.2", 0));
    check(glia_data_write_csv(data, "moons.csv"));
    return data;
}

/* Gradient descent on all points at once: each pass is a forward, a backward and a step. */
static glia_net *train(const char *architecture, const glia_samples *points)
{
    glia_net *net = NULL;
    check(glia_net_create(&net, architecture, 3));
    check(glia_net_set_loss(net, "cross_entropy l2=0.01 reduction=sum"));
    check(glia_net_set_optimizer(net, "sgd learning_rate=0.01"));
    for (int pass = 0; pass < PASSES; pass++) {
        check(glia_net_forward(net, points->inputs, points->rows, NULL));
        check(glia_net_backward_classes(net, points->classes, NULL, NULL));
        check(glia_net_step(net));
        if (pass % 1000 == 0) {
            double loss;
            check(glia_net_evaluate(net, points, "loss", &loss));
            printf("Loss after iteration %d: %f\n", pass, loss / (double)points->rows);
        }
    }
    return net;
}

/* The share of points whose more probable class is the right one. */
static double accuracy(const glia_net *net, const glia_samples *points)
{
    float *probabilities = malloc(points->rows * 2 * sizeof *probabilities);
    size_t right = 0;
    if (probabilities == NULL)
        exit(EXIT_FAILURE);
    check(glia_net_predict(net, points->inputs, points->rows, probabilities));
    for (size_t i = 0; i < points->rows; i++)
        right += points->classes[i] == (probabilities[2 * i + 1] > probabilities[2 * i]);
    free(probabilities);
    return (double)right / (double)points->rows;
}

/* Keep the names of columns and classes with the network: the tool `glia` reads other files by them. */
static void keep_names(glia_net *net, const glia_data *data)
{
    const char *key;
    for (size_t i = 0; (key = glia_data_metadata_key(data, i)) != NULL; i++)
        check(glia_net_set_metadata(net, key, glia_data_metadata(data, key)));
}

int main(int argc, char **argv)
{
    glia_data *data = get_points(argc > 1 ? argv[1] : NULL);
    glia_samples points = {.struct_size = sizeof points};
    check(glia_data_samples(data, &points));

    printf("Logistic regression\n");
    glia_net *line = train("input 2, dense 2 softmax init=lecun_normal", &points);
    printf("Accuracy: %.1f %%\n\n", 100 * accuracy(line, &points));

    printf("A hidden layer of three\n");
    glia_net *net = train("input 2, dense 3 tanh init=lecun_normal, dense 2 softmax init=lecun_normal", &points);
    keep_names(net, data);
    check(glia_net_save(net, "moons.glia"));

    glia_net *loaded = NULL;
    check(glia_net_load(&loaded, "moons.glia", NULL));
    printf("Accuracy, saved and loaded: %.1f %%\n", 100 * accuracy(loaded, &points));

    glia_net_destroy(loaded);
    glia_net_destroy(net);
    glia_net_destroy(line);
    glia_data_destroy(data);
    return EXIT_SUCCESS;
}
