/* SPDX-License-Identifier: MIT */
/* The elementary functions of the avx512 kernels, compiled with their flags. */
#include "kernels/x86/vector_avx512.h"

#include "kernels/elementary_table.inc"

const elementary_table elementary_avx512 = {.name = "avx512", ELEMENTARY_FUNCTIONS};
