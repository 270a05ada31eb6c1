/* SPDX-License-Identifier: MIT */
/* The avx2 kernels. This file alone is compiled with that instruction set. */
#include "kernels/x86/vector_avx2.h"

#define TILE_ROWS 6 /* 6 x 2 sums, 2 of B and 1 of A fill 15 of 16 registers */

#include "kernels/activations.inc"
#include "kernels/column_sums.inc"
#include "kernels/losses.inc"
#include "kernels/products.inc"
#include "kernels/softmax_columns.inc"
#include "kernels/softmax_rows.inc"
#include "kernels/updates.inc"

#include "kernels/columns.inc"
#include "kernels/row_layers.inc"

const glia__kernels glia__kernels_avx2 = {
    .name = "avx2",
    .lanes = VEC_LANES,
    .scratch_count = PRODUCT_SCRATCH,
#include "kernels/table.inc"
};
