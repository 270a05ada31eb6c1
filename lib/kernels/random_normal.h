/* SPDX-License-Identifier: MIT */
/* Normal random numbers. */
#ifndef GLIA_KERNELS_RANDOM_NORMAL_H
#define GLIA_KERNELS_RANDOM_NORMAL_H

#include <stdint.h>

/* A standard normal number, a function of the arguments alone; the same bits on every machine. */
double glia__random_normal(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index);

#endif
