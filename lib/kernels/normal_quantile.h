/* SPDX-License-Identifier: MIT */
/* The inverse of the normal distribution, by which random bits become normal random numbers. */
#ifndef GLIA_KERNELS_NORMAL_QUANTILE_H
#define GLIA_KERNELS_NORMAL_QUANTILE_H

/* The x that a standard normal random number is below with probability p, to 1e-15 of x and with the same bits on every
 * machine: -infinity for 0, infinity for 1, NaN outside and for NaN. In double for networks of both number types, so
 * that they start alike. */
double glia__normal_quantile(double p);

#endif
