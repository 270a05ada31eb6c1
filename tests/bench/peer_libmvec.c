/* SPDX-License-Identifier: MIT */
/* exp and tanh of the C library over 4096 numbers, in the vectors of its libmvec: thousand millions a second. */
#include <math.h>

#include "bench.h"

enum {
    COUNT = 4096
};

typedef struct arrays {
    float *y, *x;
} arrays;

static void loop_exp(void *context)
{
    const arrays *on = context;
    for (size_t i = 0; i < COUNT; i++)
        on->y[i] = expf(on->x[i]);
}

static void loop_tanh(void *context)
{
    const arrays *on = context;
    for (size_t i = 0; i < COUNT; i++)
        on->y[i] = tanhf(on->x[i]);
}

int main(void)
{
    arrays on = {bench_values(COUNT, 8), bench_values(COUNT, 8)};
    bench_report_rate(1e-9 * COUNT, bench_call_time(loop_exp, &on), "exp");
    bench_report_rate(1e-9 * COUNT, bench_call_time(loop_tanh, &on), "tanh");
    return 0;
}
