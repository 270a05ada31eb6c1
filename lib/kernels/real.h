/* SPDX-License-Identifier: MIT */
/* The number type by name, and its format. What touches values is compiled for float, and for double with
 * GLIA_REAL_IS_DOUBLE. */
#ifndef GLIA_KERNELS_REAL_H
#define GLIA_KERNELS_REAL_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef GLIA_REAL_IS_DOUBLE
typedef double real;
typedef uint64_t real_bits;
#define REAL_MAX           DBL_MAX
#define REAL_MIN_NORMAL    DBL_MIN
#define REAL_FRACTION_BITS 52
#define REAL_BIAS          1023   /* of the exponent */
#define REAL_INTEGERS      0x1p52 /* from here to its double, the numbers are the integers */
#else
typedef float real;
typedef uint32_t real_bits;
#define REAL_MAX           FLT_MAX
#define REAL_MIN_NORMAL    FLT_MIN
#define REAL_FRACTION_BITS 23
#define REAL_BIAS          127
#define REAL_INTEGERS      0x1p23F
#endif

#define REAL_SHIFTER (REAL_INTEGERS + REAL_INTEGERS / 2) /* adding it rounds to an integer, negative ones included */

/* Neither infinite nor NaN. */
static inline bool real_is_finite(real x)
{
    return x >= -REAL_MAX && x <= REAL_MAX;
}

/* Correctly rounded everywhere, so the one libm call that keeps the same bits. */
static inline real real_sqrt(real x)
{
#ifdef GLIA_REAL_IS_DOUBLE
    return sqrt(x);
#else
    return sqrtf(x);
#endif
}

#endif
