/* SPDX-License-Identifier: MIT */
/* The text of a network as a list of items. */
#include "net/architecture.h"

#include "net/layers.h"

static const glia__layer_type *type_of(const glia__item *item)
{
    return (const glia__layer_type *)item->self.entry;
}

static glia_status add_item(glia__architecture *architecture, const glia__item *item, const glia__allocator *allocator)
{
    size_t size = (architecture->item_count + 1) * sizeof *architecture->items;
    glia_status status = glia__block_extend(&architecture->memory, allocator, size);
    if (status != GLIA_OK)
        return status;
    architecture->items = architecture->memory.bytes;
    architecture->items[architecture->item_count++] = *item;
    return GLIA_OK;
}

/* The next item goes to the end of the list; a missing input is put in front first. */
static glia_status append(glia__architecture *architecture, const glia__text *text, const glia__item *item,
                          const glia__network_setup *setup)
{
    bool is_first = architecture->item_count == 0;
    glia_status status = GLIA_OK;
    if (is_first && !type_of(item)->is_input) {
        if (setup->input_size == 0)
            return glia__text_fail(text, GLIA_ERR_SHAPE, item->position,
                                   "the width of the input is not known; begin with 'input WIDTH'");
        const glia__item input = glia__item_default(&glia__input_layer.entry);
        status = add_item(architecture, &input, &setup->allocator);
    } else if (!is_first && type_of(item)->is_input) {
        return glia__text_fail(text, GLIA_ERR_TEXT, item->position, "'input' may only stand first");
    }
    if (status == GLIA_OK)
        status = add_item(architecture, item, &setup->allocator);
    if (status == GLIA_OK && type_of(item)->complete != NULL)
        type_of(item)->complete(&architecture->items[architecture->item_count - 1]);
    return status;
}

static glia_status read_items(glia__architecture *architecture, glia__text *text, const glia__network_setup *setup)
{
    for (;;) {
        glia__item item;
        bool is_end;
        glia_status status = glia__text_next(text, &item, &is_end);
        if (status == GLIA_OK && !is_end)
            status = append(architecture, text, &item, setup);
        if (status != GLIA_OK || is_end)
            return status;
    }
}

/* The last item that says how wide its output is; the input, at worst. */
static glia__item *last_width(const glia__architecture *architecture)
{
    size_t i = architecture->item_count - 1;
    while (i > 0 && !type_of(&architecture->items[i])->sets_width)
        i--;
    return &architecture->items[i];
}

/* Fill a width that was left out; refuse one that contradicts what is known (0: nothing). */
static glia_status settle_width(const glia__text *text, glia__item *item, size_t known)
{
    double *width = &item->self.values[0];
    if (*width == 0 && known == 0)
        return glia__text_fail(text, GLIA_ERR_SHAPE, item->position, "the width of this layer is missing");
    if (*width != 0 && known != 0 && *width != (double)known) {
        char message[64];
        glia__writer writer = {.buffer = message, .capacity = sizeof message};
        glia__write_text(&writer, "this width should be ");
        glia__write_count(&writer, known);
        return glia__text_fail(text, GLIA_ERR_SHAPE, item->position, message);
    }
    if (*width == 0)
        *width = (double)known;
    return GLIA_OK;
}

static glia_status settle_widths(glia__architecture *architecture, const glia__text *text,
                                 const glia__network_setup *setup)
{
    const glia__item *last = last_width(architecture);
    for (size_t i = 0; i < architecture->item_count; i++) {
        glia__item *item = &architecture->items[i];
        if (!type_of(item)->sets_width)
            continue;
        size_t known = i == 0 ? setup->input_size : item == last ? setup->output_size : 0;
        glia_status status = settle_width(text, item, known);
        if (status != GLIA_OK)
            return status;
    }
    return GLIA_OK;
}

glia_status glia__architecture_read(glia__architecture *architecture, const char *text,
                                    const glia__network_setup *setup)
{
    *architecture = (glia__architecture){0};
    glia__text from = glia__text_begin("architecture", text, &glia__layer_vocabulary);
    glia_status status = read_items(architecture, &from, setup);
    if (status != GLIA_OK)
        return status;
    if (architecture->item_count == 0 || (architecture->item_count == 1 && type_of(architecture->items)->is_input))
        return glia__text_fail(&from, GLIA_ERR_TEXT, (size_t)(from.at - from.begin),
                               "expected: layer, as 'dense 10 softmax'");
    return settle_widths(architecture, &from, setup);
}

void glia__architecture_write(glia__writer *writer, const glia__architecture *architecture)
{
    for (size_t i = 0; i < architecture->item_count; i++) {
        if (i > 0)
            glia__write_text(writer, ", ");
        glia__item_write(writer, &architecture->items[i]);
    }
}

void glia__architecture_release(glia__architecture *architecture, const glia__allocator *allocator)
{
    glia__block_release(&architecture->memory, allocator);
    *architecture = (glia__architecture){0};
}
