/* SPDX-License-Identifier: MIT */
/* The list of optimizers, and their step over a network. */
#include <string.h>

#include "train/optimizer.h"

/* A new optimizer is one line here. */
static const glia__optimizer_type *const optimizer_types[] = {
    &glia__sgd_optimizer,
    &glia__adam_optimizer,
    &glia__adamw_optimizer,
};

static const glia__entry *optimizer_entry(size_t index)
{
    bool is_past_end = index >= sizeof optimizer_types / sizeof *optimizer_types;
    return is_past_end ? NULL : &optimizer_types[index]->entry;
}

static const glia__vocabulary optimizer_vocabulary = {.what = "optimizer", .entry = optimizer_entry};

static glia__optimizer optimizer_of(const glia__named *named)
{
    glia__optimizer optimizer = {.type = (const glia__optimizer_type *)named->entry};
    memcpy(optimizer.values, named->values, sizeof optimizer.values);
    optimizer.state_count = optimizer.type->state_count(optimizer.values);
    return optimizer;
}

glia_status glia__optimizer_read(glia__optimizer *optimizer, const char *text)
{
    glia__item item;
    glia_status status = glia__text_read_one("optimizer", text, &optimizer_vocabulary, &item);
    if (status == GLIA_OK)
        *optimizer = optimizer_of(&item.self);
    return status;
}

glia__optimizer glia__optimizer_default(void)
{
    glia__item item = glia__item_default(&glia__adam_optimizer.entry);
    return optimizer_of(&item.self);
}

void glia__optimizer_write(glia__writer *writer, const glia__optimizer *optimizer)
{
    glia__item item = glia__item_default(&optimizer->type->entry);
    memcpy(item.self.values, optimizer->values, sizeof optimizer->values);
    glia__item_write(writer, &item);
}

void glia__step_update_arrays(const glia__step *step, size_t first, size_t count)
{
    const glia__network *network = step->network;
    for (size_t i = 0; i < network->trained_count; i++) {
        const glia__array *array = network->arrays[network->array_count + i];
        size_t begin = first > array->offset ? first : array->offset;
        size_t end = first + count < array->offset + array->count ? first + count : array->offset + array->count;
        if (begin < end)
            step->optimizer->type->update(step, begin, end - begin, array->is_weight);
    }
}
