/* SPDX-License-Identifier: MIT */
/* A regular file as where a model comes from, read through a buffer. */
#ifndef GLIA_MODEL_FILE_ORIGIN_H
#define GLIA_MODEL_FILE_ORIGIN_H

#include "base/memory.h"
#include "model/file_calls.h"
#include "model/origin.h"

typedef struct glia__file_origin {
    glia__origin base;
    const glia__file_calls *calls;
    const glia__allocator *allocator;
    int file;
    glia__block buffer;
    size_t begin, length; /* what of the file is in the buffer */
} glia__file_origin;

/* Open a file; what the origin says later is a failure of reading it. Nothing stays open after a failure. */
glia_status glia__file_origin_open(glia__file_origin *origin, const char *path, const glia__file_calls *calls,
                                   const glia__allocator *allocator);
void glia__file_origin_close(glia__file_origin *origin);

#endif
