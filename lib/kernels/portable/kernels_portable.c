/* SPDX-License-Identifier: MIT */
/* The kernels that run everywhere, and that the others are compared with: no fused multiply-add, so the same bits on
 * every machine. */
#include "kernels/portable/vector_portable.h"

#include "kernels/activations.inc"
#include "kernels/losses.inc"
#include "kernels/portable/column_sums_portable.inc"
#include "kernels/portable/products_portable.inc"
#include "kernels/portable/transpose_portable.inc"
#include "kernels/softmax_columns.inc"
#include "kernels/softmax_rows.inc"
#include "kernels/updates.inc"

#include "kernels/portable/columns_portable.inc"

#include "kernels/single_row.inc"

#include "kernels/row_layers.inc"

const glia__kernels glia__kernels_portable = {
    .name = "portable",
    .lanes = COLUMN_LANES,
#include "kernels/table.inc"
};
