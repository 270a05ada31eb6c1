/* SPDX-License-Identifier: MIT */
/* Every float there is through exp, log, log1p, tanh and sigmoid of every kernel set that this processor can run,
 * against the C library in double: the largest error in units in the last place, where it is, and whether the results
 * rise as the argument does. Takes half an hour, so it stands beside the tests: run it after a change to elementary.h.
 * Exits 1 if a bound is broken.
 *
 *   exhaustive_elementary [stride]   look at one float in `stride` only: 61 takes half a minute */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/elementary_table.h"

#define BLOCK  4096
#define TABLES 4

typedef struct function {
    const char *name;
    double (*exact)(double x);
    double bound; /* in ulp */
} function;

typedef struct finding {
    double normal_error, subnormal_error; /* where the exact result is a normal number, or smaller */
    float normal_at, subnormal_at;
    float last;           /* the result before, going away from 0 */
    uint64_t fall_count;  /* results that are nearer to 0 than the one before, or the other way round */
    uint64_t wrong_count; /* NaN or infinity where there should be none, or the other way round; wrong sign of 0 */
} finding;

static double exact_sigmoid(double x)
{
    return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x));
}

static const function functions[ELEMENTARY_COUNT] = {
    [EXP] = {"exp", exp, 1},
    [LOG] = {"log", log, 2},
    [LOG1P] = {"log1p", log1p, 2},
    [TANH] = {"tanh", tanh, 2},
    [SIGMOID] = {"sigmoid", exact_sigmoid, 2.5},
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

static float from_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* All floats of one sign, from 0 away: bits 0 .. infinity and the NaN above. */
static void look_at_sign(finding found[TABLES], elementary which, bool is_negative, uint32_t stride)
{
    static float x[BLOCK], y[BLOCK];
    static double exact[BLOCK];
    for (size_t t = 0; t < TABLES; t++)
        found[t].last = NAN;
    for (uint64_t first = 0; first < UINT32_C(1) << 31; first += (uint64_t)BLOCK * stride) {
        for (uint64_t i = 0; i < BLOCK; i++) {
            uint64_t bits = first + i * stride;
            x[i] = from_bits((uint32_t)(bits < INT32_MAX ? bits : INT32_MAX) | (uint32_t)is_negative << 31);
            exact[i] = functions[which].exact((double)x[i]);
        }
        for (size_t t = 0; elementary_table_at(t) != NULL; t++) {
            elementary_table_at(t)->apply[which](y, x, BLOCK);
            for (size_t i = 0; i < BLOCK; i++) {
                look(&found[t], x[i], y[i], exact[i]);
                found[t].fall_count += is_negative ? y[i] > found[t].last : y[i] < found[t].last;
                found[t].last = y[i];
            }
        }
    }
}

/* Whether all is well. */
static bool report(const finding *found, const char *table, const function *f)
{
    printf("%-8s %-8s %.4f ulp at %a; subnormal results %.4f at %a; falls %" PRIu64 ", wrong %" PRIu64 "\n", table,
           f->name, found->normal_error, (double)found->normal_at, found->subnormal_error, (double)found->subnormal_at,
           found->fall_count, found->wrong_count);
    fflush(stdout);
    return found->normal_error <= f->bound && found->subnormal_error <= f->bound && found->fall_count == 0 &&
           found->wrong_count == 0;
}

int main(int argc, char **argv)
{
    uint32_t stride = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1;
    bool is_well = true;
    for (elementary which = 0; which < ELEMENTARY_COUNT; which++) {
        finding found[TABLES] = {{0}};
        look_at_sign(found, which, false, stride);
        look_at_sign(found, which, true, stride);
        for (size_t t = 0; elementary_table_at(t) != NULL; t++)
            is_well &= report(&found[t], elementary_table_at(t)->name, &functions[which]);
    }
    return !is_well;
}
