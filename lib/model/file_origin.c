/* SPDX-License-Identifier: MIT */
/* A regular file as where a model comes from. */
#include "model/file_origin.h"

#include <errno.h>

#define BUFFER_SIZE 8192

static glia_status fill(glia__file_origin *origin, size_t begin)
{
    size_t wanted = origin->base.size - begin;
    if (wanted > origin->buffer.size)
        wanted = origin->buffer.size;
    ssize_t count;
    int times = 0;
    do
        count = origin->calls->read(origin->file, origin->buffer.bytes, wanted, (off_t)begin);
    while (count < 0 && glia__is_interrupted(&times));
    if (count < 0)
        return glia__file_fail("read", errno);
    if (count == 0)
        return glia__fail(GLIA_ERR_IO, "cannot read: it became shorter");
    origin->begin = begin;
    origin->length = (size_t)count;
    return GLIA_OK;
}

static glia_status lend_file(glia__origin *base, size_t begin, glia__piece *piece)
{
    glia__file_origin *origin = (glia__file_origin *)base;
    bool is_at_hand = begin >= origin->begin && begin - origin->begin < origin->length;
    glia_status status = is_at_hand ? GLIA_OK : fill(origin, begin);
    if (status != GLIA_OK)
        return status;
    size_t skipped = begin - origin->begin;
    *piece = (glia__piece){(unsigned char *)origin->buffer.bytes + skipped, origin->length - skipped};
    return GLIA_OK;
}

/* Look at the open file, and take memory for the buffer. */
static glia_status prepare(glia__file_origin *origin)
{
    struct stat about;
    if (origin->calls->look_at_open(origin->file, &about) != 0)
        return glia__file_fail("read", errno);
    if (!S_ISREG(about.st_mode))
        return glia__fail(GLIA_ERR_IO, "cannot read: it is no regular file");
    if ((uintmax_t)about.st_size > SIZE_MAX)
        return glia__fail(GLIA_ERR_NOMEM, "it is larger than memory can count");
    origin->base.size = (size_t)about.st_size;
    return glia__block_reserve(&origin->buffer, origin->allocator,
                               origin->base.size < BUFFER_SIZE ? origin->base.size : BUFFER_SIZE);
}

glia_status glia__file_origin_open(glia__file_origin *origin, const char *path, const glia__file_calls *calls,
                                   const glia__allocator *allocator)
{
    *origin = (glia__file_origin){.base = {.lend = lend_file}, .calls = calls, .allocator = allocator};
    int times = 0;
    do
        origin->file = calls->open(path);
    while (origin->file < 0 && glia__is_interrupted(&times));
    if (origin->file < 0)
        return glia__file_fail("open", errno);
    glia_status status = prepare(origin);
    if (status != GLIA_OK)
        glia__file_origin_close(origin);
    return status;
}

void glia__file_origin_close(glia__file_origin *origin)
{
    origin->calls->close(origin->file);
    glia__block_release(&origin->buffer, origin->allocator);
}
