/* SPDX-License-Identifier: MIT */
/* What a generator of data sets is: one file with one of these, and one line in generate.c. */
#ifndef GLIA_IO_GENERATOR_H
#define GLIA_IO_GENERATOR_H

#include "io/data.h"
#include "io/settings.h"

#define GLIA__GENERATOR_SETTINGS_MAX 8

typedef struct glia__generator {
    const char *name;
    const glia__io_setting *settings;
    size_t setting_count;
    /* Fill an empty data set: rows, input_size, numbers, classes and names. The values are those of the settings. What
     * is there is freed by the caller on failure. */
    glia_status (*fill)(glia_data *data, const glia__io_value *values, uint64_t seed);
} glia__generator;

extern const glia__generator glia__moons;

#endif
