/* SPDX-License-Identifier: MIT */
/* Creating, copying and destroying a net. */
#include <string.h>

#include "api/net.h"
#include "base/float_mode.h"
#include "net/layers.h"

glia_status glia__options_read(glia_options *read, glia__network_setup *setup, const glia_options *options)
{
    *read = (glia_options){.struct_size = sizeof *read};
    if (options != NULL && options->struct_size != sizeof *options)
        return glia__fail(GLIA_ERR_ARGUMENT, "options: struct_size should be %zu, not %zu", sizeof *options,
                          options->struct_size);
    if (options != NULL)
        *read = *options;
    if (read->threads < 0)
        return glia__fail(GLIA_ERR_ARGUMENT, "options: threads is %ld", (long)read->threads);
    if (read->input_size > GLIA__WIDTH_MAX || read->output_size > GLIA__WIDTH_MAX)
        return glia__fail(GLIA_ERR_SHAPE, "options: a width of %zu and %zu is more than a network can have",
                          read->input_size, read->output_size);
    if ((read->allocate == NULL) != (read->release == NULL))
        return glia__fail(GLIA_ERR_ARGUMENT, "options: allocate and release go together");

    *setup = (glia__network_setup){
        .allocator = glia__default_allocator,
        .seed = read->seed,
        .input_size = read->input_size,
        .output_size = read->output_size,
    };
    if (read->allocate != NULL)
        setup->allocator = (glia__allocator){.user = read->user, .allocate = read->allocate, .release = read->release};
    return glia__kernels_select(&setup->kernels, read->kernels);
}

/* What calls share that see a net as const. */
typedef struct shared {
    glia__scratch_pool scratch;
    glia__threads threads;
} shared;

glia_net *glia__net_allocate(const glia_options *options, const glia__network_setup *setup)
{
    const glia__allocator *allocator = &setup->allocator;
    glia_net *net = glia__allocate(allocator, sizeof *net);
    shared *together = net == NULL ? NULL : glia__allocate(allocator, sizeof *together);
    if (together == NULL) {
        glia__release(allocator, net, sizeof *net);
        return NULL;
    }
    memset(net, 0, sizeof *net);
    glia__scratch_pool_begin(&together->scratch, allocator);
    glia__threads_begin(&together->threads, allocator, glia__thread_count(options->threads), options->parallel_for,
                        options->user);
    net->scratch = &together->scratch;
    net->threads = &together->threads;
    net->network.allocator = *allocator;
    net->trainer.network = &net->network;
    return net;
}

glia_status glia_net_create(glia_net **net, const char *architecture, uint64_t seed)
{
    const glia_options options = {.struct_size = sizeof options, .seed = seed};
    return glia_net_create_with(net, architecture, &options);
}

glia_status glia_net_create_with(glia_net **net, const char *architecture, const glia_options *options)
{
    glia_options read;
    glia__network_setup setup;
    if (net == NULL || architecture == NULL)
        return glia__fail_null(net == NULL ? "net" : "architecture");
    glia_status status = glia__options_read(&read, &setup, options);
    if (status != GLIA_OK)
        return status;
    glia_net *created = glia__net_allocate(&read, &setup);
    if (created == NULL)
        return GLIA_ERR_NOMEM;

    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    status = glia__network_plan(&created->network, architecture, &setup);
    if (status == GLIA_OK)
        status = glia__network_allocate(&created->network);
    if (status == GLIA_OK)
        glia__network_initialize(&created->network);
    glia__float_mode_leave(mode);
    if (status != GLIA_OK) {
        glia_net_destroy(created);
        return status;
    }
    glia__trainer_begin(&created->trainer, &created->network);
    created->trainer.threads = created->threads;
    *net = created;
    return GLIA_OK;
}

static glia_status copy_parts(glia_net *to, const glia_net *from)
{
    const glia__network *network = &from->network;
    const glia__network_setup setup = {
        .allocator = network->allocator, .kernels = network->kernels, .seed = network->seed};
    glia_status status = glia__network_plan(&to->network, network->architecture, &setup);
    if (status == GLIA_OK)
        status = glia__network_allocate(&to->network);
    if (status == GLIA_OK)
        status = glia__trainer_copy(&to->trainer, &from->trainer, &to->network);
    if (status == GLIA_OK)
        status = glia__metadata_copy(&to->metadata, &from->metadata, &network->allocator);
    if (status == GLIA_OK)
        memcpy(to->network.values, network->values, network->value_count * sizeof *network->values);
    return status;
}

glia_status glia_net_copy(glia_net **copy, const glia_net *net)
{
    if (copy == NULL || net == NULL)
        return glia__fail_null(copy == NULL ? "copy" : "net");
    const glia__threads *threads = net->threads;
    const glia_options options = {
        .threads = (int32_t)threads->wanted, .user = threads->user, .parallel_for = threads->parallel_for};
    const glia__network_setup setup = {.allocator = net->network.allocator};
    glia_net *made = glia__net_allocate(&options, &setup);
    if (made == NULL)
        return GLIA_ERR_NOMEM;
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    glia_status status = copy_parts(made, net);
    glia__float_mode_leave(mode);
    if (status != GLIA_OK) {
        glia_net_destroy(made);
        return status;
    }
    made->trainer.threads = made->threads;
    *copy = made;
    return GLIA_OK;
}

void glia_net_destroy(glia_net *net)
{
    if (net == NULL)
        return;
    const glia__allocator allocator = net->network.allocator;
    glia__history_release(&net->history, &allocator);
    glia__block_release(&net->fit_memory, &allocator);
    glia__metadata_release(&net->metadata, &allocator);
    glia__trainer_release(&net->trainer);
    glia__network_release(&net->network);
    glia__threads_release(net->threads);
    glia__scratch_pool_release(net->scratch);
    glia__release(&allocator, net->scratch, sizeof(shared));
    glia__release(&allocator, net, sizeof *net);
}
