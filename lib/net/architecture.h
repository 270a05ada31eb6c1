/* SPDX-License-Identifier: MIT */
/* The text of a network as a list of items whose widths are all known. */
#ifndef GLIA_NET_ARCHITECTURE_H
#define GLIA_NET_ARCHITECTURE_H

#include "net/network.h"

typedef struct glia__architecture {
    glia__item *items; /* input first, then one or more layers */
    size_t item_count;
    glia__block memory; /* of the items */
} glia__architecture;

/* Read a text; widths that it leaves out come from the setup. Release the architecture whatever the answer. */
glia_status glia__architecture_read(glia__architecture *architecture, const char *text,
                                    const glia__network_setup *setup);

/* The canonical text. */
void glia__architecture_write(glia__writer *writer, const glia__architecture *architecture);

void glia__architecture_release(glia__architecture *architecture, const glia__allocator *allocator);

#endif
