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
#define VEC_LANES         8
#define VEC_DO(name)      _mm512_##name##_pd
#define VEC_DO_MASK(name) _mm512_##name##_pd_mask
#else
typedef __m512 vec;
typedef __mmask16 vec_mask;
#define VEC_LANES         16
#define VEC_DO(name)      _mm512_##name##_ps
#define VEC_DO_MASK(name) _mm512_##name##_ps_mask
#endif

typedef real_bits vec_bits __attribute__((vector_size(sizeof(vec))));

/* Loading and storing under a mask costs no more than without. */
#define VEC_MASKS_ARE_FREE     1
#define VEC_LOADS_PARTS_FREELY 1
#define VEC_IS_FUSED           1
#define VEC_SCALES               /* by an instruction */
#define VEC_BRANCHES           0 /* what it would save is an instruction or two */

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

/* The same, with another value in the others. */
static inline vec vec_load_first_or(const real *x, size_t n, real other)
{
    return VEC_DO(mask_loadu)(vec_all(other), vec_mask_first(n), x);
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    VEC_DO(mask_storeu)(x, vec_mask_first(n), v);
}

/* The first n lanes of v, and the first of them in the others. */
static inline vec vec_first_lanes(vec v, size_t n)
{
    return VEC_DO(mask_mov)(vec_all(v[0]), vec_mask_first(n), v);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return VEC_DO(fmadd)(a, b, c);
}

static inline vec vec_multiply_add(vec a, vec b, vec c)
{
    return vec_fma(a, b, c);
}

static inline vec_bits vec_to_bits(vec x)
{
    return (vec_bits)x;
}

static inline vec vec_from_bits(vec_bits bits)
{
    return (vec)bits;
}

/* a < b; not where one is NaN */
static inline vec_mask vec_is_less(vec a, vec b)
{
    return VEC_DO_MASK(cmp)(a, b, _CMP_LT_OQ);
}

/* a >= b, or one is NaN */
static inline vec_mask vec_is_at_least(vec a, vec b)
{
    return VEC_DO_MASK(cmp)(a, b, _CMP_NLT_UQ);
}

/* x < 0; it does not matter what -0 and NaN are */
static inline vec_mask vec_is_negative(vec x)
{
    return vec_is_less(x, vec_all(0));
}

static inline vec_mask vec_is_zero(vec x)
{
    return VEC_DO_MASK(cmp)(x, vec_all(0), _CMP_EQ_OQ);
}

static inline vec_mask vec_is_nan(vec x)
{
    return VEC_DO_MASK(cmp)(x, x, _CMP_UNORD_Q);
}

/* a where the mask is set, b elsewhere */
static inline vec vec_select(vec_mask mask, vec a, vec b)
{
    return VEC_DO(mask_blend)(mask, b, a);
}

/* |x| */
static inline vec vec_magnitude(vec x)
{
    return VEC_DO(andnot)(vec_all(-(real)0), x);
}

/* x >= 0 with the sign of `sign`, also for zeros */
static inline vec vec_with_sign(vec x, vec sign)
{
    return VEC_DO(or)(x, VEC_DO(and)(sign, vec_all(-(real)0)));
}

/* The larger; any where one is NaN. */
static inline vec vec_max(vec a, vec b)
{
    return VEC_DO(max)(a, b);
}

/* max(x, limit) and min(x, limit); NaN where x is, since the second is taken then */
static inline vec vec_at_least(vec x, real limit)
{
    return VEC_DO(max)(vec_all(limit), x);
}

static inline vec vec_at_most(vec x, real limit)
{
    return VEC_DO(min)(vec_all(limit), x);
}

/* x between low and high; NaN where x is */
static inline vec vec_clamp(vec x, real low, real high)
{
    return vec_at_least(vec_at_most(x, high), low);
}

static inline vec vec_sqrt(vec x)
{
    return VEC_DO(sqrt)(x);
}

/* 2^n x of whole n, also where 2^n alone is no number; rounded once */
static inline vec vec_scale(vec x, vec n)
{
    return VEC_DO(scalef)(x, n);
}

/* The first lane. */
static inline real vec_first(vec v)
{
    return v[0];
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
    return VEC_DO(reduce_add)(v);
}

/* The sum of the first n lanes, 1 or more, in their order. */
static inline real vec_sum_first(vec v, size_t n)
{
    real sum = v[0];
    for (size_t i = 1; i < n; i++) {
#ifdef GLIA_REAL_IS_DOUBLE
        v = (vec)_mm512_alignr_epi64((__m512i)v, (__m512i)v, 1);
#else
        v = (vec)_mm512_alignr_epi32((__m512i)v, (__m512i)v, 1);
#endif
        sum += v[0];
    }
    return sum;
}

/* The largest of the lanes; any where one is NaN. */
static inline real vec_max_lane(vec v)
{
    return VEC_DO(reduce_max)(v);
}

/* Every second lane of a, then of b, from the first or the second on. */
static inline vec vec_even_lanes(vec a, vec b)
{
#ifdef GLIA_REAL_IS_DOUBLE
    return _mm512_permutex2var_pd(a, _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), b);
#else
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b);
#endif
}

static inline vec vec_odd_lanes(vec a, vec b)
{
#ifdef GLIA_REAL_IS_DOUBLE
    return _mm512_permutex2var_pd(a, _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15), b);
#else
    return _mm512_permutex2var_ps(a, _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b);
#endif
}

/* Most instructions do not move lanes beyond 128 bits: a part. */
#define VEC_PART_LANES (VEC_LANES / 4)

/* Two of the parts of a, then two of b. */
#ifdef GLIA_REAL_IS_DOUBLE
#define VEC_EVEN_PARTS(a, b) _mm512_shuffle_f64x2(a, b, 0x88)
#define VEC_ODD_PARTS(a, b)  _mm512_shuffle_f64x2(a, b, 0xDD)
#else
#define VEC_EVEN_PARTS(a, b) _mm512_shuffle_f32x4(a, b, 0x88)
#define VEC_ODD_PARTS(a, b)  _mm512_shuffle_f32x4(a, b, 0xDD)
#endif

/* Each part of as many rows as it has lanes becomes its own transpose. */
static inline void vec_transpose_parts(vec rows[VEC_PART_LANES])
{
#ifdef GLIA_REAL_IS_DOUBLE
    const vec low = _mm512_unpacklo_pd(rows[0], rows[1]), high = _mm512_unpackhi_pd(rows[0], rows[1]);
    rows[0] = low;
    rows[1] = high;
#else
    const __m512d low01 = _mm512_castps_pd(_mm512_unpacklo_ps(rows[0], rows[1]));
    const __m512d high01 = _mm512_castps_pd(_mm512_unpackhi_ps(rows[0], rows[1]));
    const __m512d low23 = _mm512_castps_pd(_mm512_unpacklo_ps(rows[2], rows[3]));
    const __m512d high23 = _mm512_castps_pd(_mm512_unpackhi_ps(rows[2], rows[3]));
    rows[0] = _mm512_castpd_ps(_mm512_unpacklo_pd(low01, low23));
    rows[1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low01, low23));
    rows[2] = _mm512_castpd_ps(_mm512_unpacklo_pd(high01, high23));
    rows[3] = _mm512_castpd_ps(_mm512_unpackhi_pd(high01, high23));
#endif
}

/* Rows become columns. */
static inline void vec_transpose(vec rows[VEC_LANES])
{
    _Pragma("GCC unroll 4") for (int first = 0; first < VEC_LANES; first += VEC_PART_LANES)
    {
        vec_transpose_parts(rows + first);
    }
    _Pragma("GCC unroll 4") for (int i = 0; i < VEC_PART_LANES; i++)
    {
        vec *const part0 = rows + i, *const part1 = part0 + VEC_PART_LANES;
        vec *const part2 = part1 + VEC_PART_LANES, *const part3 = part2 + VEC_PART_LANES;
        const vec even01 = VEC_EVEN_PARTS(*part0, *part1), odd01 = VEC_ODD_PARTS(*part0, *part1);
        const vec even23 = VEC_EVEN_PARTS(*part2, *part3), odd23 = VEC_ODD_PARTS(*part2, *part3);
        *part0 = VEC_EVEN_PARTS(even01, even23);
        *part1 = VEC_EVEN_PARTS(odd01, odd23);
        *part2 = VEC_ODD_PARTS(even01, even23);
        *part3 = VEC_ODD_PARTS(odd01, odd23);
    }
}

#endif
