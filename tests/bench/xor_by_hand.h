/* SPDX-License-Identifier: MIT */
/* Exclusive or as the programs by hand learn it: a network 2-8-1, sigmoids, half the squared error, one row a step. */
#ifndef GLIA_BENCH_XOR_BY_HAND_H
#define GLIA_BENCH_XOR_BY_HAND_H

#include "bench.h"

enum {
    INPUTS = 2,
    HIDDEN = 8,
    STEPS = 100000,
    SAMPLES = 20
};
static const float learning_rate = 0.7F;
static const float inputs[4][INPUTS] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, targets[4] = {0, 1, 1, 0};

/* The running mean of squared errors, one more of which is known. */
static inline float mean_square_with(float mean_square, float error)
{
    return mean_square + 0.001F * (error * error - mean_square);
}

/* Report the rows a second of STEPS steps; the mean that `train` then answers shows that it is real. */
static inline void measure_training(float (*train)(void))
{
    double seconds[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
        const double begin = bench_seconds();
        const float mean_square = train();
        seconds[i] = bench_seconds() - begin;
        if (!(mean_square < 0.01F))
            bench_fail("exclusive or is not learnt: %g", (double)mean_square);
    }
    bench_report_rate(STEPS, bench_time_of(seconds, SAMPLES), "steps");
}

#endif
