/* SPDX-License-Identifier: MIT */
/* exp, tanh and sigmoid of limit_math.h over 4096 numbers: thousand millions a second. */
#include "bench.h"
#include "limit_math.h"

enum {
    COUNT = 4096
};

typedef struct arrays {
    float *y, *x;
} arrays;

static void loop_exp(void *context)
{
    const arrays *on = context;
    for (size_t i = 0; i < COUNT; i += LANES)
        store(on->y + i, limit_exp(load(on->x + i)));
}

static void loop_tanh(void *context)
{
    const arrays *on = context;
    for (size_t i = 0; i < COUNT; i += LANES)
        store(on->y + i, limit_tanh(load(on->x + i)));
}

static void loop_sigmoid(void *context)
{
    const arrays *on = context;
    for (size_t i = 0; i < COUNT; i += LANES)
        store(on->y + i, limit_sigmoid(load(on->x + i)));
}

int main(void)
{
    arrays on = {bench_values(COUNT, 8), bench_values(COUNT, 8)};
    bench_report_rate(1e-9 * COUNT, bench_call_time(loop_exp, &on), "exp");
    bench_report_rate(1e-9 * COUNT, bench_call_time(loop_tanh, &on), "tanh");
    bench_report_rate(1e-9 * COUNT, bench_call_time(loop_sigmoid, &on), "sigmoid");
    return 0;
}
