/* SPDX-License-Identifier: MIT */
/* What elementary.h needs to know about float.
 *
 * The polynomials are minimax ones, found by Remez's algorithm in 60 digits: weighted so that the function made of them
 * has the smallest relative error, which is given, on an interval a thousandth wider than is used. A constant term of
 * 1/2 or 3 was held fixed; then all coefficients were rounded. */
#ifndef GLIA_KERNELS_ELEMENTARY_FLOAT_H
#define GLIA_KERNELS_ELEMENTARY_FLOAT_H

#define REAL_SQRT_HALF_BITS UINT32_C(0x3F3504F3)

#define REAL_LOG2_E     0x1.715476p+0F
#define REAL_LN2        0x1.62e430p-1F
#define REAL_LN2_HIGH   0x1.62e4p-1F /* 15 bits: exact times any exponent */
#define REAL_LN2_LOW    0x1.7f7d1cp-20F
#define REAL_EXP_LIMIT  104.0F /* e^x is infinite from here on, e^-x less than half the smallest subnormal */
#define REAL_EXP_NORMAL 87.0F  /* e^x and e^-x are normal numbers up to here */
#define REAL_EXP_ONLY   20.0F  /* 1 + e^x is e^x from here on */

/* (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2; degree 4, error of e^r 2^-27.9 */
static inline vec vec_exp_tail(vec r)
{
    vec q = vec_all(0x1.6867bcp-10F);
    q = vec_horner(q, r, 0x1.122e50p-7F);
    q = vec_horner(q, r, 0x1.555932p-5F);
    q = vec_horner(q, r, 0x1.5554a4p-3F);
    return vec_horner(q, r, 0.5F);
}

/* a^3 / (a - tanh(a)) from z = a^2, for a <= 5/8; degree 3, error of tanh(a) 2^-31.6 */
static inline vec vec_tanh_denominator(vec z)
{
    vec q = vec_all(0x1.ffd61cp-13F);
    q = vec_horner(q, z, -0x1.765268p-8F);
    q = vec_horner(q, z, 0x1.333330p+0F);
    return vec_horner(q, z, 3);
}

/* log((1 + s) / (1 - s)) / s - 2 from z = s^2, for |s| <= 3 - sqrt(8); degree 2 of what z is a factor of, error of the
 * logarithm 2^-30.2 */
static inline vec vec_log_tail(vec z)
{
    vec q = vec_all(0x1.31e1a6p-2F);
    q = vec_horner(q, z, 0x1.995ed0p-2F);
    return vec_horner(q, z, 0x1.55557ap-1F) * z;
}

#endif
