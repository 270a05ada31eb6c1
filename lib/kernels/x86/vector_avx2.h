/* SPDX-License-Identifier: MIT */
/* A vector of reals in AVX2 with FMA: 8 floats or 4 doubles. */
#ifndef GLIA_KERNELS_VECTOR_AVX2_H
#define GLIA_KERNELS_VECTOR_AVX2_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/real.h"

#ifdef GLIA_REAL_IS_DOUBLE
typedef __m256d vec;
#define VEC_LANES    4
#define VEC_DO(name) _mm256_##name##_pd
#else
typedef __m256 vec;
#define VEC_LANES    8
#define VEC_DO(name) _mm256_##name##_ps
#endif

#define VEC_MASKS_ARE_FREE 0 /* storing is slow */

/* All bits in the first n lanes: a window on a row of ones and zeroes. */
static inline __m256i vec_mask_first(size_t n)
{
#ifdef GLIA_REAL_IS_DOUBLE
    static const int64_t window[2 * VEC_LANES] = {-1, -1, -1, -1};
#else
    static const int32_t window[2 * VEC_LANES] = {-1, -1, -1, -1, -1, -1, -1, -1};
#endif
    return _mm256_loadu_si256((const __m256i *)(const void *)(window + VEC_LANES - n));
}

static inline vec vec_all(real x)
{
    return VEC_DO(set1)(x);
}

static inline vec vec_load(const real *x)
{
    return VEC_DO(loadu)(x);
}

static inline void vec_store(real *x, vec v)
{
    VEC_DO(storeu)(x, v);
}

/* The first n lanes, at most all; the others are 0, and nothing is read or written there. */
static inline vec vec_load_first(const real *x, size_t n)
{
    return VEC_DO(maskload)(x, vec_mask_first(n));
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    VEC_DO(maskstore)(x, vec_mask_first(n), v);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return VEC_DO(fmadd)(a, b, c);
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
    real lanes[VEC_LANES], sum = 0;
    vec_store(lanes, v);
    for (size_t i = 0; i < VEC_LANES; i++)
        sum += lanes[i];
    return sum;
}

#endif
