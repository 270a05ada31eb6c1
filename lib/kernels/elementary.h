/* SPDX-License-Identifier: MIT */
/* exp, log, log1p, tanh and sigmoid of a vector of reals: ours, so that the bits do not depend on the C library, and
 * without a table. Where VEC_BRANCHES, the work that very large arguments make is done only if one is among the lanes,
 * which changes no bits. Written once against a vector header, which is included before: one of an instruction set, or
 * portable/vector_portable.h, by which they are functions of one real with the same bits on every machine. They rely on
 * -ffp-contract=off and on rounding to nearest. */
#ifndef GLIA_KERNELS_ELEMENTARY_H
#define GLIA_KERNELS_ELEMENTARY_H

#include "kernels/real.h"

/* q x + c: a step of Horner's rule */
static inline vec vec_horner(vec q, vec x, real c)
{
    return vec_multiply_add(q, x, vec_all(c));
}

#ifdef GLIA_REAL_IS_DOUBLE
#include "kernels/elementary_double.h"
#else
#include "kernels/elementary_float.h"
#endif

#define REAL_FRACTION_MASK (((real_bits)1 << REAL_FRACTION_BITS) - 1)

#define REAL_ONE_BITS ((real_bits)REAL_BIAS << REAL_FRACTION_BITS)

/* ---- powers of 2, where no instruction makes them ---- */

#ifndef VEC_SCALES
/* 2^biased / 2^REAL_BIAS, of a normal number's exponent */
static inline vec vec_biased_power_of_2(vec_bits biased)
{
    return vec_from_bits(biased << REAL_FRACTION_BITS);
}

/* 2^n x, of n = shifted - REAL_SHIFTER, where x and the result are normal numbers: the lowest bits of `shifted` are n,
 * modulo the range of an exponent. */
static inline vec vec_scale_normal(vec x, vec shifted)
{
    return vec_from_bits(vec_to_bits(x) + (vec_to_bits(shifted) << REAL_FRACTION_BITS));
}

/* n as an integer, modulo the range of its type: in the lowest bits of a large number */
static inline vec_bits vec_to_integer(vec n)
{
    return vec_to_bits(n + REAL_SHIFTER) - vec_to_bits(vec_all(REAL_SHIFTER));
}

/* 2^n x; multiplied on in two halves, so that n may be anything up to infinity and down through the subnormals. */
static inline vec vec_scale(vec x, vec n)
{
    vec_bits biased = vec_to_integer(n) + 2 * REAL_BIAS;
    vec_bits half = biased >> 1;
    return x * vec_biased_power_of_2(half) * vec_biased_power_of_2(biased - half);
}
#else
static inline vec vec_scale_normal(vec x, vec shifted)
{
    return vec_scale(x, shifted - REAL_SHIFTER);
}
#endif

/* ---- exp and what is made of it ---- */

/* x = n ln(2) + r with whole n = shifted - REAL_SHIFTER and |r| <= ln(2) / 2, where r is `rest` and what rounding lost
 * of it. */
typedef struct vec_reduced {
    vec shifted, n, rest, lost;
} vec_reduced;

/* Cody and Waite's way. Adding a large number rounds to n. The first part of ln(2) has so few bits that n times it is
 * exact. */
static inline vec_reduced vec_reduce(vec x)
{
    vec shifted = vec_multiply_add(x, vec_all(REAL_LOG2_E), vec_all(REAL_SHIFTER));
    vec n = shifted - REAL_SHIFTER;
    vec high = vec_multiply_add(n, vec_all(-REAL_LN2_HIGH), x);
    vec rest = vec_multiply_add(n, vec_all(-REAL_LN2_LOW), high);
    vec lost = (high - rest) - n * REAL_LN2_LOW;
    return (vec_reduced){shifted, n, rest, lost};
}

/* e^r - 1. What was lost of r does not matter where fusing saves a rounding. */
static inline vec vec_exp_minus_1(vec r, vec lost)
{
    vec tail = vec_exp_tail(r);
#if VEC_IS_FUSED
    (void)lost;
    return vec_fma(r * r, tail, r);
#else
    return r + (lost + r * r * tail);
#endif
}

/* e^r; a step more of Horner's rule would save an operation, and let e^r fall here and there as r rises. */
static inline vec vec_exp_reduced(vec r, vec lost)
{
    return 1 + vec_exp_minus_1(r, lost);
}

/* e^x of an x within REAL_EXP_LIMIT of 0 */
static inline vec vec_exp_limited(vec x)
{
    vec_reduced to = vec_reduce(x);
    return vec_scale(vec_exp_reduced(to.rest, to.lost), to.n);
}

#if VEC_BRANCHES
/* Where e^x or e^-x is no normal number, or x is NaN. */
static inline vec_mask vec_has_no_normal_exp(vec x)
{
    return vec_is_at_least(vec_magnitude(x), vec_all(REAL_EXP_NORMAL));
}

/* e^x elsewhere. */
static inline vec vec_exp_normal(vec x)
{
    vec_reduced to = vec_reduce(x);
    return vec_scale_normal(vec_exp_reduced(to.rest, to.lost), to.shifted);
}
#endif

static inline vec vec_exp(vec x)
{
#if VEC_BRANCHES
    if (!vec_any(vec_has_no_normal_exp(x)))
        return vec_exp_normal(x);
#endif
    return vec_exp_limited(vec_clamp(x, -REAL_EXP_LIMIT, REAL_EXP_LIMIT));
}

/* e^x of x <= 0, which is all that differences from a maximum need. The limit is set to the magnitude: by masks in the
 * portable form, so that the compiler computes nothing of an x beyond it, which would overflow. */
static inline vec vec_exp_negative(vec x)
{
#if VEC_BRANCHES
    if (!vec_any(vec_has_no_normal_exp(x)))
        return vec_exp_normal(x);
#endif
    return vec_exp_limited(-vec_at_most(vec_magnitude(x), REAL_EXP_LIMIT));
}

/* 1 / (1 + e^-x), extreme or not. With x = n ln(2) + r it is 2^n / (2^n + e^-r), where nothing overflows, and where
 * 1 + 2^n, to which the rest of e^-r is added, is exact unless the one is nothing to the other. Multiplied by 2^n last,
 * results may be subnormal. */
static inline vec vec_extreme_sigmoid(vec x)
{
    vec_reduced to = vec_reduce(vec_clamp(x, -REAL_EXP_LIMIT, REAL_EXP_ONLY));
    vec power = vec_scale(vec_all(1), to.n);
    return vec_scale(1 / ((1 + power) + vec_exp_minus_1(-to.rest, -to.lost)), to.n);
}

/* Each lane goes the same way in both branches; one that is extreme must not raise an exception on the other's. */
static inline vec vec_sigmoid(vec x)
{
#if VEC_BRANCHES
    vec_mask is_extreme = vec_has_no_normal_exp(x);
    if (!vec_any(is_extreme))
        return 1 / (1 + vec_exp_normal(-x));
    vec y = 1 / (1 + vec_exp_normal(-vec_select(is_extreme, vec_all(0), x)));
    return vec_select(is_extreme, vec_extreme_sigmoid(x), y);
#else
    return vec_extreme_sigmoid(x);
#endif
}

/* The same of an x that is small beside what rounding ln(2) to one number makes of it: where fusing rounds n ln(2) no
 * further, the second part of ln(2) does not matter. */
static inline vec_reduced vec_reduce_small(vec x)
{
#if VEC_IS_FUSED
    vec shifted = vec_fma(x, vec_all(REAL_LOG2_E), vec_all(REAL_SHIFTER));
    vec n = shifted - REAL_SHIFTER;
    return (vec_reduced){.shifted = shifted, .n = n, .rest = vec_fma(n, vec_all(-REAL_LN2), x)};
#else
    return vec_reduce(x);
#endif
}

/* With a = |x|: a - a^3 / q(a^2) up to 5/8, which keeps the digits of small arguments, and 1 - 2 / (e^2a + 1) above.
 * Both are computed and share a division; an a that counts for both keeps either from overflowing. */
static inline vec vec_tanh(vec x)
{
    vec a = vec_at_most(vec_magnitude(x), REAL_EXP_ONLY / 2);
    vec_mask is_large = vec_is_at_least(a, vec_all((real)0.625));
    vec square = a * a;
    vec_reduced to = vec_reduce_small(a + a);
    vec power = vec_scale_normal(vec_all(1), to.shifted);
    vec power_and_1 = vec_multiply_add(power, vec_exp_reduced(to.rest, to.lost), vec_all(1));
    vec numerator = vec_select(is_large, vec_all(2), a * square);
    vec denominator = vec_select(is_large, power_and_1, vec_tanh_denominator(square));
    return vec_with_sign(vec_select(is_large, vec_all(1), a) - numerator / denominator, x);
}

/* ---- log ---- */

/* x = 2^k m with sqrt(1/2) <= m < sqrt(2), for a normal x > 0; answers m, and k + REAL_BIAS. */
static inline vec vec_split(vec_bits *biased, vec x)
{
    vec_bits bits = vec_to_bits(x) + (REAL_ONE_BITS - REAL_SQRT_HALF_BITS);
    *biased = bits >> REAL_FRACTION_BITS;
    return vec_from_bits((bits & REAL_FRACTION_MASK) + REAL_SQRT_HALF_BITS);
}

/* biased - REAL_BIAS as a real: in the lowest bits of a large number, which is then taken off */
static inline vec vec_exponent(vec_bits biased)
{
    return vec_from_bits(biased | vec_to_bits(vec_all(REAL_INTEGERS))) - (REAL_INTEGERS + REAL_BIAS);
}

/* k ln(2) + log(1 + f) by s = f / (2 + f): log(1 + f) = log((1 + s) / (1 - s)) = f - f^2 / 2 + s (f^2 / 2 + tail). */
static inline vec vec_log_sum(vec k, vec f)
{
    vec s = f / (2 + f);
    vec half_square = f * f * (real)0.5;
    vec rest = vec_multiply_add(s, half_square + vec_log_tail(s * s), k * REAL_LN2_LOW);
    return vec_multiply_add(k, vec_all(REAL_LN2_HIGH), f - (half_square - rest));
}

/* y, if it is the logarithm of a positive finite x; else what the logarithm of x is. */
static inline vec vec_log_ends(vec y, vec x)
{
    vec magnitude = vec_magnitude(x);
    y = vec_select(vec_is_at_least(magnitude, vec_all((real)INFINITY)), x, y);
    y = vec_select(vec_is_negative(x), vec_all((real)NAN), y);
    return vec_select(vec_is_zero(x), vec_all(-(real)INFINITY), y);
}

static inline vec vec_log(vec x)
{
    vec_bits biased;
    vec_mask is_normal = vec_is_at_least(vec_magnitude(x), vec_all(REAL_MIN_NORMAL));
    vec m = vec_split(&biased, x * vec_select(is_normal, vec_all(1), vec_all(REAL_INTEGERS)));
    vec k = vec_exponent(biased) - vec_select(is_normal, vec_all(0), vec_all(REAL_FRACTION_BITS));
    return vec_log_ends(vec_log_sum(k, m - 1), x);
}

/* log(1 + x). The sum is rounded, but what it loses is found exactly (Knuth's two-sum) and added to the small part;
 * next to a large x the lost part does not matter, and its scale 2^-k need not be a number. */
static inline vec vec_log1p(vec x)
{
    vec_bits biased;
    vec sum = 1 + x;
    vec one = sum - x;
    vec lost = (1 - one) + (x - (sum - one));
    vec m = vec_split(&biased, sum);
    vec scaled = lost * vec_from_bits((2 * REAL_BIAS - biased) << REAL_FRACTION_BITS);
    vec_mask is_large = vec_is_at_least(vec_magnitude(x), vec_all(REAL_INTEGERS));
    vec f = (m - 1) + vec_select(is_large, vec_all(0), scaled);
    return vec_with_sign(vec_log_ends(vec_log_sum(vec_exponent(biased), f), sum), x);
}

#endif
