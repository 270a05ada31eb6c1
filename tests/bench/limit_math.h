/* SPDX-License-Identifier: MIT */
/* exp, tanh and sigmoid for AVX-512 in about as few operations as the accuracy of float allows, for the limit programs.
 * They are wrong at NaN, infinities and, but for exp, near 0. */
#ifndef GLIA_BENCH_LIMIT_MATH_H
#define GLIA_BENCH_LIMIT_MATH_H

#include <immintrin.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

ALWAYS_INLINE __m512 all(float x)
{
    return _mm512_set1_ps(x);
}

/* x = n ln 2 + r; a polynomial of degree 6 for exp(r) */
ALWAYS_INLINE __m512 limit_exp(__m512 x)
{
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, all(1.44269504F)), 8);
    const __m512 r = _mm512_fnmadd_ps(n, all(-2.12194440e-4F), _mm512_fnmadd_ps(n, all(0.693359375F), x));
    __m512 p = all(1.3981999507e-3F);
    p = _mm512_fmadd_ps(p, r, all(8.3334519073e-3F));
    p = _mm512_fmadd_ps(p, r, all(4.1665795894e-2F));
    p = _mm512_fmadd_ps(p, r, all(1.6666665459e-1F));
    p = _mm512_fmadd_ps(p, r, all(5.0000001201e-1F));
    p = _mm512_fmadd_ps(p, r, all(1));
    p = _mm512_fmadd_ps(p, r, all(1));
    return _mm512_scalef_ps(p, n);
}

/* An estimate of 14 bits and a Newton step: cheaper than a division. */
ALWAYS_INLINE __m512 limit_reciprocal(__m512 x)
{
    const __m512 y = _mm512_rcp14_ps(x);
    return _mm512_mul_ps(y, _mm512_fnmadd_ps(x, y, all(2)));
}

/* An odd rational function of degrees 13 and 6 for |x| <= 7.9 */
ALWAYS_INLINE __m512 limit_tanh(__m512 x)
{
    const __m512 bound = all(7.90531110763549805F);
    x = _mm512_min_ps(_mm512_max_ps(x, _mm512_sub_ps(_mm512_setzero_ps(), bound)), bound);
    const __m512 z = _mm512_mul_ps(x, x);
    __m512 p = all(-2.76076847742355e-16F);
    p = _mm512_fmadd_ps(p, z, all(2.00018790482477e-13F));
    p = _mm512_fmadd_ps(p, z, all(-8.60467152213735e-11F));
    p = _mm512_fmadd_ps(p, z, all(5.12229709037114e-08F));
    p = _mm512_fmadd_ps(p, z, all(1.48572235717979e-05F));
    p = _mm512_fmadd_ps(p, z, all(6.37261928875436e-04F));
    p = _mm512_fmadd_ps(p, z, all(4.89352455891786e-03F));
    __m512 q = all(1.19825839466702e-06F);
    q = _mm512_fmadd_ps(q, z, all(1.18534705686654e-04F));
    q = _mm512_fmadd_ps(q, z, all(2.26843463243900e-03F));
    q = _mm512_fmadd_ps(q, z, all(4.89352518554385e-03F));
    return _mm512_mul_ps(_mm512_mul_ps(p, x), limit_reciprocal(q));
}

ALWAYS_INLINE __m512 limit_sigmoid(__m512 x)
{
    return limit_reciprocal(_mm512_add_ps(all(1), limit_exp(_mm512_sub_ps(_mm512_setzero_ps(), x))));
}

ALWAYS_INLINE float sum_of(__m512 x)
{
    return _mm512_reduce_add_ps(x);
}

#endif
