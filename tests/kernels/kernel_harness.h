/* SPDX-License-Identifier: MIT */
/* What the tests of kernels share: the tables to test, arrays that notice who leaves them, and a wider number type. */
#ifndef GLIA_KERNELS_KERNEL_HARNESS_H
#define GLIA_KERNELS_KERNEL_HARNESS_H

#include "api/harness.h"
#include "kernels/kernels.h"

/* What sums are compared in: its own roundings do not count beside those of real. */
#ifdef GLIA_REAL_IS_DOUBLE
typedef long double wide;
#else
typedef double wide;
#endif

/* The tables that this processor can run, each once; NULL past the last. */
const glia__kernels *kernel_table(size_t index);

/* Scratch for the products of a table, filled with NaN; lent. It ends where the sanitizer knows that an array ends. */
real *kernel_scratch(const glia__kernels *kernels);

/* An array between zones of NaN, aligned like a real and no better: whoever reads past its ends has NaN in the result,
 * and guarded_free() fails if somebody wrote there. */
typedef struct guarded {
    real *values;
    size_t count;
} guarded;

/* Random numbers, uniform in [-1, 1): a function of the seed. */
guarded guarded_make(size_t count, uint64_t seed);
guarded guarded_copy(guarded array);
void guarded_free(guarded *array);

/* |error| <= bound; never true of NaN. The message names the table and the place. */
void assert_within_bound(wide error, wide bound, const glia__kernels *kernels, const char *where);

/* A number that a kernel made as first + the sum of `count` products, and that sum in the wider type. */
typedef struct kernel_sum {
    wide exact, magnitude;
    size_t count;
} kernel_sum;

kernel_sum kernel_sum_begin(real first);
void kernel_sum_add(kernel_sum *to, real a, real b);

/* |y - exact| <= c u (|first| + sum |a||b|) + k MIN with c = min(k + 2, 8 + 2 sqrt(k)): k roundings one way or, far
 * more likely, both ways. */
void kernel_assert_sum(real actual, const kernel_sum *of, const glia__kernels *kernels, const char *where);

/* Equal as numbers, so that -0 is 0, or both NaN. */
void assert_same_values(const real *actual, const real *expected, size_t count, const glia__kernels *kernels);

#endif
