/* SPDX-License-Identifier: MIT */
/*
 * What all programs of the benchmark share: the clock, how long a call takes, settings, arrays, lines of results.
 *
 * A program is called with settings, `name=value` each, and writes a line for each case that it measured: the name of
 * the case and numbers, with tabs between them: the median; the best, where there were several samples; and the limit,
 * where one was measured beside. plan.py knows the units. What goes wrong ends the program with a message.
 */
#ifndef GLIA_BENCH_BENCH_H
#define GLIA_BENCH_BENCH_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Seconds: the middle one of several samples, and the shortest, which tells more where others use the processor. */
typedef struct bench_time {
    double median, shortest;
} bench_time;

/* Write the line of a case, its name as printf makes it: one number; so much work through the time; the same beside a
 * limit; or the time in a unit of which a second has `units`. */
__attribute__((format(printf, 2, 3))) void bench_report(double value, const char *name, ...);
__attribute__((format(printf, 3, 4))) void bench_report_rate(double work, bench_time time, const char *name, ...);
__attribute__((format(printf, 4, 5))) void bench_report_rate_beside(double work, bench_time time, double limit,
                                                                    const char *name, ...);
__attribute__((format(printf, 3, 4))) void bench_report_time(double units, bench_time time, const char *name, ...);

/* End the program with a message. */
__attribute__((format(printf, 1, 2), noreturn)) void bench_fail(const char *message, ...);

/* The value of the setting `name`, or `otherwise` where it is not given. */
const char *bench_word(char *const *settings, const char *name, const char *otherwise);
size_t bench_number(char *const *settings, const char *name, size_t otherwise);

/* Seconds on a clock that nobody sets. */
double bench_seconds(void);

/* Of samples, which are sorted. */
bench_time bench_time_of(double *seconds, size_t count);

/* What a call takes: of forty samples, each of as many calls as take about 2.5 ms; of a longer call, of as many as fit
 * a tenth of a second, or five. */
typedef void bench_call(void *context);
bench_time bench_call_time(bench_call *call, void *context);

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
