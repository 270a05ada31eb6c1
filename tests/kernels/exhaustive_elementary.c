/* SPDX-License-Identifier: MIT */
/* Every float there is through exp, log, log1p, tanh and sigmoid, against the C library in double: the largest error in
 * units in the last place, where it is, and whether the results rise as the argument does. Takes minutes, so it stands
 * beside the tests: run it after a change to elementary.h. Exits 1 if a bound is broken.
 *
 *   exhaustive_elementary [stride]   look at one float in `stride` only */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "kernels/elementary.h"

#define BLOCK 4096

typedef struct function {
    const char *name;
    void (*ours)(float *y, const float *x);
    double (*exact)(double x);
    double normal_bound;    /* in ulp, where the exact result is a normal number */
    double subnormal_bound; /* where it is smaller */
} function;

typedef struct finding {
    double normal_error, subnormal_error;
    float normal_at, subnormal_at;
    float last;           /* the result before, going up */
    uint64_t fall_count;  /* results that are smaller than the one before */
    uint64_t wrong_count; /* NaN or infinity where there should be none, or the other way round; wrong sign of 0 */
} finding;

#define OURS(name)                                                                                                     \
    static void ours_##name(float *y, const float *x)                                                                  \
    {                                                                                                                  \
        for (int i = 0; i < BLOCK; i++)                                                                                \
            y[i] = real_##name(x[i]);                                                                                  \
    }
OURS(exp)
OURS(log)
OURS(log1p)
OURS(tanh)
OURS(sigmoid)

static double exact_sigmoid(double x)
{
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static const function functions[] = {
    {"exp", ours_exp, exp, 1, 1},
    {"log", ours_log, log, 2, 1},
    {"log1p", ours_log1p, log1p, 3, 1},
    {"tanh", ours_tanh, tanh, 2, 1},
    {"sigmoid", ours_sigmoid, exact_sigmoid, 2.5, 1},
};

/* The step between floats at `value`, whose range of exponents is that of float. */
static double ulp_at(double value)
{
    int exponent;
    frexp(value, &exponent);
    return ldexp(1, (exponent < FLT_MIN_EXP ? FLT_MIN_EXP : exponent) - FLT_MANT_DIG);
}

static bool has_other_sign(float y, double exact)
{
    return (signbit(y) != 0) != (signbit(exact) != 0);
}

static void look(finding *found, float x, float y, double exact)
{
    const double beyond = ldexp(1, FLT_MAX_EXP); /* infinity stands for this in the count of ulp */
    double magnitude = fabs(exact);
    double size = fabs((double)y);
    if (isnan(exact) || isinf(exact) || exact == 0) {
        bool is_right = isnan(exact) ? isnan(y) : (double)y == exact && !has_other_sign(y, exact);
        found->wrong_count += !is_right;
        return;
    }
    if (isnan(y) || has_other_sign(y, exact) || (isinf(y) && magnitude < FLT_MAX)) {
        found->wrong_count++;
        return;
    }
    if (magnitude > beyond) {
        found->wrong_count += !isinf(y);
        return;
    }
    double error = fabs((isinf(y) ? beyond : size) - magnitude) / ulp_at(magnitude);
    if (magnitude >= FLT_MIN && error > found->normal_error) {
        found->normal_error = error;
        found->normal_at = x;
    }
    if (magnitude < FLT_MIN && error > found->subnormal_error) {
        found->subnormal_error = error;
        found->subnormal_at = x;
    }
}

/* All floats of one sign, from 0 away: bits 0 .. infinity and the NaN above. */
static void look_at_sign(finding *found, const function *f, uint32_t sign, uint32_t stride)
{
    float x[BLOCK];
    float y[BLOCK];
    found->last = NAN;
    for (uint64_t first = 0; first < UINT32_C(1) << 31; first += (uint64_t)BLOCK * stride) {
        for (uint64_t i = 0; i < BLOCK; i++) {
            uint64_t bits = first + i * stride;
            x[i] = real_from_bits((uint32_t)(bits < INT32_MAX ? bits : INT32_MAX) | sign);
        }
        f->ours(y, x);
        for (int i = 0; i < BLOCK; i++) {
            look(found, x[i], y[i], f->exact((double)x[i]));
            found->fall_count += sign == 0 ? y[i] < found->last : y[i] > found->last;
            found->last = y[i];
        }
    }
}

int main(int argc, char **argv)
{
    uint32_t stride = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1;
    int is_broken = 0;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        const function *f = &functions[i];
        finding found = {0};
        look_at_sign(&found, f, 0, stride);
        look_at_sign(&found, f, REAL_SIGN_BIT, stride);
        printf("%-8s %.4f ulp at %a; subnormal results %.4f at %a; falls %" PRIu64 ", wrong %" PRIu64 "\n", f->name,
               found.normal_error, (double)found.normal_at, found.subnormal_error, (double)found.subnormal_at,
               found.fall_count, found.wrong_count);
        fflush(stdout);
        is_broken |= found.normal_error > f->normal_bound || found.subnormal_error > f->subnormal_bound ||
                     found.fall_count > 0 || found.wrong_count > 0;
    }
    return is_broken;
}
