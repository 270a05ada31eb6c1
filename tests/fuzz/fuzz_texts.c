/* SPDX-License-Identifier: MIT */
/* Any text where the library takes one: the first byte says where, the rest is the text. What is accepted has a
 * canonical form that means the same. */
#include <string.h>

#include <glia/glia.h>

#include "api/aligned_memory.h"
#include "fuzz/target.h"

#define MEMORY_MAX ((size_t)1 << 16) /* a block; a network that is merely large is no find, and is slow here */

static void *allocate(void *user, size_t size, size_t alignment)
{
    (void)user;
    return size > MEMORY_MAX ? NULL : aligned_memory_take(size, alignment);
}

static void release(void *user, void *block, size_t size)
{
    (void)user;
    (void)size;
    aligned_memory_give(block);
}

static glia_net *create(const char *architecture)
{
    const glia_options options = {
        .struct_size = sizeof options, .seed = 1, .kernels = "portable", .allocate = allocate, .release = release};
    glia_net *net = NULL;
    glia_status status = glia_net_create_with(&net, architecture, &options);
    REQUIRE((status == GLIA_OK) == (net != NULL));
    return net;
}

/* The network, as it is saved, is one that can be loaded and is saved the same. */
static void require_saved_the_same(const glia_net *net)
{
    size_t size = 0, needed = 0;
    glia_net *loaded = NULL;
    REQUIRE(glia_net_save_memory(net, NULL, 0, &size) == GLIA_ERR_ARGUMENT);
    uint8_t *saved = malloc(2 * size);
    REQUIRE(saved != NULL);
    REQUIRE(glia_net_save_memory(net, saved, size, NULL) == GLIA_OK);
    REQUIRE(glia_net_load_memory(&loaded, saved, size, NULL) == GLIA_OK);
    REQUIRE(glia_net_save_memory(loaded, saved + size, size, &needed) == GLIA_OK);
    REQUIRE(needed == size && memcmp(saved, saved + size, size) == 0);
    glia_net_destroy(loaded);
    free(saved);
}

static void try_architecture(const char *text)
{
    glia_net *net = create(text);
    if (net == NULL)
        return;
    glia_net *again = create(glia_net_architecture(net));
    REQUIRE(again != NULL && strcmp(glia_net_architecture(again), glia_net_architecture(net)) == 0);
    glia_net_destroy(again);
    require_saved_the_same(net);
    glia_net_destroy(net);
}

static int32_t stop_at_once(void *user, const glia_progress *progress)
{
    (void)user;
    (void)progress;
    return 1;
}

static void try_metrics(const glia_net *net, const glia_samples *samples, const char *text)
{
    double *values = malloc((strlen(text) + 1) * sizeof *values); /* a metric has at least a letter */
    REQUIRE(values != NULL);
    (void)glia_net_evaluate(net, samples, text, values);
    free(values);
}

enum {
    ARCHITECTURE,
    LOSS,
    OPTIMIZER,
    FIT,
    METRICS,
    PLACES
};

static void try_text(uint8_t place, const char *text)
{
    static const float inputs[] = {0, 1, 2, 3}, targets[] = {0, 1};
    const glia_samples samples = {.struct_size = sizeof samples, .rows = 2, .inputs = inputs, .targets = targets};
    if (place % PLACES == ARCHITECTURE) {
        try_architecture(text);
        return;
    }
    glia_net *net = create("input 2, dense 1 sigmoid");
    REQUIRE(net != NULL);
    if (place % PLACES == LOSS)
        (void)glia_net_set_loss(net, text);
    else if (place % PLACES == OPTIMIZER)
        (void)glia_net_set_optimizer(net, text);
    else if (place % PLACES == FIT)
        (void)glia_net_fit(net, &samples, NULL, text, stop_at_once, NULL);
    else
        try_metrics(net, &samples, text);
    require_saved_the_same(net);
    glia_net_destroy(net);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    char *text = malloc(size);
    REQUIRE(text != NULL);
    memcpy(text, bytes + 1, size - 1);
    text[size - 1] = '\0';
    try_text(bytes[0], text);
    free(text);
    return 0;
}
