/* SPDX-License-Identifier: MIT */
/* Writes what the fuzzer begins with, good inputs of every kind: make_seeds FOLDER, which gets a folder for each
 * target. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#if defined _WIN32
#include <direct.h>
#endif

#include <glia/glia.h>
#include <glia/glia64.h>

static const char *root;

static void stop(const char *what)
{
    fprintf(stderr, "make_seeds: %s: %s\n", what, glia_error_message());
    exit(1);
}

static void make_folder(const char *path)
{
#if defined _WIN32
    (void)mkdir(path);
#else
    (void)mkdir(path, 0777);
#endif
}

static void write_seed(const char *target, int number, const void *bytes, size_t size)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", root, target);
    make_folder(path);
    snprintf(path, sizeof path, "%s/%s/%03d", root, target, number);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        stop(path);
}

/* A text behind the byte that says where it goes. */
static void write_text_seed(const char *target, int number, unsigned place, const char *text)
{
    char bytes[512];
    bytes[0] = (char)place;
    size_t length = strlen(text);
    if (length >= sizeof bytes)
        stop("a text too long");
    memcpy(bytes + 1, text, length);
    write_seed(target, number, bytes, length + 1);
}

/* Models */

static const char *const architectures[] = {
    "input 2, dense 3 tanh, dense 2 softmax",
    "input 3, standardize, dense 2 leaky_relu slope=0.3 bias=no, dropout 0.25, dense 2 sigmoid",
    "input 1, identity",
    "input 2, dense 1 step",
};
static const char *const optimizers[] = {"adam", "sgd", "sgd momentum=0.9 nesterov=yes", "adamw weight_decay=0.1",
                                         NULL};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void write_model(const glia_net *net, int number)
{
    static unsigned char bytes[1 << 14];
    size_t size = 0;
    if (glia_net_save_memory(net, bytes, sizeof bytes, &size) != GLIA_OK)
        stop("a model");
    write_seed("model", number, bytes, size);
    write_seed("model_sealed", number, bytes, size);
}

static void write_models(void)
{
    static const float inputs[] = {1, 2, 3};
    static const float targets[] = {0, 1, 0};
    const glia_samples row = {.struct_size = sizeof row, .rows = 1, .inputs = inputs, .targets = targets};
    int number = 0;
    for (size_t i = 0; i < COUNT_OF(architectures); i++) {
        for (size_t j = 0; j < COUNT_OF(optimizers); j++) {
            glia_net *net = NULL;
            if (glia_net_create(&net, architectures[i], j) != GLIA_OK ||
                glia_net_set_optimizer(net, optimizers[j]) != GLIA_OK ||
                glia_net_set_metadata(net, "classes", "[\"a\",\"b\"]") != GLIA_OK ||
                glia_net_set_metadata(net, "note", j % 2 == 0 ? "" : "\x01\\\"\xc3\xa4") != GLIA_OK)
                stop("a network");
            write_model(net, number++);
            if (optimizers[j] != NULL && glia_net_train(net, &row, NULL) != GLIA_OK)
                stop("training");
            write_model(net, number++);
            glia_net_destroy(net);
        }
    }
}

/* A model of the other precision. */
static void write_double_model(void)
{
    static unsigned char bytes[1 << 14];
    size_t size = 0;
    glia64_net *net = NULL;
    if (glia64_net_create(&net, architectures[0], 1) != GLIA_OK ||
        glia64_net_save_memory(net, bytes, sizeof bytes, &size) != GLIA_OK)
        stop("a model of doubles");
    write_seed("model", 999, bytes, size);
    write_seed("model_sealed", 999, bytes, size);
    glia64_net_destroy(net);
}

/* Texts and data */

/* The first of each pair is where fuzz_texts.c puts it: architecture, loss, optimizer, fit, metrics. */
static const struct {
    unsigned place;
    const char *text;
} texts[] = {
    {0, "input 784, dense 128 relu, dropout 0.2, dense 10 softmax"},
    {0, "input 3 # three\nstandardize\ndense 4 leaky_relu slope=0.3 init=he_normal bias=no\nstep"},
    {0, "input width=2, identity, sigmoid, tanh, relu, leaky_relu, softmax, dense units=1e1 activation=step"},
    {1, "mse l1=0.5 l2=1e-3 reduction=sum"},
    {1, "binary_cross_entropy"},
    {2, "sgd learning_rate=0.1 momentum=0.9 nesterov=yes"},
    {2, "adam learning_rate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8"},
    {2, "adamw weight_decay=0.01"},
    {3, "epochs=20 batch=32 patience=5 shuffle=yes"},
    {3, "batch=all"},
    {4, "loss, accuracy, mse, mae"},
};

/* The first of each pair is the number of the options in fuzz_csv.c. */
static const struct {
    unsigned options;
    const char *text;
} tables[] = {
    {0, "1,2\n3,4\n"},
    {1, "a,b,t\r\n1,-2.5e3,x\r\n3,.25,\"y, \"\"z\"\"\"\r\n"},
    {2, "1;x;2\n\"3\";y;4\n"},
    {3, "\xef\xbb\xbf"
        "a,t\n1,\xc3\xa4\n2,b\n"},
    {4, "a,t\n1e308,0.5\n-0,1e-320\n"},
    {5, "a;b\n1;2\n"},
};

/* Behind two bytes that say how long the first file is: images 2 x 2 x 1, and their labels. */
static const unsigned char pictures[] = {0, 20, 0, 0, 8,   3,   0, 0, 0, 2, 0, 0, 0, 2, 0, 0,
                                         0, 1,  0, 1, 128, 255, 0, 0, 8, 1, 0, 0, 0, 2, 7, 9};

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: make_seeds FOLDER\n");
        return 1;
    }
    root = argv[1];
    make_folder(root);
    write_models();
    write_double_model();
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        write_text_seed("texts", (int)i, texts[i].place, texts[i].text);
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        write_text_seed("csv", (int)i, tables[i].options, tables[i].text);
    write_seed("idx", 0, pictures, sizeof pictures);
    return 0;
}
