/* SPDX-License-Identifier: MIT */
/* The most that the processor can do in matrix products. */
#ifndef GLIA_BENCH_PEAK_H
#define GLIA_BENCH_PEAK_H

#include <stddef.h>

/* Operations a second of fused multiply-adds, two each, whose numbers stay in registers, on so many threads: measured
 * for about 20 ms. 0 where the processor has none. */
double peak_operations(size_t threads);

#endif
