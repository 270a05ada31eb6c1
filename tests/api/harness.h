/* SPDX-License-Identifier: MIT */
/* What the tests of the public calls share: assertions that say which call failed, networks and data to begin with. */
#ifndef GLIA_API_HARNESS_H
#define GLIA_API_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glia/glia.h>

#include "kernels/real.h"

/* The largest relative error of one rounding, u in the tolerances, and the smallest normal number. */
#ifdef GLIA_REAL_IS_DOUBLE
#define ROUNDING     (DBL_EPSILON / 2)
#define LEAST_NORMAL DBL_MIN
#else
#define ROUNDING     (FLT_EPSILON / 2)
#define LEAST_NORMAL FLT_MIN
#endif

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* The call answers with this status; if it is an error, with a message of one line too. */
#define assert_status(call, expected) harness_assert_status((call), (expected), #call, __FILE__, __LINE__)
#define assert_ok(call)               assert_status(call, GLIA_OK)

/* The last failing call's message contains this. */
#define assert_message_has(part) harness_assert_message_has((part), __FILE__, __LINE__)

/* |actual - expected| <= tolerance; never true of NaN. */
#define assert_near(actual, expected, tolerance)                                                                       \
    harness_assert_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

/* Within 32 u of max(1, |expected|): a handful of roundings and an exp, log or tanh, each within 2.5 ulp = 5 u. */
#define assert_close(actual, expected) harness_assert_close((actual), (expected), #actual, __FILE__, __LINE__)

/* Arrays of reals are equal bit for bit. */
#define assert_same_bits(actual, expected, count)                                                                      \
    harness_assert_same_bits((actual), (expected), (count), #actual, __FILE__, __LINE__)

/* Two networks would be saved as the same bytes: same parameters, statistics, states, counters, texts, metadata. */
#define assert_same_net(actual, expected) harness_assert_same_net((actual), (expected), __FILE__, __LINE__)

/* A network would be saved as the bytes that were saved before. */
#define assert_saves(net, saved) harness_assert_saves((net), (saved), __FILE__, __LINE__)

void harness_assert_status(glia_status actual, glia_status expected, const char *call, const char *file, int line);
void harness_assert_message_has(const char *part, const char *file, int line);
void harness_assert_near(double actual, double expected, double tolerance, const char *what, const char *file,
                         int line);
void harness_assert_close(double actual, double expected, const char *what, const char *file, int line);
void harness_assert_same_bits(const real *actual, const real *expected, size_t count, const char *what,
                              const char *file, int line);

/* A model file in memory; free it with harness_free(). */
typedef struct harness_file {
    unsigned char *bytes;
    size_t size;
} harness_file;

harness_file harness_save(const glia_net *net);
glia_net *harness_load(harness_file file);
void harness_free(harness_file *file);
void harness_assert_saves(const glia_net *net, harness_file file, const char *source, int line);
void harness_assert_same_net(const glia_net *actual, const glia_net *expected, const char *file, int line);

/* Networks made without fail; the caller destroys them. */
glia_net *harness_net(const char *architecture, uint64_t seed);
glia_net *harness_copy(const glia_net *net);

/* A network of one dense layer that hands its inputs on to the activation as they are: the unit matrix, no bias. */
glia_net *harness_unit_net(size_t width, const char *activation);

/* The text of a network with 3 inputs and 7 layers that the seed chooses, each able to follow any other; with dropout
 * among them, or without. */
enum {
    HARNESS_STACK_SIZE = 256
};
void harness_random_stack(char text[HARNESS_STACK_SIZE], uint64_t seed, int has_dropout);

/* The classes or targets of rows of inputs, as one. */
glia_samples harness_with_classes(const real *inputs, const int32_t *classes, size_t rows);
glia_samples harness_with_targets(const real *inputs, const real *targets, size_t rows);

/* Random numbers, uniform in [-1, 1), and random classes 0 .. n_classes - 1: functions of the seed. */
void harness_fill(real *values, size_t count, uint64_t seed);
void harness_fill_classes(int32_t *classes, size_t count, int32_t n_classes, uint64_t seed);

/* How many parameters there are. */
size_t harness_parameter_count(glia_net *net);

/* The value of one metric. */
double harness_metric(const glia_net *net, const glia_samples *samples, const char *metric);

#endif
