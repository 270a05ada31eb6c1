/* SPDX-License-Identifier: MIT */
/* A vector of one real: the number type of what runs everywhere. Nothing here is fused, and nothing branches, so that
 * the compiler makes vectors of a loop over such numbers, and the bits are the same on every machine. It relies on
 * -ffp-contract=off and on rounding to nearest. */
#ifndef GLIA_KERNELS_VECTOR_PORTABLE_H
#define GLIA_KERNELS_VECTOR_PORTABLE_H

#include <stddef.h>
#include <string.h>

#include "kernels/real.h"

typedef real vec;
typedef real_bits vec_bits;
typedef real_bits vec_mask; /* all bits or none */

#define VEC_LANES              1
#define VEC_MASKS_ARE_FREE     0
#define VEC_LOADS_PARTS_FREELY 0
#define VEC_IS_FUSED           0
#define VEC_BRANCHES           0 /* loops that branch do not become vectors */

#define VEC_SIGN_SHIFT (sizeof(real_bits) * 8 - 1)

static inline vec vec_all(real x)
{
    return x;
}

static inline vec vec_load(const real *x)
{
    return *x;
}

static inline void vec_store(real *x, vec v)
{
    *x = v;
}

/* There is no less than the one lane. */
static inline vec vec_load_first(const real *x, size_t n)
{
    (void)n;
    return *x;
}

static inline vec vec_load_first_or(const real *x, size_t n, real other)
{
    (void)n;
    (void)other;
    return *x;
}

static inline void vec_store_first(real *x, size_t n, vec v)
{
    (void)n;
    *x = v;
}

static inline vec vec_first_lanes(vec v, size_t n)
{
    (void)n;
    return v;
}

/* a b + c, rounded twice */
static inline vec vec_multiply_add(vec a, vec b, vec c)
{
    return a * b + c;
}

static inline vec_bits vec_to_bits(vec x)
{
    vec_bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline vec vec_from_bits(vec_bits bits)
{
    vec x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Masks are made by subtracting magnitudes, not by comparing numbers: a comparison is a branch to the compiler, which
 * it may move code into, and a loop with branches does not become vector code. The last step is to subtract 1, not to
 * negate: of a negated sign gcc makes an arithmetic shift, and SSE2 has none for 64 bits. */

/* a >= b, both without a sign: ordered like their bits, so NaN is above infinity. */
static inline vec_mask vec_is_at_least(vec a, vec b)
{
    return ((vec_to_bits(a) - vec_to_bits(b)) >> VEC_SIGN_SHIFT) - 1;
}

/* a < b; not where one is NaN */
static inline vec_mask vec_is_less(vec a, vec b)
{
    return (vec_mask)0 - (a < b);
}

static inline vec_mask vec_is_nan(vec x)
{
    return (vec_mask)0 - (x != x);
}

/* x < 0, or -0, or a NaN with that sign */
static inline vec_mask vec_is_negative(vec x)
{
    return ~((vec_to_bits(x) >> VEC_SIGN_SHIFT) - 1);
}

/* a where the mask is set, b elsewhere */
static inline vec vec_select(vec_mask mask, vec a, vec b)
{
    return vec_from_bits(vec_to_bits(b) ^ ((vec_to_bits(a) ^ vec_to_bits(b)) & mask));
}

/* |x| */
static inline vec vec_magnitude(vec x)
{
    return vec_from_bits(vec_to_bits(x) & ~((real_bits)1 << VEC_SIGN_SHIFT));
}

static inline vec_mask vec_is_zero(vec x)
{
    return ~(((vec_to_bits(vec_magnitude(x)) - 1) >> VEC_SIGN_SHIFT) - 1);
}

/* x >= 0 with the sign of `sign`, also for zeros */
static inline vec vec_with_sign(vec x, vec sign)
{
    return vec_from_bits(vec_to_bits(x) | (vec_to_bits(sign) & ((real_bits)1 << VEC_SIGN_SHIFT)));
}

/* The larger; b where one is NaN. */
static inline vec vec_max(vec a, vec b)
{
    return a > b ? a : b;
}

/* max(x, limit); NaN where x is. This compares: the compiler may compute what follows from x itself, and drop it where
 * x is below, so nothing may follow that raises an exception there. */
static inline vec vec_at_least(vec x, real limit)
{
    return x < limit ? limit : x;
}

/* The lesser of x >= 0 and a limit > 0; NaN where x is */
static inline vec vec_at_most(vec x, real limit)
{
    vec_mask is_within = vec_is_at_least(limit, x);
    vec_mask is_nan = ~vec_is_at_least((real)INFINITY, x);
    return vec_select(is_within | is_nan, x, limit);
}

/* x between low < 0 and high > 0; NaN where x is */
static inline vec vec_clamp(vec x, real low, real high)
{
    real limit = vec_select(vec_is_negative(x), -low, high);
    return vec_with_sign(vec_at_most(vec_magnitude(x), limit), x);
}

static inline vec vec_sqrt(vec x)
{
    return real_sqrt(x);
}

static inline real vec_first(vec v)
{
    return v;
}

static inline real vec_sum(vec v)
{
    return v;
}

static inline real vec_sum_first(vec v, size_t n)
{
    (void)n;
    return v;
}

static inline real vec_max_lane(vec v)
{
    return v;
}

static inline void vec_transpose(vec rows[VEC_LANES])
{
    (void)rows;
}

#endif
