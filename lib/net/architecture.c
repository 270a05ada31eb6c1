/* SPDX-License-Identifier: MIT */
/* The text of a network, item by item. */
#include "net/architecture.h"

#include <assert.h>

#include "net/layers.h"

static const glia__layer_type *type_of(const glia__item *item)
{
    return (const glia__layer_type *)item->self.entry;
}

static void rewind_text(glia__architecture *architecture)
{
    architecture->text = glia__text_begin("architecture", architecture->text.begin, &glia__layer_vocabulary);
    architecture->next = 0;
}

/* The next item as it stands in the text; an input that is missing there comes first. */
static glia_status read_item(glia__architecture *architecture, glia__item *item, bool *is_end)
{
    const glia__text before = architecture->text;
    glia_status status = glia__text_next(&architecture->text, item, is_end);
    if (status != GLIA_OK || *is_end)
        return status;
    bool is_first = architecture->next == 0;
    if (!is_first && type_of(item)->is_input)
        return glia__text_fail(&before, GLIA_ERR_TEXT, item->position, "'input' may only stand first");
    if (is_first && !type_of(item)->is_input) {
        if (architecture->input_size == 0)
            return glia__text_fail(&before, GLIA_ERR_SHAPE, item->position,
                                   "the width of the input is not known; begin with 'input WIDTH'");
        architecture->text = before;
        *item = glia__item_default(&glia__input_layer.entry);
    }
    if (type_of(item)->complete != NULL)
        type_of(item)->complete(item);
    architecture->next++;
    return GLIA_OK;
}

static glia_status count_items(glia__architecture *architecture)
{
    for (;;) {
        glia__item item;
        bool is_end;
        glia_status status = read_item(architecture, &item, &is_end);
        if (status != GLIA_OK || is_end)
            return status;
        if (type_of(&item)->sets_width)
            architecture->last_width = architecture->item_count;
        architecture->item_count++;
    }
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

/* The next item with its width. */
static glia_status read_settled_item(glia__architecture *architecture, glia__item *item)
{
    size_t number = architecture->next, known = 0;
    bool is_end;
    glia_status status = read_item(architecture, item, &is_end);
    if (status != GLIA_OK || !type_of(item)->sets_width)
        return status;
    if (number == 0)
        known = architecture->input_size;
    else if (number == architecture->last_width)
        known = architecture->output_size;
    return settle_width(&architecture->text, item, known);
}

static glia_status check_widths(glia__architecture *architecture)
{
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < architecture->item_count && status == GLIA_OK; i++) {
        glia__item item;
        status = read_settled_item(architecture, &item);
    }
    return status;
}

glia_status glia__architecture_read(glia__architecture *architecture, const char *text,
                                    const glia__network_setup *setup)
{
    *architecture = (glia__architecture){
        .text = {.begin = text}, .input_size = setup->input_size, .output_size = setup->output_size};
    rewind_text(architecture);
    glia_status status = count_items(architecture);
    if (status != GLIA_OK)
        return status;
    if (architecture->item_count < 2)
        return glia__text_fail(&architecture->text, GLIA_ERR_TEXT,
                               (size_t)(architecture->text.at - architecture->text.begin),
                               "expected: layer, as 'dense 10 softmax'");
    rewind_text(architecture);
    status = check_widths(architecture);
    rewind_text(architecture);
    return status;
}

bool glia__architecture_next(glia__architecture *architecture, glia__item *item)
{
    if (architecture->next == architecture->item_count) {
        rewind_text(architecture);
        return false;
    }
    glia_status status = read_settled_item(architecture, item);
    assert(status == GLIA_OK); /* it has been checked */
    (void)status;
    return true;
}

void glia__architecture_write(glia__writer *writer, glia__architecture *architecture)
{
    glia__item item;
    for (size_t i = 0; glia__architecture_next(architecture, &item); i++) {
        if (i > 0)
            glia__write_text(writer, ", ");
        glia__item_write(writer, &item);
    }
}
