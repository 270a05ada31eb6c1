/* SPDX-License-Identifier: MIT */
/* Initial weights. */
#ifndef GLIA_NET_INITIALIZERS_H
#define GLIA_NET_INITIALIZERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/real.h"

/* In the order of glia__initializer_names. */
typedef enum glia__initializer {
    GLIA__LECUN_NORMAL,
    GLIA__GLOROT_UNIFORM,
    GLIA__GLOROT_NORMAL,
    GLIA__HE_UNIFORM,
    GLIA__HE_NORMAL,
    GLIA__UNIFORM,
    GLIA__ZEROS,
    GLIA__BY_ACTIVATION /* what suits the activation behind: settled before the text becomes canonical */
} glia__initializer;

extern const char *const glia__initializer_names[];

/* Fill weights [inputs][units]. The numbers depend on seed and stream alone and are the same in float, rounded. */
void glia__initialize_weights(real *weight, size_t inputs, size_t units, glia__initializer initializer, uint64_t seed,
                              uint32_t stream);

#endif
