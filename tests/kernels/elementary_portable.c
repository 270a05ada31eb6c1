/* SPDX-License-Identifier: MIT */
/* The elementary functions of the portable kernels, compiled with their flags. */
#include "kernels/portable/vector_portable.h"

#include "kernels/elementary_table.inc"

const elementary_table elementary_portable = {.name = "portable", ELEMENTARY_FUNCTIONS};
