/* SPDX-License-Identifier: MIT */
/*
 * The text of a network, item by item, with widths that are all known.
 *
 * The items are read anew by whoever wants to see them, and are never in memory together: a text from a stranger may
 * name thousands of layers, each in a few bytes.
 */
#ifndef GLIA_NET_ARCHITECTURE_H
#define GLIA_NET_ARCHITECTURE_H

#include "net/network.h"

typedef struct glia__architecture {
    glia__text text;                /* from the item that comes next */
    size_t input_size, output_size; /* as the setup knows them; 0: it does not */
    size_t next;                    /* the number of that item: input first, then one or more layers */
    size_t item_count;
    size_t last_width; /* the last item that says how wide its output is; the input, at worst */
} glia__architecture;

/* Check a text; widths that it leaves out come from the setup. Afterwards its first item comes next. The text is not
 * copied, and nothing is allocated. */
glia_status glia__architecture_read(glia__architecture *architecture, const char *text,
                                    const glia__network_setup *setup);

/* The next item of a text that has been checked. false: that was all, and the first comes next. */
bool glia__architecture_next(glia__architecture *architecture, glia__item *item);

/* The canonical text of all items. */
void glia__architecture_write(glia__writer *writer, glia__architecture *architecture);

#endif
