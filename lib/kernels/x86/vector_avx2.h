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

typedef real_bits vec_bits __attribute__((vector_size(sizeof(vec))));
typedef vec vec_mask; /* all bits or none, of a lane */

#define VEC_MASKS_ARE_FREE     0 /* storing by one takes some processors tens of cycles */
#define VEC_LOADS_PARTS_FREELY 1
#define VEC_IS_FUSED           1
#define VEC_BRANCHES           1

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

/* The same, with another value in the others. */
static inline vec vec_load_first_or(const real *x, size_t n, real other)
{
    return VEC_DO(blendv)(vec_all(other), vec_load_first(x, n), (vec)vec_mask_first(n));
}

/* In pieces of half as many lanes each. */
static inline void vec_store_first(real *x, size_t n, vec v)
{
    if (n == VEC_LANES) {
        vec_store(x, v);
        return;
    }
#ifdef GLIA_REAL_IS_DOUBLE
    __m128d left = _mm256_castpd256_pd128(v);
    if ((n & 2) != 0) {
        _mm_storeu_pd(x, left);
        left = _mm256_extractf128_pd(v, 1);
        x += 2;
    }
    if ((n & 1) != 0)
        _mm_store_sd(x, left);
#else
    __m128 left = _mm256_castps256_ps128(v);
    if ((n & 4) != 0) {
        _mm_storeu_ps(x, left);
        left = _mm256_extractf128_ps(v, 1);
        x += 4;
    }
    if ((n & 2) != 0) {
        _mm_storel_pi((__m64 *)(void *)x, left);
        left = _mm_movehl_ps(left, left);
        x += 2;
    }
    if ((n & 1) != 0)
        _mm_store_ss(x, left);
#endif
}

/* The first n lanes of v, and the first of them in the others. */
static inline vec vec_first_lanes(vec v, size_t n)
{
    return VEC_DO(blendv)(vec_all(v[0]), v, (vec)vec_mask_first(n));
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
    return VEC_DO(cmp)(a, b, _CMP_LT_OQ);
}

/* a >= b, or one is NaN */
static inline vec_mask vec_is_at_least(vec a, vec b)
{
    return VEC_DO(cmp)(a, b, _CMP_NLT_UQ);
}

/* x < 0; it does not matter what -0 and NaN are */
static inline vec_mask vec_is_negative(vec x)
{
    return vec_is_less(x, vec_all(0));
}

static inline vec_mask vec_is_zero(vec x)
{
    return VEC_DO(cmp)(x, vec_all(0), _CMP_EQ_OQ);
}

static inline vec_mask vec_is_nan(vec x)
{
    return VEC_DO(cmp)(x, x, _CMP_UNORD_Q);
}

/* a where the mask is set, b elsewhere */
static inline vec vec_select(vec_mask mask, vec a, vec b)
{
    return VEC_DO(blendv)(b, a, mask);
}

/* Whether the mask is set in any lane. */
static inline bool vec_any(vec_mask mask)
{
    return VEC_DO(movemask)(mask) != 0;
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

/* The first lane. */
static inline real vec_first(vec v)
{
    return v[0];
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
#ifdef GLIA_REAL_IS_DOUBLE
    const __m128d two = _mm256_castpd256_pd128(v) + _mm256_extractf128_pd(v, 1);
    return two[0] + two[1];
#else
    const __m128 four = _mm256_castps256_ps128(v) + _mm256_extractf128_ps(v, 1);
    const __m128 two = four + _mm_movehl_ps(four, four);
    return two[0] + two[1];
#endif
}

/* The sum of the first n lanes, 1 or more, in their order. */
static inline real vec_sum_first(vec v, size_t n)
{
    real sum = v[0];
    for (size_t i = 1; i < n; i++) {
#ifdef GLIA_REAL_IS_DOUBLE
        v = _mm256_permute4x64_pd(v, 0x39);
#else
        v = _mm256_permute_ps(v, 0x39); /* of each half; four times, and they are as they were */
        v = i == 4 ? _mm256_permute2f128_ps(v, v, 1) : v;
#endif
        sum += v[0];
    }
    return sum;
}

/* The largest of the lanes; any where one is NaN. */
static inline real vec_max_lane(vec v)
{
    v = vec_max(v, VEC_DO(permute2f128)(v, v, 1));
#ifdef GLIA_REAL_IS_DOUBLE
    return _mm256_cvtsd_f64(vec_max(v, _mm256_permute_pd(v, 5)));
#else
    v = vec_max(v, _mm256_permute_ps(v, 0x4E));
    return _mm256_cvtss_f32(vec_max(v, _mm256_permute_ps(v, 0xB1)));
#endif
}

/* Every second lane of a, then of b, from the first or the second on. */
static inline vec vec_even_lanes(vec a, vec b)
{
#ifdef GLIA_REAL_IS_DOUBLE
    return _mm256_permute4x64_pd(_mm256_unpacklo_pd(a, b), 0xD8);
#else
    return (vec)_mm256_permute4x64_pd((__m256d)_mm256_shuffle_ps(a, b, 0x88), 0xD8);
#endif
}

static inline vec vec_odd_lanes(vec a, vec b)
{
#ifdef GLIA_REAL_IS_DOUBLE
    return _mm256_permute4x64_pd(_mm256_unpackhi_pd(a, b), 0xD8);
#else
    return (vec)_mm256_permute4x64_pd((__m256d)_mm256_shuffle_ps(a, b, 0xDD), 0xD8);
#endif
}

/* Most instructions do not move lanes beyond 128 bits: a part. */
#define VEC_PART_LANES (VEC_LANES / 2)

/* Each part of as many rows as it has lanes becomes its own transpose. */
static inline void vec_transpose_parts(vec rows[VEC_PART_LANES])
{
#ifdef GLIA_REAL_IS_DOUBLE
    const vec low = _mm256_unpacklo_pd(rows[0], rows[1]), high = _mm256_unpackhi_pd(rows[0], rows[1]);
    rows[0] = low;
    rows[1] = high;
#else
    const __m256d low01 = _mm256_castps_pd(_mm256_unpacklo_ps(rows[0], rows[1]));
    const __m256d high01 = _mm256_castps_pd(_mm256_unpackhi_ps(rows[0], rows[1]));
    const __m256d low23 = _mm256_castps_pd(_mm256_unpacklo_ps(rows[2], rows[3]));
    const __m256d high23 = _mm256_castps_pd(_mm256_unpackhi_ps(rows[2], rows[3]));
    rows[0] = _mm256_castpd_ps(_mm256_unpacklo_pd(low01, low23));
    rows[1] = _mm256_castpd_ps(_mm256_unpackhi_pd(low01, low23));
    rows[2] = _mm256_castpd_ps(_mm256_unpacklo_pd(high01, high23));
    rows[3] = _mm256_castpd_ps(_mm256_unpackhi_pd(high01, high23));
#endif
}

/* Rows become columns. */
static inline void vec_transpose(vec rows[VEC_LANES])
{
    vec_transpose_parts(rows);
    vec_transpose_parts(rows + VEC_PART_LANES);
    _Pragma("GCC unroll 4") for (int i = 0; i < VEC_PART_LANES; i++)
    {
        const vec part0 = rows[i], part1 = rows[i + VEC_PART_LANES];
        rows[i] = VEC_DO(permute2f128)(part0, part1, 0x20);
        rows[i + VEC_PART_LANES] = VEC_DO(permute2f128)(part0, part1, 0x31);
    }
}

#endif
