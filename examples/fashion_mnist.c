/* SPDX-License-Identifier: MIT */
/*
 * Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60 000 small pictures of clothes to learn from, 10 000 to be asked
 * about. About 88 of 100 answers are right after ten times through.
 *
 *     fashion_mnist [FOLDER [SEED]]
 *
 * The folder is the one of Debian's package dataset-fashion-mnist unless another is given.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <glia/glia.h>
#include <glia/io.h>

#define FOLDER "/usr/share/datasets/fashion-mnist"
#define NET    "input 784, dense 128 relu, dense 10 softmax"
#define FIT    "epochs=10 batch=128"

static void check(glia_status status)
{
    if (status == GLIA_OK)
        return;
    fprintf(stderr, "fashion_mnist: %s\n", glia_error_message());
    exit(EXIT_FAILURE);
}

/* Read "train" or "t10k": images and labels, compressed as they come. */
static glia_data *read_images(const char *folder, const char *part, glia_samples *samples)
{
    char images[4096], labels[4096];
    snprintf(images, sizeof images, "%s/%s-images-idx3-ubyte.gz", folder, part);
    snprintf(labels, sizeof labels, "%s/%s-labels-idx1-ubyte.gz", folder, part);
    glia_data *data = NULL;
    check(glia_data_read_idx(&data, images, labels));
    *samples = (glia_samples){.struct_size = sizeof *samples};
    check(glia_data_samples(data, samples));
    return data;
}

static int32_t print_epoch(void *user, const glia_progress *progress)
{
    (void)user;
    if (progress->is_epoch_end)
        printf("epoch %zu: loss %.4f\n", progress->epoch, progress->loss);
    fflush(stdout);
    return 0; /* anything else would stop the training */
}

static double accuracy(const glia_net *net, const glia_samples *samples)
{
    double share;
    check(glia_net_evaluate(net, samples, "accuracy", &share));
    return 100 * share;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : FOLDER;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    glia_samples training, test;
    glia_data *training_data = read_images(folder, "train", &training);
    glia_data *test_data = read_images(folder, "t10k", &test);

    glia_net *net = NULL;
    check(glia_net_create(&net, NET, seed));
    check(glia_net_set_optimizer(net, "adam learning_rate=0.001"));
    check(glia_net_fit(net, &training, NULL, FIT, print_epoch, NULL));
    printf("test accuracy: %.2f %%\n", accuracy(net, &test));
    check(glia_net_save(net, "fashion_mnist.glia"));

    glia_net *loaded = NULL;
    check(glia_net_load(&loaded, "fashion_mnist.glia", NULL));
    printf("test accuracy, saved and loaded: %.2f %%\n", accuracy(loaded, &test));

    glia_net_destroy(loaded);
    glia_net_destroy(net);
    glia_data_destroy(test_data);
    glia_data_destroy(training_data);
    return EXIT_SUCCESS;
}
