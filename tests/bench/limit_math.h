/* SPDX-License-Identifier: MIT */
/* Vectors of floats for the limit programs, of AVX-512 or AVX2, and exp, tanh and sigmoid in about as few operations as
 * the accuracy of float allows: wrong at NaN, infinities and, but for exp, near 0. Operators are multiplied and added
 * in one, since these programs are compiled with -ffp-contract=fast. */
#ifndef GLIA_BENCH_LIMIT_MATH_H
#define GLIA_BENCH_LIMIT_MATH_H

#include <immintrin.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

#ifdef __AVX512F__

enum {
    LANES = 16
};
typedef __m512 lanes;
#define LANES_DO(name) _mm512_##name##_ps

ALWAYS_INLINE lanes round_lanes(lanes x)
{
    return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* 2^n x of whole n */
ALWAYS_INLINE lanes scale_lanes(lanes x, lanes n)
{
    return _mm512_scalef_ps(x, n);
}

ALWAYS_INLINE lanes estimate_reciprocal(lanes x)
{
    return _mm512_rcp14_ps(x);
}

/* The first `count` lanes of x, 0 in the others. */
ALWAYS_INLINE lanes first_lanes(lanes x, int count)
{
    return _mm512_maskz_mov_ps((__mmask16)((1u << count) - 1), x);
}

ALWAYS_INLINE float sum_of(lanes x)
{
    return _mm512_reduce_add_ps(x);
}

ALWAYS_INLINE float largest_of(lanes x)
{
    return _mm512_reduce_max_ps(x);
}

#else

enum {
    LANES = 8
};
typedef __m256 lanes;
#define LANES_DO(name) _mm256_##name##_ps

ALWAYS_INLINE lanes round_lanes(lanes x)
{
    return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}

/* 2^n x of whole n, where neither x nor the result is subnormal */
ALWAYS_INLINE lanes scale_lanes(lanes x, lanes n)
{
    const __m256i exponent = _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23);
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), exponent));
}

ALWAYS_INLINE lanes estimate_reciprocal(lanes x)
{
    return _mm256_rcp_ps(x);
}

/* The first `count` lanes of x, 0 in the others. */
ALWAYS_INLINE lanes first_lanes(lanes x, int count)
{
    const __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_and_ps(x, _mm256_castsi256_ps(_mm256_cmpgt_epi32(_mm256_set1_epi32(count), number)));
}

ALWAYS_INLINE float sum_of(lanes x)
{
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    return _mm_cvtss_f32(_mm_add_ss(sum, _mm_movehdup_ps(sum)));
}

ALWAYS_INLINE float largest_of(lanes x)
{
    __m128 most = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    most = _mm_max_ps(most, _mm_movehl_ps(most, most));
    return _mm_cvtss_f32(_mm_max_ss(most, _mm_movehdup_ps(most)));
}

#endif

ALWAYS_INLINE lanes all(float x)
{
    return LANES_DO(set1)(x);
}

ALWAYS_INLINE lanes load(const float *x)
{
    return LANES_DO(load)(x);
}

ALWAYS_INLINE void store(float *x, lanes values)
{
    LANES_DO(store)(x, values);
}

ALWAYS_INLINE float first_of(lanes x)
{
    return x[0];
}

ALWAYS_INLINE lanes smaller(lanes a, lanes b)
{
    return LANES_DO(min)(a, b);
}

ALWAYS_INLINE lanes larger(lanes a, lanes b)
{
    return LANES_DO(max)(a, b);
}

/* x = n ln 2 + r; a polynomial of degree 6 for exp(r) */
ALWAYS_INLINE lanes limit_exp(lanes x)
{
    const lanes n = round_lanes(x * all(1.44269504F));
    const lanes r = (x - n * all(0.693359375F)) - n * all(-2.12194440e-4F);
    lanes p = all(1.3981999507e-3F);
    p = p * r + all(8.3334519073e-3F);
    p = p * r + all(4.1665795894e-2F);
    p = p * r + all(1.6666665459e-1F);
    p = p * r + all(5.0000001201e-1F);
    p = p * r + all(1);
    p = p * r + all(1);
    return scale_lanes(p, n);
}

/* An estimate of 12 or 14 bits and a Newton step: cheaper than a division. */
ALWAYS_INLINE lanes limit_reciprocal(lanes x)
{
    const lanes y = estimate_reciprocal(x);
    return y * (all(2) - x * y);
}

/* An odd rational function of degrees 13 and 6 for |x| <= 7.9 */
ALWAYS_INLINE lanes limit_tanh(lanes x)
{
    const float bound = 7.90531110763549805F;
    x = smaller(larger(x, all(-bound)), all(bound));
    const lanes z = x * x;
    lanes p = all(-2.76076847742355e-16F);
    p = p * z + all(2.00018790482477e-13F);
    p = p * z + all(-8.60467152213735e-11F);
    p = p * z + all(5.12229709037114e-08F);
    p = p * z + all(1.48572235717979e-05F);
    p = p * z + all(6.37261928875436e-04F);
    p = p * z + all(4.89352455891786e-03F);
    lanes q = all(1.19825839466702e-06F);
    q = q * z + all(1.18534705686654e-04F);
    q = q * z + all(2.26843463243900e-03F);
    q = q * z + all(4.89352518554385e-03F);
    return (p * x) * limit_reciprocal(q);
}

ALWAYS_INLINE lanes limit_sigmoid(lanes x)
{
    return limit_reciprocal(all(1) + limit_exp(-x));
}

#endif
