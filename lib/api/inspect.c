/* SPDX-License-Identifier: MIT */
/* Looking at a net: its sizes, arrays, texts and metadata. */
#include "api/net.h"
#include "base/utf8.h"
#include "model/fields.h"
#include "net/summary.h"

real *glia_net_parameters(glia_net *net, size_t *count)
{
    if (count != NULL)
        *count = net == NULL ? 0 : net->network.parameter_count;
    if (net == NULL) {
        glia__fail_null("net");
        return NULL;
    }
    return net->network.values;
}

real *glia_net_gradients(glia_net *net, size_t *count)
{
    bool is_there = net != NULL && glia__trainer_reserve_gradients(&net->trainer) == GLIA_OK;
    if (count != NULL)
        *count = is_there ? net->network.parameter_count : 0;
    if (net == NULL)
        glia__fail_null("net");
    return is_there ? net->trainer.gradients : NULL;
}

glia_status glia_net_tensor(const glia_net *net, size_t index, glia_tensor *view)
{
    if (net == NULL || view == NULL)
        return glia__fail_null(net == NULL ? "net" : "view");
    if (view->struct_size != sizeof *view)
        return glia__fail(GLIA_ERR_ARGUMENT, "view: struct_size should be %zu, not %zu", sizeof *view,
                          view->struct_size);
    if (index >= net->network.array_count)
        return glia__fail(GLIA_ERR_ARGUMENT, "there is no tensor %zu", index);
    const glia__array *array = net->network.arrays[index];
    *view = (glia_tensor){
        .struct_size = sizeof *view,
        .name = array->name,
        .values = array->values,
        .rank = (int32_t)array->rank,
        .shape = {array->shape[0], array->shape[1]},
        .is_trained = array->is_trained,
    };
    return GLIA_OK;
}

size_t glia_net_input_size(const glia_net *net)
{
    return net == NULL ? 0 : net->network.input_size;
}

size_t glia_net_output_size(const glia_net *net)
{
    return net == NULL ? 0 : net->network.output_size;
}

const char *glia_net_architecture(const glia_net *net)
{
    return net == NULL ? NULL : net->network.architecture;
}

const char *glia_cpu(const glia_net *net)
{
    return net == NULL ? NULL : net->network.kernels->name;
}

/* The layers, and how the network is trained. */
static void write_summary(glia__writer *writer, const glia_net *net)
{
    glia__summary_write(writer, &net->network);
    glia__write_text(writer, "\nloss       ");
    glia__loss_write(writer, &net->trainer.loss);
    glia__write_text(writer, "\noptimizer  ");
    if (net->trainer.optimizer.type == NULL)
        glia__write_text(writer, "none");
    else
        glia__optimizer_write(writer, &net->trainer.optimizer);
    glia__write_text(writer, "\n");
}

glia_status glia_net_summary(const glia_net *net, char *buffer, size_t capacity, size_t *needed)
{
    if (net == NULL)
        return glia__fail_null("net");
    if (buffer == NULL && capacity > 0)
        return glia__fail_null("buffer");
    glia__writer writer = {0};
    write_summary(&writer, net);
    if (needed != NULL)
        *needed = writer.length + 1;
    if (capacity <= writer.length)
        return glia__fail(GLIA_ERR_ARGUMENT, "the summary takes %zu bytes; there are %zu", writer.length + 1, capacity);
    writer = (glia__writer){.buffer = buffer, .capacity = capacity};
    write_summary(&writer, net);
    return GLIA_OK;
}

glia_status glia_net_set_metadata(glia_net *net, const char *key, const char *value)
{
    if (net == NULL || key == NULL)
        return glia__fail_null(net == NULL ? "net" : "key");
    if (!glia__metadata_key_is_free(key))
        return glia__fail(GLIA_ERR_ARGUMENT, "'%.40s' cannot be a key: it is empty, not UTF-8 or begins with '%s'", key,
                          GLIA__FIELD_PREFIX);
    if (value != NULL && !glia__utf8_is_valid(value))
        return glia__fail(GLIA_ERR_ARGUMENT, "the value of '%.40s' is not UTF-8", key);
    return glia__metadata_set(&net->metadata, &net->network.allocator, key, value);
}

const char *glia_net_metadata(const glia_net *net, const char *key)
{
    return net == NULL || key == NULL ? NULL : glia__metadata_get(&net->metadata, key);
}

const char *glia_net_metadata_key(const glia_net *net, size_t index)
{
    const glia__metadata_entry *entry = net == NULL ? NULL : glia__metadata_at(&net->metadata, index);
    return entry == NULL ? NULL : entry->key;
}
