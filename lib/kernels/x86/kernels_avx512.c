/* SPDX-License-Identifier: MIT */
/* The avx512 kernels. This file alone is compiled with that instruction set. */
#include "kernels/x86/vector_avx512.h"

#define TILE_ROWS 14 /* 14 x 2 sums, 2 of B and 1 of A fill 31 of 32 registers */

#include "kernels/activations.inc"
#include "kernels/column_sums.inc"
#include "kernels/losses.inc"
#include "kernels/products.inc"
#include "kernels/softmax_columns.inc"
#include "kernels/softmax_rows.inc"
#include "kernels/updates.inc"

#include "kernels/columns.inc"
#include "kernels/row_layers.inc"

const glia__kernels glia__kernels_avx512 = {
    .name = "avx512",
    .lanes = VEC_LANES,
    .scratch_count = PRODUCT_SCRATCH,
#include "kernels/table.inc"
};
