/* SPDX-License-Identifier: MIT */
/* The kernels that run everywhere, and that the others are compared with: no fused multiply-add, so the same bits on every
 * machine. */
#include "kernels/activations.inc"
#include "kernels/column_sums.inc"
#include "kernels/portable/products_portable.inc"
#include "kernels/updates.inc"

const glia__kernels glia__kernels_portable = {
    .name = "portable",
#include "kernels/table.inc"
};
