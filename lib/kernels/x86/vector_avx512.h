/* SPDX-License-Identifier: MIT */
/* A vector of reals in AVX-512: 16 floats or 8 doubles. */
#ifndef GLIA_KERNELS_VECTOR_AVX512_H
#define GLIA_KERNELS_VECTOR_AVX512_H

#include <immintrin.h>
#include <stddef.h>

#include "kernels/real.h"

#ifdef GLIA_REAL_IS_DOUBLE
typedef __m512d vec;
typedef __mmask8 vec_mask;
#define VEC_LANES    8
#define VEC_DO(name) _mm512_##name##_pd
#else
typedef __m512 vec;
typedef __mmask16 vec_mask;
#define VEC_LANES    16
#define VEC_DO(name) _mm512_##name##_ps
#endif

/* Loading and storing under a mask costs no more than without. */
#define VEC_MASKS_ARE_FREE 1

static inline vec_mask vec_mask_first(size_t n)
{
    return (vec_mask)((1u << n) - 1);
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
    return VEC_DO(maskz_loadu)(vec_mask_first(n), x);
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    VEC_DO(mask_storeu)(x, vec_mask_first(n), v);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return VEC_DO(fmadd)(a, b, c);
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
    return VEC_DO(reduce_add)(v);
}

#endif
