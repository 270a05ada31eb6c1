/* SPDX-License-Identifier: MIT */
/* The tensors of a model: the arrays of the network, then the optimizer's state once there have been steps. */
#include "model/model.h"

#include <string.h>

const glia__number_format glia__number_formats[2] = {{"F32", sizeof(float)}, {"F64", sizeof(double)}};

const glia__number_format *glia__number_format_of_real(void)
{
    return &glia__number_formats[sizeof(real) == sizeof(double)];
}

/* The states that the file has: none before the first step. */
static size_t saved_states(const glia__trainer *trainer)
{
    return trainer->step_count == 0 ? 0 : glia__optimizer_state_count(&trainer->optimizer);
}

bool glia__model_tensor(const glia__model *model, size_t index, glia__tensor_place *place)
{
    const glia__network *network = model->network;
    const glia__trainer *trainer = model->trainer;
    if (index < network->array_count) {
        const glia__array *array = network->arrays[index];
        *place = (glia__tensor_place){.array = array, .values = array->values};
        return true;
    }
    if (network->trained_count == 0)
        return false;
    size_t state = (index - network->array_count) / network->trained_count;
    size_t trained = (index - network->array_count) % network->trained_count;
    if (state >= saved_states(trainer))
        return false;
    const glia__array *array = network->arrays[network->array_count + trained];
    real *states = trainer->states;
    *place = (glia__tensor_place){
        .array = array,
        .state_name = trainer->optimizer.type->state_names[state],
        .values = states == NULL ? NULL : states + state * network->parameter_count + array->offset,
    };
    return true;
}

glia_status glia__model_check_finite(const glia__model *model)
{
    glia__tensor_place place;
    for (size_t i = 0; glia__model_tensor(model, i, &place); i++)
        for (size_t j = 0; j < place.array->count; j++)
            if (!real_is_finite(place.values[j]))
                return glia__fail(GLIA_ERR_DIVERGED, "%s%s%s has numbers that are not finite; nothing is saved",
                                  place.state_name == NULL ? "" : place.state_name,
                                  place.state_name == NULL ? "" : " of ", place.array->name);
    return GLIA_OK;
}
