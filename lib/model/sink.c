/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model go. */
#include "model/sink.h"

#include <string.h>

#include "base/crc32c.h"

void glia__sink_write(glia__sink *sink, const void *bytes, size_t size)
{
    if (sink->status != GLIA_OK || size == 0)
        return;
    sink->write(sink, bytes, size);
    sink->size += size;
}

void glia__sink_text(glia__sink *sink, const char *text)
{
    glia__sink_write(sink, text, strlen(text));
}

static void count(glia__sink *sink, const void *bytes, size_t size)
{
    (void)sink;
    (void)bytes;
    (void)size;
}

glia__sink glia__counting_sink(void)
{
    return (glia__sink){.write = count};
}

static void add_to_checksum(glia__sink *sink, const void *bytes, size_t size)
{
    glia__checksum_sink *checksum = (glia__checksum_sink *)sink;
    checksum->crc = glia__crc32c(checksum->crc, bytes, size);
}

glia__checksum_sink glia__checksum_sink_begin(void)
{
    return (glia__checksum_sink){.base = {.write = add_to_checksum}};
}

static void copy_to_memory(glia__sink *sink, const void *bytes, size_t size)
{
    glia__memory_sink *memory = (glia__memory_sink *)sink;
    memcpy(memory->at, bytes, size);
    memory->at += size;
}

glia__memory_sink glia__memory_sink_begin(void *memory)
{
    return (glia__memory_sink){.base = {.write = copy_to_memory}, .at = memory};
}

static void compare(glia__sink *sink, const void *bytes, size_t size)
{
    glia__comparing_sink *comparing = (glia__comparing_sink *)sink;
    const unsigned char *at = bytes;
    size_t begin = (size_t)sink->size, end = begin + size;
    glia__piece piece;
    if (size > comparing->end - begin)
        sink->status = GLIA_ERR_FORMAT;
    for (; begin < end && sink->status == GLIA_OK; begin += piece.size, at += piece.size) {
        sink->status = glia__origin_lend(comparing->origin, begin, end, &piece);
        if (sink->status == GLIA_OK && memcmp(piece.bytes, at, piece.size) != 0)
            sink->status = GLIA_ERR_FORMAT;
    }
}

glia__comparing_sink glia__comparing_sink_begin(glia__origin *origin, size_t end)
{
    return (glia__comparing_sink){.base = {.write = compare}, .origin = origin, .end = end};
}
