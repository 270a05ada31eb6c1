/* SPDX-License-Identifier: MIT */
/* Saving and loading a net. */
#include "api/net.h"
#include "base/float_mode.h"
#include "model/file_origin.h"
#include "model/model_file.h"

/* The parts of a net as the model's functions take them; those that only read leave them as they are. */
static glia__model model_of(glia_net *net)
{
    return (glia__model){.network = &net->network, .trainer = &net->trainer, .metadata = &net->metadata};
}

/* Say which file it was that something went wrong with. */
static glia_status about_file(glia_status status, const char *path)
{
    return status == GLIA_OK ? GLIA_OK : glia__fail(status, "%.300s: %s", path, glia_error_message());
}

glia_status glia_net_save(const glia_net *net, const char *path)
{
    if (net == NULL || path == NULL)
        return glia__fail_null(net == NULL ? "net" : "path");
    const glia__model model = model_of((glia_net *)net);
    glia_status status = glia__model_check_finite(&model);
    return status != GLIA_OK ? status : about_file(glia__model_file_write(&model, path, &glia__system_files), path);
}

glia_status glia_net_save_memory(const glia_net *net, void *buffer, size_t capacity, size_t *needed)
{
    if (net == NULL)
        return glia__fail_null("net");
    const glia__model model = model_of((glia_net *)net);
    glia_status status = glia__model_check_finite(&model);
    if (status != GLIA_OK)
        return status;
    uint64_t size;
    uint32_t checksum = glia__model_checksum(&model, &size);
    if (needed != NULL)
        *needed = (size_t)size;
    if (buffer == NULL || capacity < size)
        return glia__fail(GLIA_ERR_ARGUMENT, "the model takes %llu bytes; there are %zu", (unsigned long long)size,
                          buffer == NULL ? 0 : capacity);
    glia__memory_sink sink = glia__memory_sink_begin(buffer);
    glia__model_encode(&model, checksum, &sink.base);
    return GLIA_OK;
}

static glia_status load(glia_net **net, glia__origin *origin, const glia_options *options,
                        const glia__network_setup *setup)
{
    glia_net *loaded = glia__net_allocate(options, setup);
    if (loaded == NULL)
        return GLIA_ERR_NOMEM;
    glia__model model = model_of(loaded);
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    glia_status status = glia__model_decode(&model, origin, setup);
    glia__float_mode_leave(mode);
    if (status != GLIA_OK) {
        glia_net_destroy(loaded);
        return status;
    }
    loaded->trainer.threads = loaded->threads;
    *net = loaded;
    return GLIA_OK;
}

glia_status glia_net_load_memory(glia_net **net, const void *bytes, size_t size, const glia_options *options)
{
    glia_options read;
    glia__network_setup setup;
    if (net == NULL || bytes == NULL)
        return glia__fail_null(net == NULL ? "net" : "bytes");
    if (size > PTRDIFF_MAX)
        return glia__fail(GLIA_ERR_FORMAT, "%zu bytes are more than memory can hold in one piece", size);
    glia_status status = glia__options_read(&read, &setup, options);
    if (status != GLIA_OK)
        return status;
    glia__memory_origin origin = glia__memory_origin_begin(bytes, size);
    return load(net, &origin.base, &read, &setup);
}

glia_status glia_net_load(glia_net **net, const char *path, const glia_options *options)
{
    glia_options read;
    glia__network_setup setup;
    if (net == NULL || path == NULL)
        return glia__fail_null(net == NULL ? "net" : "path");
    glia_status status = glia__options_read(&read, &setup, options);
    if (status != GLIA_OK)
        return status;

    glia__file_origin origin;
    status = glia__file_origin_open(&origin, path, &glia__system_files, &setup.allocator);
    if (status == GLIA_OK) {
        status = load(net, &origin.base, &read, &setup);
        glia__file_origin_close(&origin);
    }
    return about_file(status, path);
}
