/* SPDX-License-Identifier: MIT */
/* The generator `moons`: two half circles that lie within one another, as scikit-learn's make_moons has them. */
#include <math.h>

#include "io/generator.h"
#include "io/grow.h"
#include "io/io_status.h"

#define PI       3.14159265358979323846
#define ROWS_MAX 1e9

enum {
    ROWS,
    NOISE,
    SETTING_COUNT
};

static const glia__io_setting settings[SETTING_COUNT] = {
    [ROWS] = {.name = "rows", .kind = GLIA__IO_COUNT, .minimum = 2, .maximum = ROWS_MAX, .value = 200},
    [NOISE] = {.name = "noise", .kind = GLIA__IO_NUMBER, .minimum = 0, .maximum = 1e6, .value = 0.2},
};

static glia_status name_everything(glia_data *data)
{
    glia_status status = glia__names_add(&data->columns, "x1", 2);
    if (status == GLIA_OK)
        status = glia__names_add(&data->columns, "x2", 2);
    if (status == GLIA_OK)
        status = glia__names_add(&data->columns, "class", 5);
    if (status == GLIA_OK)
        status = glia__names_add(&data->class_names, "0", 1);
    if (status == GLIA_OK)
        status = glia__names_add(&data->class_names, "1", 1);
    return status;
}

/* The angle of point `index` of `count`, in even steps from 0 to pi; the last is pi itself. */
static double angle_of(size_t index, size_t count)
{
    if (count == 1)
        return 0;
    return index == count - 1 ? PI : (double)index * (PI / (double)(count - 1));
}

static void draw_moons(glia_data *data)
{
    size_t outer_rows = data->rows / 2;
    for (size_t row = 0; row < data->rows; row++) {
        double *point = data->inputs64 + 2 * row;
        data->classes[row] = row < outer_rows ? 0 : 1;
        if (data->classes[row] == 0) {
            double angle = angle_of(row, outer_rows);
            point[0] = cos(angle);
            point[1] = sin(angle);
        } else {
            double angle = angle_of(row - outer_rows, data->rows - outer_rows);
            point[0] = 1 - cos(angle);
            point[1] = 1 - sin(angle) - 0.5;
        }
    }
}

static glia_status fill_moons(glia_data *data, const glia__io_value *values, uint64_t seed)
{
    data->rows = (size_t)values[ROWS].number;
    data->input_size = 2;
    data->inputs64 = glia__io_allocate(data->rows, 2 * sizeof *data->inputs64);
    data->classes = glia__io_allocate(data->rows, sizeof *data->classes);
    if (data->inputs64 == NULL || data->classes == NULL)
        return glia__io_fail_nomem();
    glia_status status = name_everything(data);
    if (status != GLIA_OK)
        return status;

    draw_moons(data);
    glia__data_shuffle(data, seed, GLIA__IO_STREAM_GENERATOR_ORDER);
    double noise = values[NOISE].number;
    for (size_t i = 0; i < 2 * data->rows; i++)
        data->inputs64[i] += noise * glia_random_normal(seed, GLIA__IO_STREAM_GENERATOR_NOISE, 0, i);
    return GLIA_OK;
}

const glia__generator glia__moons = {
    .name = "moons",
    .settings = settings,
    .setting_count = SETTING_COUNT,
    .fill = fill_moons,
};
