/* SPDX-License-Identifier: MIT */
/* What elementary.h needs to know about float.
 *
 * The polynomials are minimax ones, found by Remez's algorithm in 60 digits: weighted so that the function made of them
 * has the smallest relative error, which is given, on an interval a thousandth wider than is used. A constant term of
 * 1/2 or 3 was held fixed; then all coefficients were rounded. */
#ifndef GLIA_KERNELS_ELEMENTARY_FLOAT_H
#define GLIA_KERNELS_ELEMENTARY_FLOAT_H

#include <float.h>
#include <stdint.h>

typedef uint32_t real_bits;

#define REAL_FRACTION_BITS 23
#define REAL_BIAS          127

#define REAL_INTEGERS  0x1p23F   /* from here to its double, the numbers are the integers */
#define REAL_SHIFTER   0x1.8p23F /* adding it rounds to an integer, negative ones included */
#define REAL_SQRT_HALF 0x1.6a09e6p-1F

#define REAL_LOG2_E    0x1.715476p+0F
#define REAL_LN2_HIGH  0x1.62e4p-1F /* 15 bits: exact times any exponent */
#define REAL_LN2_LOW   0x1.7f7d1cp-20F
#define REAL_EXP_LIMIT 104.0F /* e^x is infinite from here on, e^-x less than half the smallest subnormal */
#define REAL_EXP_ONLY  20.0F  /* 1 + e^x is e^x from here on */

/* (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2; degree 4, error of e^r 2^-27.9 */
static inline float real_exp_tail(float r)
{
    float q = 0x1.6b6de8p-10F;
    q = q * r + 0x1.123006p-7F;
    q = q * r + 0x1.55568ap-5F;
    q = q * r + 0x1.5554a2p-3F;
    return q * r + 0.5F;
}

/* a^3 / (a - tanh(a)) from z = a^2, for a <= 5/8; degree 3, error of tanh(a) 2^-31.6 */
static inline float real_tanh_denominator(float z)
{
    float q = 0x1.ffd61cp-13F;
    q = q * z - 0x1.765268p-8F;
    q = q * z + 0x1.333330p+0F;
    return q * z + 3;
}

/* log((1 + s) / (1 - s)) / s - 2 from z = s^2, for |s| <= 3 - sqrt(8); degree 2 of what z is a factor of, error of the
 * logarithm 2^-30.2 */
static inline float real_log_tail(float z)
{
    float q = 0x1.31e1a6p-2F;
    q = q * z + 0x1.995ed0p-2F;
    return (q * z + 0x1.55557ap-1F) * z;
}

#endif
