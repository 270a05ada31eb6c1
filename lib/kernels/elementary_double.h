/* SPDX-License-Identifier: MIT */
/* What elementary.h needs to know about double.
 *
 * The polynomials are minimax ones, found by Remez's algorithm in 60 digits: weighted so that the function made of them
 * has the smallest relative error, which is given, on an interval a thousandth wider than is used. A constant term of
 * 1/2 or 3 was held fixed; then all coefficients were rounded. */
#ifndef GLIA_KERNELS_ELEMENTARY_DOUBLE_H
#define GLIA_KERNELS_ELEMENTARY_DOUBLE_H

#define REAL_SQRT_HALF_BITS UINT64_C(0x3FE6A09E667F3BCD)

#define REAL_LOG2_E     0x1.71547652b82fep+0
#define REAL_LN2        0x1.62e42fefa39efp-1
#define REAL_LN2_HIGH   0x1.62e42fefa38p-1 /* 42 bits: exact times any exponent */
#define REAL_LN2_LOW    0x1.ef35793c76730p-45
#define REAL_EXP_LIMIT  746.0 /* e^x is infinite from here on, e^-x less than half the smallest subnormal */
#define REAL_EXP_NORMAL 708.0 /* e^x and e^-x are normal numbers up to here */
#define REAL_EXP_ONLY   40.0  /* 1 + e^x is e^x from here on */

/* (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2; degree 9, error of e^r 2^-57.1 */
static inline vec vec_exp_tail(vec r)
{
    vec q = vec_all(0x1.aaa4f52dc0cbdp-26);
    q = vec_horner(q, r, 0x1.28a21a96acda3p-22);
    q = vec_horner(q, r, 0x1.71e0d18c597d3p-19);
    q = vec_horner(q, r, 0x1.a019a87c491fbp-16);
    q = vec_horner(q, r, 0x1.a01a007f06aecp-13);
    q = vec_horner(q, r, 0x1.6c16c17da76d4p-10);
    q = vec_horner(q, r, 0x1.11111111421a8p-7);
    q = vec_horner(q, r, 0x1.5555555552f25p-5);
    q = vec_horner(q, r, 0x1.55555555554aep-3);
    return vec_horner(q, r, 0.5);
}

/* a^3 / (a - tanh(a)) from z = a^2, for a <= 5/8; degree 6, error of tanh(a) 2^-57.5 */
static inline vec vec_tanh_denominator(vec z)
{
    vec q = vec_all(-0x1.d8816d3d80063p-26);
    q = vec_horner(q, z, 0x1.40d1ea795fc31p-21);
    q = vec_horner(q, z, -0x1.9979b4265ca2dp-17);
    q = vec_horner(q, z, 0x1.0a4e11c3f8305p-12);
    q = vec_horner(q, z, -0x1.767dce3eb4fe3p-8);
    q = vec_horner(q, z, 0x1.333333333311dp+0);
    return vec_horner(q, z, 3);
}

/* log((1 + s) / (1 - s)) / s - 2 from z = s^2, for |s| <= 3 - sqrt(8); degree 6 of what z is a factor of, error of the
 * logarithm 2^-59.5 */
static inline vec vec_log_tail(vec z)
{
    vec q = vec_all(0x1.2f13614d7cacbp-3);
    q = vec_horner(q, z, 0x1.39a06c92618e4p-3);
    q = vec_horner(q, z, 0x1.74664afe5b1cfp-3);
    q = vec_horner(q, z, 0x1.c71c51d2e128dp-3);
    q = vec_horner(q, z, 0x1.249249422e72ap-2);
    q = vec_horner(q, z, 0x1.999999997f9d1p-2);
    return vec_horner(q, z, 0x1.5555555555593p-1) * z;
}

#endif
