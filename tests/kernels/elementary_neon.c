/* SPDX-License-Identifier: MIT */
/* The elementary functions of the neon kernels, compiled with their flags. */
#include "kernels/arm/vector_neon.h"

#include "kernels/elementary_table.inc"

const elementary_table elementary_neon = {.name = "neon", ELEMENTARY_FUNCTIONS};
