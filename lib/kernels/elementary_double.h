/* SPDX-License-Identifier: MIT */
/* What elementary.h needs to know about double.
 *
 * The polynomials are minimax ones, found by Remez's algorithm in 60 digits: weighted so that the function made of them
 * has the smallest relative error, which is given, on an interval a thousandth wider than is used. A constant term of
 * 1/2 or 3 was held fixed; then all coefficients were rounded. */
#ifndef GLIA_KERNELS_ELEMENTARY_DOUBLE_H
#define GLIA_KERNELS_ELEMENTARY_DOUBLE_H

#include <float.h>
#include <stdint.h>

typedef uint64_t real_bits;

#define REAL_FRACTION_BITS 52
#define REAL_BIAS          1023

#define REAL_INTEGERS  0x1p52   /* from here to its double, the numbers are the integers */
#define REAL_SHIFTER   0x1.8p52 /* adding it rounds to an integer, negative ones included */
#define REAL_SQRT_HALF 0x1.6a09e667f3bcdp-1

#define REAL_LOG2_E    0x1.71547652b82fep+0
#define REAL_LN2_HIGH  0x1.62e42fefa38p-1 /* 42 bits: exact times any exponent */
#define REAL_LN2_LOW   0x1.ef35793c76730p-45
#define REAL_EXP_LIMIT 746.0 /* e^x is infinite from here on, e^-x less than half the smallest subnormal */
#define REAL_EXP_ONLY  40.0  /* 1 + e^x is e^x from here on */

/* (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2; degree 9, error of e^r 2^-57.1 */
static inline double real_exp_tail(double r)
{
    double q = 0x1.ad1f8a9715cb5p-26;
    q = q * r + 0x1.289fdeccb353dp-22;
    q = q * r + 0x1.71df563ce96cfp-19;
    q = q * r + 0x1.a019aadf63450p-16;
    q = q * r + 0x1.a01a011b7217bp-13;
    q = q * r + 0x1.6c16c17cd9b68p-10;
    q = q * r + 0x1.1111111128b1bp-7;
    q = q * r + 0x1.55555555531c7p-5;
    q = q * r + 0x1.5555555555501p-3;
    return q * r + 0.5;
}

/* a^3 / (a - tanh(a)) from z = a^2, for a <= 5/8; degree 6, error of tanh(a) 2^-57.5 */
static inline double real_tanh_denominator(double z)
{
    double q = -0x1.d8816d3d80063p-26;
    q = q * z + 0x1.40d1ea795fc31p-21;
    q = q * z - 0x1.9979b4265ca2dp-17;
    q = q * z + 0x1.0a4e11c3f8305p-12;
    q = q * z - 0x1.767dce3eb4fe3p-8;
    q = q * z + 0x1.333333333311dp+0;
    return q * z + 3;
}

/* log((1 + s) / (1 - s)) / s - 2 from z = s^2, for |s| <= 3 - sqrt(8); degree 6 of what z is a factor of, error of the
 * logarithm 2^-59.5 */
static inline double real_log_tail(double z)
{
    double q = 0x1.2f13614d7cacbp-3;
    q = q * z + 0x1.39a06c92618e4p-3;
    q = q * z + 0x1.74664afe5b1cfp-3;
    q = q * z + 0x1.c71c51d2e128dp-3;
    q = q * z + 0x1.249249422e72ap-2;
    q = q * z + 0x1.999999997f9d1p-2;
    return (q * z + 0x1.5555555555593p-1) * z;
}

#endif
