/* SPDX-License-Identifier: MIT */
/* Unpacking gzip, piece by piece. */
#ifndef GLIA_IO_GUNZIP_H
#define GLIA_IO_GUNZIP_H

#include <stddef.h>

#include <glia/glia.h>

typedef struct glia__gunzip glia__gunzip;

typedef enum glia__gunzip_state {
    GLIA__GUNZIP_MORE,    /* it goes on, with more input or more room */
    GLIA__GUNZIP_END,     /* a member is complete and its checksum right; another may follow */
    GLIA__GUNZIP_DAMAGED, /* this is no gzip data */
    GLIA__GUNZIP_NOMEM,
} glia__gunzip_state;

/* What a step may use and fill; it leaves what it has not used or filled. */
typedef struct glia__gunzip_step {
    const unsigned char *input;
    size_t input_size;
    unsigned char *output;
    size_t output_size;
} glia__gunzip_step;

/* GLIA_ERR_UNSUPPORTED, without a message, if libglia-io was built without zlib. */
glia_status glia__gunzip_create(glia__gunzip **gunzip);

glia__gunzip_state glia__gunzip_run(glia__gunzip *gunzip, glia__gunzip_step *step);

void glia__gunzip_destroy(glia__gunzip *gunzip);

#endif
