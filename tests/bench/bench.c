/* SPDX-License-Identifier: MIT */
/* The clock, settings and lines of results of the benchmark's programs. */
#include "bench.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SAMPLES = 5, /* of a call that takes long */
    MOST_SAMPLES = 8 * SAMPLES
};
static const double sample_seconds = 0.0025, long_sample_seconds = 0.02;

static void end_line(const char *name, va_list arguments, const double *numbers, size_t count)
{
    vprintf(name, arguments);
    va_end(arguments);
    for (size_t i = 0; i < count; i++)
        printf("\t%.9g", numbers[i]);
    putchar('\n');
    fflush(stdout);
}

void bench_report(double value, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    end_line(name, arguments, &value, 1);
}

void bench_report_rate(double work, bench_time time, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    end_line(name, arguments, (double[]){work / time.median, work / time.shortest}, 2);
}

void bench_report_rate_beside(double work, bench_time time, double limit, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    end_line(name, arguments, (double[]){work / time.median, work / time.shortest, limit}, 3);
}

void bench_report_time(double units, bench_time time, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    end_line(name, arguments, (double[]){units * time.median, units * time.shortest}, 2);
}

void bench_fail(const char *message, ...)
{
    va_list arguments;
    va_start(arguments, message);
    vfprintf(stderr, message, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

const char *bench_word(char *const *settings, const char *name, const char *otherwise)
{
    size_t length = strlen(name);
    for (char *const *setting = settings; *setting != NULL; setting++)
        if (strncmp(*setting, name, length) == 0 && (*setting)[length] == '=')
            return *setting + length + 1;
    return otherwise;
}

size_t bench_number(char *const *settings, const char *name, size_t otherwise)
{
    const char *word = bench_word(settings, name, NULL);
    return word == NULL ? otherwise : (size_t)strtoull(word, NULL, 10);
}

double bench_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int compare_values(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bench_time bench_time_of(double *seconds, size_t count)
{
    qsort(seconds, count, sizeof *seconds, compare_values);
    return (bench_time){(seconds[(count - 1) / 2] + seconds[count / 2]) / 2, seconds[0]};
}

static double calls_seconds(bench_call *call, void *context, size_t count)
{
    double begin = bench_seconds();
    for (size_t i = 0; i < count; i++)
        call(context);
    return bench_seconds() - begin;
}

bench_time bench_call_time(bench_call *call, void *context)
{
    call(context); /* memory is taken and caches are filled */
    size_t count = 1;
    double seconds = calls_seconds(call, context, count);
    while (seconds < sample_seconds / 4) {
        count *= 4;
        seconds = calls_seconds(call, context, count);
    }
    count = (size_t)((double)count * sample_seconds / seconds) + 1;

    double samples[MOST_SAMPLES], sum = 0;
    size_t taken = 0;
    while (taken < SAMPLES || (taken < MOST_SAMPLES && sum < SAMPLES * long_sample_seconds)) {
        seconds = calls_seconds(call, context, count);
        samples[taken++] = seconds / (double)count;
        sum += seconds;
    }
    return bench_time_of(samples, taken);
}

void *bench_allocate(size_t bytes)
{
    void *block = NULL;
    if (posix_memalign(&block, 64, bytes + 64) != 0)
        bench_fail("no memory");
    memset(block, 0, bytes + 64);
    return block;
}

static uint64_t random_state = 0x9e3779b97f4a7c15;

void bench_seed(size_t seed)
{
    random_state += 0xd1342543de82ef95 * seed;
}

/* xorshift64* (Vigna, 2016) */
static uint32_t random_bits(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (uint32_t)((random_state * 0x2545f4914f6cdd1d) >> 32);
}

float bench_random(void)
{
    return (float)(random_bits() >> 8) * 0x1p-23F - 1;
}

float *bench_values(size_t count, float scale)
{
    float *values = bench_allocate(count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = scale * bench_random();
    return values;
}

void bench_shuffle(size_t *order, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = random_bits() % i, last = order[i - 1];
        order[i - 1] = order[j];
        order[j] = last;
    }
}

size_t *bench_order(size_t count)
{
    size_t *order = bench_allocate(count * sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    return order;
}

void bench_report_memory(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    if (status == NULL)
        bench_fail("no /proc/self/status");
    char line[256];
    while (fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "RssAnon:", 8) == 0)
            bench_report(1024 * strtod(line + 8, NULL), "memory");
    fclose(status);
}
