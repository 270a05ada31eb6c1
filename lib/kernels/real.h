/* SPDX-License-Identifier: MIT */
/* The number type by name. What touches values is compiled for float, and for double with GLIA_REAL_IS_DOUBLE. */
#ifndef GLIA_KERNELS_REAL_H
#define GLIA_KERNELS_REAL_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

#ifdef GLIA_REAL_IS_DOUBLE
typedef double real;
#define REAL_MAX        DBL_MAX
#define REAL_MIN_NORMAL DBL_MIN
#else
typedef float real;
#define REAL_MAX        FLT_MAX
#define REAL_MIN_NORMAL FLT_MIN
#endif

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
