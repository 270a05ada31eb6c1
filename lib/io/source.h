/* SPDX-License-Identifier: MIT */
/* The bytes of a file, plain or gzip by its content. */
#ifndef GLIA_IO_SOURCE_H
#define GLIA_IO_SOURCE_H

#include <stddef.h>

#include <glia/glia.h>

typedef struct glia__source glia__source;

/* Open a file; `path` must outlive the source. GLIA_ERR_UNSUPPORTED: gzip, and built without zlib. */
glia_status glia__source_open(glia__source **source, const char *path);

/* Read up to `size` bytes; *count is less only at the end. Damaged or cut off gzip data are GLIA_ERR_FORMAT. */
glia_status glia__source_read(glia__source *source, void *bytes, size_t size, size_t *count);

/* NULL is fine. */
void glia__source_close(glia__source *source);

#endif
