/* SPDX-License-Identifier: MIT */
/* The elementary functions of the avx2 kernels, compiled with their flags. */
#include "kernels/x86/vector_avx2.h"

#include "kernels/elementary_table.inc"

const elementary_table elementary_avx2 = {.name = "avx2", ELEMENTARY_FUNCTIONS};
