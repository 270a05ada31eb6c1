/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model come from: memory, or a file, which is never in memory as a whole. */
#ifndef GLIA_MODEL_ORIGIN_H
#define GLIA_MODEL_ORIGIN_H

#include "base/status.h"

typedef struct glia__piece {
    const unsigned char *bytes;
    size_t size;
} glia__piece;

typedef struct glia__origin {
    /* Lend what stands at `begin`, which is below the size: at least a byte, as many as are at hand, until the next
     * call. */
    glia_status (*lend)(struct glia__origin *origin, size_t begin, glia__piece *piece);
    size_t size;
} glia__origin;

/* Lend from what stands between `begin` and `end`, the first byte at least. */
glia_status glia__origin_lend(glia__origin *origin, size_t begin, size_t end, glia__piece *piece);

/* Copy what stands at `begin`. */
glia_status glia__origin_copy(glia__origin *origin, size_t begin, void *bytes, size_t size);

/* Let a CRC-32C go on over what stands between `begin` and `end`. */
glia_status glia__origin_add_checksum(glia__origin *origin, size_t begin, size_t end, uint32_t *crc);

typedef struct glia__memory_origin {
    glia__origin base;
    const unsigned char *bytes;
} glia__memory_origin;

glia__memory_origin glia__memory_origin_begin(const void *bytes, size_t size);

#endif
