/* SPDX-License-Identifier: MIT */
/*
 * What all programs of the benchmark share: the clock, how long a call takes, settings, arrays, lines of results.
 *
 * A program is called with settings, `name=value` each, and writes a line for each case that it measured: the name of
 * the case, a tab, a number; perhaps another tab and the limit of that number, measured beside it. plan.py knows the
 * units. What goes wrong ends the program with a message.
 */
#ifndef GLIA_BENCH_BENCH_H
#define GLIA_BENCH_BENCH_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Write the line of a case, its name as printf makes it; without limit, or with one. */
__attribute__((format(printf, 2, 3))) void bench_report(double value, const char *name, ...);
__attribute__((format(printf, 3, 4))) void bench_report_beside(double value, double limit, const char *name, ...);

/* End the program with a message. */
__attribute__((format(printf, 1, 2), noreturn)) void bench_fail(const char *message, ...);

/* The value of the setting `name`, or `otherwise` where it is not given. */
const char *bench_word(char *const *settings, const char *name, const char *otherwise);
size_t bench_number(char *const *settings, const char *name, size_t otherwise);

/* Seconds on a clock that nobody sets. */
double bench_seconds(void);

/* The middle one of the values, which are sorted. */
double bench_median(double *values, size_t count);

/* Seconds that a call takes: the median of five samples, each of as many calls as take about 20 ms. */
typedef void bench_call(void *context);
double bench_call_seconds(bench_call *call, void *context);

/* `bytes` of zeros, aligned for any vector; never NULL. */
void *bench_allocate(size_t bytes);

/* Random numbers, uniform in [-1, 1), and an array of them times `scale`: the same ones in every run, unless the
 * program chooses another sequence. */
void bench_seed(size_t seed);
float bench_random(void);
float *bench_values(size_t count, float scale);

/* Put the numbers into a random order. */
void bench_shuffle(size_t *order, size_t count);
size_t *bench_order(size_t count); /* 0, 1, ... count - 1 */

/* Report how much memory of this process is its own and has been written, in bytes: RssAnon of /proc/self/status. */
void bench_report_memory(void);

#ifdef __cplusplus
}
#endif

#endif
