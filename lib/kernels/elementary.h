/* SPDX-License-Identifier: MIT */
/* exp, log, log1p, tanh and sigmoid of one `real`: ours, so that the bits are the same on every machine, and without a
 * branch or table, so that the compiler makes vector code of a loop over them. Every operation is one that a vector of
 * reals has as well. They rely on -ffp-contract=off and on rounding to nearest. */
#ifndef GLIA_KERNELS_ELEMENTARY_H
#define GLIA_KERNELS_ELEMENTARY_H

#include <math.h>
#include <string.h>

#include "kernels/real.h"

#ifdef GLIA_REAL_IS_DOUBLE
#include "kernels/elementary_double.h"
#else
#include "kernels/elementary_float.h"
#endif

#define REAL_SIGN_SHIFT    (sizeof(real_bits) * 8 - 1)
#define REAL_SIGN_BIT      ((real_bits)1 << REAL_SIGN_SHIFT)
#define REAL_FRACTION_MASK (((real_bits)1 << REAL_FRACTION_BITS) - 1)

/* ---- the pieces: bits, masks, selection ---- */

static inline real_bits real_to_bits(real x)
{
    real_bits bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline real real_from_bits(real_bits bits)
{
    real x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* |x| as bits: ordered like the numbers, then infinity, then every NaN. */
static inline real_bits real_magnitude(real x)
{
    return real_to_bits(x) & ~REAL_SIGN_BIT;
}

/* Masks have all bits or none. They are made by subtracting magnitudes, not by comparing numbers: a comparison is a
 * branch to the compiler, which it may move code into, and a loop with branches does not become vector code. The last
 * step is to subtract 1, not to negate: of a negated sign gcc makes an arithmetic shift, and SSE2 has none for 64
 * bits. */

/* All bits where a >= b, magnitudes both. */
static inline real_bits real_is_at_least(real_bits a, real_bits b)
{
    return ((a - b) >> REAL_SIGN_SHIFT) - 1;
}

/* All bits where the sign of x is +. */
static inline real_bits real_is_positive(real x)
{
    return (real_to_bits(x) >> REAL_SIGN_SHIFT) - 1;
}

/* a where the mask has all bits, b where it has none. */
static inline real real_select(real_bits mask, real a, real b)
{
    return real_from_bits(real_to_bits(b) ^ ((real_to_bits(a) ^ real_to_bits(b)) & mask));
}

/* min(|x|, limit), and NaN for NaN */
static inline real real_limited_magnitude(real x, real limit)
{
    real_bits magnitude = real_magnitude(x);
    real_bits is_within = real_is_at_least(real_to_bits(limit), magnitude);
    real_bits is_nan = real_is_at_least(magnitude, real_to_bits((real)INFINITY) + 1);
    return real_select(is_within | is_nan, real_from_bits(magnitude), limit);
}

/* x >= 0 with the sign of `sign`, also for zeros */
static inline real real_with_sign(real x, real sign)
{
    return real_from_bits(real_to_bits(x) | (real_to_bits(sign) & REAL_SIGN_BIT));
}

/* 2^(biased - REAL_BIAS), of a normal number's exponent */
static inline real real_power_of_2(real_bits biased)
{
    return real_from_bits(biased << REAL_FRACTION_BITS);
}

/* ---- exp and what is made of it ---- */

/* Cody and Waite: x = n ln(2) + r with whole n and |r| <= ln(2) / 2; answers e^r - 1, and n, modulo the range of its
 * type. Adding a large number rounds to n and leaves it in the lowest bits. The first part of ln(2) has so few bits
 * that n times it is exact; what rounding r loses is added at the end. */
static inline real real_exp_reduced(real_bits *n, real x)
{
    real shifted = x * REAL_LOG2_E + REAL_SHIFTER;
    real whole = shifted - REAL_SHIFTER;
    real high = x - whole * REAL_LN2_HIGH;
    real low = whole * REAL_LN2_LOW;
    real r = high - low;
    real r_rest = (high - r) - low;

    *n = real_to_bits(shifted) - real_to_bits(REAL_SHIFTER);
    return r + (r_rest + r * r * real_exp_tail(r));
}

/* e^x; 2^n is multiplied on in two halves, so that n may be anything up to infinity and down through the subnormals. */
static inline real real_exp(real x)
{
    real_bits n;
    real limited = real_with_sign(real_limited_magnitude(x, REAL_EXP_LIMIT), x);
    real p = real_exp_reduced(&n, limited);
    real_bits biased = n + 2 * REAL_BIAS;
    real_bits half = biased >> 1;
    return (1 + p) * real_power_of_2(half) * real_power_of_2(biased - half);
}

/* With a = |x|: a - a^3 / q(a^2) up to 5/8, which keeps the digits of small arguments, and 1 - 2 / (e^2a + 1) above. */
static inline real real_tanh(real x)
{
    real_bits n;
    real_bits is_large = real_is_at_least(real_magnitude(x), real_to_bits((real)0.625));
    real p = real_exp_reduced(&n, 2 * real_limited_magnitude(x, REAL_EXP_ONLY / 2));
    real scale = real_power_of_2(n + REAL_BIAS);
    real a = real_limited_magnitude(x, (real)0.625); /* where it counts; nothing overflows above */
    real square = a * a;
    real numerator = real_select(is_large, 2, a * square);
    real denominator = real_select(is_large, scale * p + (scale + 1), real_tanh_denominator(square));
    return real_with_sign(real_select(is_large, 1, a) - numerator / denominator, x);
}

/* 1 / (1 + e^-x); e^x where the 1 makes no difference, so that the exponential cannot overflow. Below an eighth, where
 * all errors could add up to more than 2.5 ulp, what the sum loses is made good; above, the plain quotient cannot fall
 * as x rises. */
static inline real real_sigmoid(real x)
{
    real_bits is_near = real_is_positive(x) | real_is_at_least(real_to_bits(REAL_EXP_ONLY), real_magnitude(x));
    real e = real_exp(real_from_bits(real_to_bits(x) ^ (REAL_SIGN_BIT & is_near)));
    real sum = 1 + e;
    real quotient = 1 / sum;
    real_bits is_plain = real_is_at_least(real_magnitude(quotient), real_to_bits((real)0.125));
    real lost = real_select(is_plain, 0, 1 - (sum - e));
    return real_select(is_near, quotient - quotient * quotient * lost, e);
}

/* ---- log ---- */

/* x = 2^k m with sqrt(1/2) <= m < sqrt(2), for a normal x > 0; answers m, and k + REAL_BIAS. */
static inline real real_split(real_bits *biased, real x)
{
    real_bits bits = real_to_bits(x) + (real_to_bits(1) - real_to_bits(REAL_SQRT_HALF));
    *biased = bits >> REAL_FRACTION_BITS;
    return real_from_bits((bits & REAL_FRACTION_MASK) + real_to_bits(REAL_SQRT_HALF));
}

/* biased - REAL_BIAS as a real: in the lowest bits of a large number, which is then taken off */
static inline real real_exponent(real_bits biased)
{
    return real_from_bits(biased | real_to_bits(REAL_INTEGERS)) - (REAL_INTEGERS + REAL_BIAS);
}

/* k ln(2) + log(1 + f) by s = f / (2 + f): log(1 + f) = log((1 + s) / (1 - s)) = f - f^2 / 2 + s (f^2 / 2 + tail). */
static inline real real_log_sum(real k, real f)
{
    real s = f / (2 + f);
    real half_square = f * f * (real)0.5;
    real rest = s * (half_square + real_log_tail(s * s)) + k * REAL_LN2_LOW;
    return k * REAL_LN2_HIGH + (f - (half_square - rest));
}

/* y, if it is the logarithm of a positive finite x; else what the logarithm of x is. */
static inline real real_log_ends(real y, real x)
{
    real_bits magnitude = real_magnitude(x);
    y = real_select(real_is_at_least(magnitude, real_to_bits((real)INFINITY)), x, y);
    y = real_select(real_is_positive(x), y, (real)NAN);
    return real_select(real_is_at_least(magnitude, 1), y, -(real)INFINITY);
}

static inline real real_log(real x)
{
    real_bits biased;
    real_bits is_normal = real_is_at_least(real_magnitude(x), real_to_bits(REAL_MIN_NORMAL));
    real m = real_split(&biased, x * real_select(is_normal, 1, REAL_INTEGERS));
    real k = real_exponent(biased) - real_select(is_normal, 0, REAL_FRACTION_BITS);
    return real_log_ends(real_log_sum(k, m - 1), x);
}

/* log(1 + x). The sum is rounded, but what it loses is found exactly (Knuth's two-sum) and added to the small part;
 * next to a large x the lost part does not matter, and its scale 2^-k need not be a number. */
static inline real real_log1p(real x)
{
    real_bits biased;
    real sum = 1 + x;
    real one = sum - x;
    real lost = (1 - one) + (x - (sum - one));
    real m = real_split(&biased, sum);
    real scaled = lost * real_power_of_2(2 * REAL_BIAS - biased);
    real f = (m - 1) + real_select(real_is_at_least(real_to_bits(REAL_INTEGERS), real_magnitude(x)), scaled, 0);
    return real_with_sign(real_log_ends(real_log_sum(real_exponent(biased), f), sum), x);
}

#endif
