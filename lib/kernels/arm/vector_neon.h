/* SPDX-License-Identifier: MIT */
/* A vector of reals in AArch64's NEON: 4 floats or 2 doubles. */
#ifndef GLIA_KERNELS_VECTOR_NEON_H
#define GLIA_KERNELS_VECTOR_NEON_H

#include <arm_neon.h>
#include <stddef.h>

#include "kernels/real.h"

#ifdef GLIA_REAL_IS_DOUBLE
typedef float64x2_t vec;
typedef uint64x2_t vec_bits;
#define VEC_LANES    2
#define VEC_DO(name) name##_f64
#else
typedef float32x4_t vec;
typedef uint32x4_t vec_bits;
#define VEC_LANES    4
#define VEC_DO(name) name##_f32
#endif

typedef vec_bits vec_mask; /* all bits or none, of a lane */

#define VEC_MASKS_ARE_FREE     0 /* there are none */
#define VEC_LOADS_PARTS_FREELY 0
#define VEC_IS_FUSED           1
#define VEC_BRANCHES           1

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

/* The first n lanes, at most all, with another value in the others: nothing is read there. */
static inline vec vec_load_first_or(const real *x, size_t n, real other)
{
    real lanes[VEC_LANES];
    for (size_t i = 0; i < VEC_LANES; i++)
        lanes[i] = i < n ? x[i] : other;
    return vec_load(lanes);
}

/* The same, with 0 in the others. */
static inline vec vec_load_first(const real *x, size_t n)
{
    return vec_load_first_or(x, n, 0);
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    real lanes[VEC_LANES];
    vec_store(lanes, v);
    for (size_t i = 0; i < n; i++)
        x[i] = lanes[i];
}

/* The first n lanes of v, and the first of them in the others. */
static inline vec vec_first_lanes(vec v, size_t n)
{
    real lanes[VEC_LANES];
    vec_store(lanes, v);
    return vec_load_first_or(lanes, n, lanes[0]);
}

/* a b + c, rounded once */
static inline vec vec_fma(vec a, vec b, vec c)
{
    return VEC_DO(vfmaq)(c, a, b);
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
    return VEC_DO(vcltq)(a, b);
}

/* a >= b, or one is NaN */
static inline vec_mask vec_is_at_least(vec a, vec b)
{
    return ~vec_is_less(a, b);
}

/* x < 0; it does not matter what -0 and NaN are */
static inline vec_mask vec_is_negative(vec x)
{
    return vec_is_less(x, vec_all(0));
}

static inline vec_mask vec_is_zero(vec x)
{
    return VEC_DO(vceqzq)(x);
}

static inline vec_mask vec_is_nan(vec x)
{
    return ~VEC_DO(vceqq)(x, x);
}

/* a where the mask is set, b elsewhere */
static inline vec vec_select(vec_mask mask, vec a, vec b)
{
    return VEC_DO(vbslq)(mask, a, b);
}

/* Whether the mask is set in any lane. */
static inline bool vec_any(vec_mask mask)
{
    return vmaxvq_u32((uint32x4_t)mask) != 0;
}

/* |x| */
static inline vec vec_magnitude(vec x)
{
    return VEC_DO(vabsq)(x);
}

/* x >= 0 with the sign of `sign`, also for zeros */
static inline vec vec_with_sign(vec x, vec sign)
{
    return vec_select(vec_to_bits(vec_all(-(real)0)), sign, x);
}

/* The larger; NaN where one is. */
static inline vec vec_max(vec a, vec b)
{
    return VEC_DO(vmaxq)(a, b);
}

/* max(x, limit) and min(x, limit); NaN where x is */
static inline vec vec_at_least(vec x, real limit)
{
    return vec_max(x, vec_all(limit));
}

static inline vec vec_at_most(vec x, real limit)
{
    return VEC_DO(vminq)(x, vec_all(limit));
}

/* x between low and high; NaN where x is */
static inline vec vec_clamp(vec x, real low, real high)
{
    return vec_at_least(vec_at_most(x, high), low);
}

static inline vec vec_sqrt(vec x)
{
    return VEC_DO(vsqrtq)(x);
}

/* Every second lane of a, then of b, from the first or the second on. */
static inline vec vec_even_lanes(vec a, vec b)
{
    return VEC_DO(vuzp1q)(a, b);
}

static inline vec vec_odd_lanes(vec a, vec b)
{
    return VEC_DO(vuzp2q)(a, b);
}

/* The first lane. */
static inline real vec_first(vec v)
{
    return v[0];
}

/* The sum of the lanes, in an order of its own. */
static inline real vec_sum(vec v)
{
    return VEC_DO(vaddvq)(v);
}

/* The sum of the first n lanes, 1 or more, in their order. */
static inline real vec_sum_first(vec v, size_t n)
{
    real lanes[VEC_LANES], sum = v[0];
    vec_store(lanes, v);
    for (size_t i = 1; i < n; i++)
        sum += lanes[i];
    return sum;
}

/* The largest of the lanes; NaN where one is. */
static inline real vec_max_lane(vec v)
{
    return VEC_DO(vmaxvq)(v);
}

/* Rows become columns. */
static inline void vec_transpose(vec rows[VEC_LANES])
{
#ifdef GLIA_REAL_IS_DOUBLE
    const vec even = vtrn1q_f64(rows[0], rows[1]), odd = vtrn2q_f64(rows[0], rows[1]);
    rows[0] = even;
    rows[1] = odd;
#else
    const float64x2_t even01 = vreinterpretq_f64_f32(vtrn1q_f32(rows[0], rows[1]));
    const float64x2_t odd01 = vreinterpretq_f64_f32(vtrn2q_f32(rows[0], rows[1]));
    const float64x2_t even23 = vreinterpretq_f64_f32(vtrn1q_f32(rows[2], rows[3]));
    const float64x2_t odd23 = vreinterpretq_f64_f32(vtrn2q_f32(rows[2], rows[3]));
    rows[0] = vreinterpretq_f32_f64(vtrn1q_f64(even01, even23));
    rows[1] = vreinterpretq_f32_f64(vtrn1q_f64(odd01, odd23));
    rows[2] = vreinterpretq_f32_f64(vtrn2q_f64(even01, even23));
    rows[3] = vreinterpretq_f32_f64(vtrn2q_f64(odd01, odd23));
#endif
}

#endif
