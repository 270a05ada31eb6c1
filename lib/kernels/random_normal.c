/* SPDX-License-Identifier: MIT */
/* Normal random numbers by the inverse of their distribution: one uniform number in, one normal number out. */
#include "kernels/random_normal.h"

#include "base/random.h"
#include "kernels/normal_quantile.h"

double glia__random_normal(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index)
{
    uint64_t bits = glia__random(seed, stream, pass, index) >> 12;
    return glia__normal_quantile(((double)bits + 0.5) * 0x1p-52); /* 53 bits, exact, never 0 or 1 */
}
