/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model come from. */
#include "model/origin.h"

#include <string.h>

#include "base/crc32c.h"

glia_status glia__origin_lend(glia__origin *origin, size_t begin, size_t end, glia__piece *piece)
{
    glia_status status = origin->lend(origin, begin, piece);
    if (status == GLIA_OK && piece->size > end - begin)
        piece->size = end - begin;
    return status;
}

glia_status glia__origin_copy(glia__origin *origin, size_t begin, void *bytes, size_t size)
{
    unsigned char *to = bytes;
    glia__piece piece;
    for (size_t end = begin + size; begin < end; begin += piece.size, to += piece.size) {
        glia_status status = glia__origin_lend(origin, begin, end, &piece);
        if (status != GLIA_OK)
            return status;
        memcpy(to, piece.bytes, piece.size);
    }
    return GLIA_OK;
}

glia_status glia__origin_add_checksum(glia__origin *origin, size_t begin, size_t end, uint32_t *crc)
{
    glia__piece piece;
    for (; begin < end; begin += piece.size) {
        glia_status status = glia__origin_lend(origin, begin, end, &piece);
        if (status != GLIA_OK)
            return status;
        *crc = glia__crc32c(*crc, piece.bytes, piece.size);
    }
    return GLIA_OK;
}

static glia_status lend_memory(glia__origin *base, size_t begin, glia__piece *piece)
{
    const glia__memory_origin *origin = (const glia__memory_origin *)base;
    *piece = (glia__piece){.bytes = origin->bytes + begin, .size = base->size - begin};
    return GLIA_OK;
}

glia__memory_origin glia__memory_origin_begin(const void *bytes, size_t size)
{
    return (glia__memory_origin){.base = {.lend = lend_memory, .size = size}, .bytes = bytes};
}
