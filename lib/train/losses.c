/* SPDX-License-Identifier: MIT */
/* The list of losses, and what all of them share: text, reduction, penalties. */
#include <string.h>

#include "train/loss.h"

/* A new loss is one line here. The first that fits a network's last layer is its default. */
static const glia__loss_type *const loss_types[] = {
    &glia__cross_entropy_loss,
    &glia__binary_cross_entropy_loss,
    &glia__perceptron_loss,
    &glia__mse_loss,
};

#define LOSS_TYPES (sizeof loss_types / sizeof *loss_types)

static const char *const reductions[] = {[GLIA__REDUCTION_MEAN] = "mean", [GLIA__REDUCTION_SUM] = "sum", NULL};

const glia__setting glia__loss_settings[GLIA__LOSS_SETTINGS] = {
    [GLIA__LOSS_L1] = {.name = "l1", .kind = GLIA__NUMBER, .maximum = (double)REAL_MAX},
    [GLIA__LOSS_L2] = {.name = "l2", .kind = GLIA__NUMBER, .maximum = (double)REAL_MAX},
    [GLIA__LOSS_REDUCTION] = {.name = "reduction", .kind = GLIA__CHOICE, .words = reductions},
};

static const glia__entry *loss_entry(size_t index)
{
    return index < LOSS_TYPES ? &loss_types[index]->entry : NULL;
}

static const glia__vocabulary loss_vocabulary = {.what = "loss", .entry = loss_entry};

static bool fits(const glia__loss_type *type, const glia__network *network)
{
    if (type->activation == NULL)
        return !network->layers[network->layer_count - 1].type->is_only_last;
    return strcmp(type->activation, glia__network_last_activation(network)) == 0;
}

static glia_status fail_unfit(const glia__loss_type *type, const glia__network *network)
{
    char names[128] = "";
    glia__writer writer = {.buffer = names, .capacity = sizeof names};
    for (size_t i = 0; i < LOSS_TYPES; i++) {
        if (!fits(loss_types[i], network))
            continue;
        glia__write_text(&writer, writer.length > 0 ? ", " : "");
        glia__write_text(&writer, loss_types[i]->entry.name);
    }
    const char *last = glia__network_last_activation(network);
    if (type->activation == NULL)
        return glia__fail(GLIA_ERR_SHAPE, "loss %s does not fit a last layer of %s; what fits: %s", type->entry.name,
                          last, names);
    return glia__fail(GLIA_ERR_SHAPE, "loss %s wants a last layer of %s, not %s; what fits that: %s", type->entry.name,
                      type->activation, last, names);
}

static glia__loss loss_of(const glia__named *named)
{
    glia__loss loss = {.type = (const glia__loss_type *)named->entry};
    memcpy(loss.values, named->values, sizeof loss.values);
    return loss;
}

glia_status glia__loss_read(glia__loss *loss, const char *text, const glia__network *network)
{
    glia__item item;
    glia_status status = glia__text_read_one("loss", text, &loss_vocabulary, &item);
    if (status != GLIA_OK)
        return status;
    glia__loss read = loss_of(&item.self);
    if (!fits(read.type, network))
        return fail_unfit(read.type, network);
    *loss = read;
    return GLIA_OK;
}

glia__loss glia__loss_default(const glia__network *network)
{
    size_t i = 0;
    while (!fits(loss_types[i], network))
        i++; /* the list has one for every last layer */
    glia__item item = glia__item_default(&loss_types[i]->entry);
    return loss_of(&item.self);
}

void glia__loss_write(glia__writer *writer, const glia__loss *loss)
{
    glia__item item = glia__item_default(&loss->type->entry);
    memcpy(item.self.values, loss->values, sizeof loss->values);
    glia__item_write(writer, &item);
}

double glia__loss_reduce(const glia__loss *loss, double sum, double weight_sum)
{
    if (loss->values[GLIA__LOSS_REDUCTION] == GLIA__REDUCTION_SUM)
        return sum;
    return weight_sum == 0 ? 0 : sum / weight_sum;
}

double glia__loss_penalty(const glia__loss *loss, const glia__network *network)
{
    double absolutes = 0, squares = 0;
    if (!glia__loss_has_penalty(loss))
        return 0;
    for (size_t i = 0; i < network->array_count; i++) {
        const glia__array *array = network->arrays[i];
        for (size_t j = 0; array->is_weight && j < array->count; j++) {
            double w = (double)array->values[j];
            absolutes += fabs(w);
            squares += w * w;
        }
    }
    double l1 = loss->values[GLIA__LOSS_L1], l2 = loss->values[GLIA__LOSS_L2]; /* either sum may overflow */
    return (l1 == 0 ? 0 : l1 * absolutes) + (l2 == 0 ? 0 : l2 / 2 * squares);
}

void glia__loss_penalty_gradient(const glia__loss *loss, const glia__kernels *kernels, real *d_weight,
                                 const real *weight, size_t count)
{
    if (glia__loss_has_penalty(loss))
        kernels->penalty_gradient(d_weight, weight, (real)loss->values[GLIA__LOSS_L1],
                                  (real)loss->values[GLIA__LOSS_L2], count);
}
