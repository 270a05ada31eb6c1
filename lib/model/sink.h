/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model go. The encoder writes the same bytes into whichever of these it is given. */
#ifndef GLIA_MODEL_SINK_H
#define GLIA_MODEL_SINK_H

#include "model/origin.h"

/* `write` notes a failure in `status` and takes no more after that. */
typedef struct glia__sink {
    void (*write)(struct glia__sink *sink, const void *bytes, size_t size);
    uint64_t size; /* bytes written so far */
    glia_status status;
} glia__sink;

void glia__sink_write(glia__sink *sink, const void *bytes, size_t size);
void glia__sink_text(glia__sink *sink, const char *text);

/* Only counts. */
glia__sink glia__counting_sink(void);

/* Counts, and computes the CRC-32C. */
typedef struct glia__checksum_sink {
    glia__sink base;
    uint32_t crc;
} glia__checksum_sink;

glia__checksum_sink glia__checksum_sink_begin(void);

/* Into memory of sufficient size. */
typedef struct glia__memory_sink {
    glia__sink base;
    unsigned char *at;
} glia__memory_sink;

glia__memory_sink glia__memory_sink_begin(void *memory);

/* Against what stands in front of `end`: GLIA_ERR_FORMAT from the first byte that differs. */
typedef struct glia__comparing_sink {
    glia__sink base;
    glia__origin *origin;
    size_t end;
} glia__comparing_sink;

glia__comparing_sink glia__comparing_sink_begin(glia__origin *origin, size_t end);

#endif
