/* SPDX-License-Identifier: MIT */
/* What the tests of the public calls share; see harness.h. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* glia itself draws from streams below 2^31. */
#define STREAM_VALUES  UINT32_C(0x80000000)
#define STREAM_CLASSES UINT32_C(0x80000001)
#define STREAM_LAYERS  UINT32_C(0x80000002)

void harness_assert_status(glia_status actual, glia_status expected, const char *call, const char *file, int line)
{
    const char *message = glia_error_message();
    if (actual != expected) {
        print_error("%s answers '%s' (%s), not '%s'\n", call, glia_status_text(actual), message,
                    glia_status_text(expected));
        _fail(file, line);
    }
    if (actual >= GLIA_ERR_ARGUMENT && (message[0] == '\0' || strchr(message, '\n') != NULL)) {
        print_error("%s leaves a message that is not one line: '%s'\n", call, message);
        _fail(file, line);
    }
}

void harness_assert_message_has(const char *part, const char *file, int line)
{
    if (strstr(glia_error_message(), part) != NULL)
        return;
    print_error("the message lacks '%s': %s\n", part, glia_error_message());
    _fail(file, line);
}

void harness_assert_near(double actual, double expected, double tolerance, const char *what, const char *file, int line)
{
    if (fabs(actual - expected) <= tolerance)
        return;
    print_error("%s is %.17g, not %.17g within %.3g\n", what, actual, expected, tolerance);
    _fail(file, line);
}

void harness_assert_close(double actual, double expected, const char *what, const char *file, int line)
{
    harness_assert_near(actual, expected, 32 * ROUNDING * fmax(1, fabs(expected)), what, file, line);
}

void harness_assert_same_bits(const real *actual, const real *expected, size_t count, const char *what,
                              const char *file, int line)
{
    for (size_t i = 0; i < count; i++) {
        if (memcmp(&actual[i], &expected[i], sizeof(real)) == 0)
            continue;
        print_error("%s[%zu] is %.17g, not %.17g bit for bit\n", what, i, (double)actual[i], (double)expected[i]);
        _fail(file, line);
    }
}

harness_file harness_save(const glia_net *net)
{
    harness_file file = {NULL, 0};
    assert_status(glia_net_save_memory(net, NULL, 0, &file.size), GLIA_ERR_ARGUMENT);
    file.bytes = malloc(file.size);
    assert_non_null(file.bytes);
    assert_ok(glia_net_save_memory(net, file.bytes, file.size, NULL));
    return file;
}

glia_net *harness_load(harness_file file)
{
    glia_net *net = NULL;
    assert_ok(glia_net_load_memory(&net, file.bytes, file.size, NULL));
    assert_non_null(net);
    return net;
}

void harness_free(harness_file *file)
{
    free(file->bytes);
    *file = (harness_file){NULL, 0};
}

void harness_assert_saves(const glia_net *net, harness_file file, const char *source, int line)
{
    harness_file now = harness_save(net);
    int is_same = now.size == file.size && memcmp(now.bytes, file.bytes, file.size) == 0;
    harness_free(&now);
    if (!is_same) {
        print_error("the network would not be saved as the same bytes\n");
        _fail(source, line);
    }
}

void harness_assert_same_net(const glia_net *actual, const glia_net *expected, const char *file, int line)
{
    harness_file saved = harness_save(expected);
    harness_assert_saves(actual, saved, file, line);
    harness_free(&saved);
}

glia_net *harness_net(const char *architecture, uint64_t seed)
{
    glia_net *net = NULL;
    assert_ok(glia_net_create(&net, architecture, seed));
    assert_non_null(net);
    return net;
}

glia_net *harness_copy(const glia_net *net)
{
    glia_net *copy = NULL;
    assert_ok(glia_net_copy(&copy, net));
    assert_non_null(copy);
    return copy;
}

glia_net *harness_unit_net(size_t width, const char *activation)
{
    char architecture[128];
    snprintf(architecture, sizeof architecture, "input %zu, dense %zu %s init=zeros", width, width, activation);
    glia_net *net = harness_net(architecture, 1);
    real *weight = glia_net_parameters(net, NULL);
    for (size_t i = 0; i < width; i++)
        weight[i * width + i] = 1;
    return net;
}

void harness_random_stack(char text[HARNESS_STACK_SIZE], uint64_t seed, int has_dropout)
{
    static const char *const layers[] = {
        "dense 3", "dense 4 tanh", "dense 5 relu bias=no", "dense 2 softmax", "standardize", "identity", "sigmoid",
        "tanh",    "relu",         "leaky_relu slope=0.3", "softmax",         "dropout 0.25"};
    enum {
        N_LAYERS = 7
    };
    size_t n_choices = COUNT_OF(layers) - !has_dropout;
    int length = snprintf(text, HARNESS_STACK_SIZE, "input 3");
    for (uint64_t i = 0; i < N_LAYERS; i++) {
        const char *layer = layers[glia_random(seed, STREAM_LAYERS, 0, i) % n_choices];
        length += snprintf(text + length, HARNESS_STACK_SIZE - (size_t)length, ", %s", layer);
    }
}

glia_samples harness_with_classes(const real *inputs, const int32_t *classes, size_t rows)
{
    return (glia_samples){.struct_size = sizeof(glia_samples), .rows = rows, .inputs = inputs, .classes = classes};
}

glia_samples harness_with_targets(const real *inputs, const real *targets, size_t rows)
{
    return (glia_samples){.struct_size = sizeof(glia_samples), .rows = rows, .inputs = inputs, .targets = targets};
}

void harness_fill(real *values, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++)
        values[i] = (real)((double)(glia_random(seed, STREAM_VALUES, 0, i) >> 11) * 0x1p-52 - 1);
}

void harness_fill_classes(int32_t *classes, size_t count, int32_t n_classes, uint64_t seed)
{
    for (size_t i = 0; i < count; i++)
        classes[i] = (int32_t)(glia_random(seed, STREAM_CLASSES, 0, i) % (uint64_t)n_classes);
}

size_t harness_parameter_count(glia_net *net)
{
    size_t count = 0;
    assert_non_null(glia_net_parameters(net, &count));
    return count;
}

double harness_metric(const glia_net *net, const glia_samples *samples, const char *metric)
{
    double value = 0;
    assert_ok(glia_net_evaluate(net, samples, metric, &value));
    return value;
}
