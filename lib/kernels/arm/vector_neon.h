/* SPDX-License-Identifier: MIT */
/* A vector of reals in AArch64's NEON: 4 floats or 2 doubles. */
#ifndef GLIA_KERNELS_VECTOR_NEON_H
#define GLIA_KERNELS_VECTOR_NEON_H

#include <arm_neon.h>
#include <stddef.h>

#include "kernels/real.h"

#ifdef GLIA_REAL_IS_DOUBLE
typedef float64x2_t vec;
#define VEC_LANES    2
#define VEC_DO(name) name##_f64
#else
typedef float32x4_t vec;
#define VEC_LANES    4
#define VEC_DO(name) name##_f32
#endif

#define VEC_MASKS_ARE_FREE 0 /* there are none */

static inline vec vec_all(real x)
{
    return VEC_DO(vdupq_n)(x);
}

static inline vec vec_load(const real *x)
{
    return VEC_DO(vld1q)(x);
}

static inline void vec_store(real *x, vec v)
{
    VEC_DO(vst1q)(x, v);
}

/* The first n lanes, at most all; the others are 0, and nothing is read or written there. */
static inline vec vec_load_first(const real *x, size_t n)
{
    real lanes[VEC_LANES] = {0};
    for (size_t i = 0; i < n; i++)
        lanes[i] = x[i];
    return vec_load(lanes);
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    real lanes[VEC_LANES];
    vec_store(lanes, v);
    for (size_t i = 0; i < n; i++)
        x[i] = lanes[i];
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return VEC_DO(vfmaq)(c, a, b);
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
    return VEC_DO(vaddvq)(v);
}

#endif
