/* SPDX-License-Identifier: MIT */
/* Lending the numbers of a data set as float or as double, converted when first asked for. */
#include <math.h>
#include <stdlib.h>

#include "io/data.h"
#include "io/grow.h"
#include "io/io_status.h"

/* Rows have `size` numbers, of which the first is in column `column` of messages. *floats is set only on success. */
static glia_status to_float(float **floats, const double *values, size_t rows, size_t size, size_t column)
{
    size_t count = rows * size; /* there are that many doubles, so this fits */
    float *converted = glia__io_allocate(count, sizeof *converted);
    if (converted == NULL)
        return glia__io_fail_nomem();
    for (size_t i = 0; i < count; i++) {
        converted[i] = (float)values[i];
        if (!isinf(converted[i]))
            continue;
        free(converted);
        return glia__io_fail(GLIA_ERR_FORMAT,
                             "row %zu, column %zu: the number is too large for a float; scale it or use doubles",
                             i / size + 1, column + i % size);
    }
    *floats = converted;
    return GLIA_OK;
}

static glia_status make_floats(glia_data *data)
{
    if (data->inputs != NULL)
        return GLIA_OK;
    float *inputs = NULL;
    glia_status status = to_float(&inputs, data->inputs64, data->rows, data->input_size, 1);
    if (status == GLIA_OK && data->targets64 != NULL)
        status = to_float(&data->targets, data->targets64, data->rows, data->target_size, data->input_size + 1);
    if (status == GLIA_OK)
        data->inputs = inputs;
    else
        free(inputs);
    return status;
}

static glia_status make_doubles(glia_data *data)
{
    if (data->inputs64 != NULL)
        return GLIA_OK;
    size_t count = data->rows * data->input_size; /* there are that many floats, so this fits */
    double *inputs = glia__io_allocate(count, sizeof *inputs);
    if (inputs == NULL)
        return glia__io_fail_nomem();
    for (size_t i = 0; i < count; i++)
        inputs[i] = data->inputs[i];
    data->inputs64 = inputs;
    return GLIA_OK;
}

static glia_status fail_argument(const char *call)
{
    return glia__io_fail(GLIA_ERR_ARGUMENT, "%s: data and samples must not be NULL, and samples needs its struct_size",
                         call);
}

glia_status glia_data_samples(glia_data *data, glia_samples *samples)
{
    if (data == NULL || samples == NULL || samples->struct_size != sizeof *samples)
        return fail_argument("glia_data_samples");
    glia_status status = make_floats(data);
    if (status == GLIA_OK)
        *samples = (glia_samples){.struct_size = sizeof *samples,
                                  .rows = data->rows,
                                  .inputs = data->inputs,
                                  .targets = data->targets,
                                  .classes = data->classes};
    return status;
}

glia_status glia_data_samples64(glia_data *data, glia64_samples *samples)
{
    if (data == NULL || samples == NULL || samples->struct_size != sizeof *samples)
        return fail_argument("glia_data_samples64");
    glia_status status = make_doubles(data);
    if (status == GLIA_OK)
        *samples = (glia64_samples){.struct_size = sizeof *samples,
                                    .rows = data->rows,
                                    .inputs = data->inputs64,
                                    .targets = data->targets64,
                                    .classes = data->classes};
    return status;
}
