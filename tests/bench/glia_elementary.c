/* SPDX-License-Identifier: MIT */
/* glia's exp, tanh and sigmoid over 4096 numbers, as its kernels have them: thousand millions a second. */
#include <string.h>

#include "bench.h"
#include "kernels/elementary_table.h"
#include "kernels/kernels.h"
#include "measured_net.h"

enum {
    COUNT = 4096
};

typedef struct work {
    void (*function)(real *y, const real *x, size_t n);
    real *y, *x;
} work;

static void apply(void *context)
{
    const work *on = context;
    on->function(on->y, on->x, COUNT);
}

static void measure(const char *name, void (*function)(real *y, const real *x, size_t n))
{
    work on = {function, measured_values(COUNT, 8), measured_values(COUNT, 8)};
    bench_report_rate(1e-9 * COUNT, bench_call_time(apply, &on), "%s", name);
}

/* The functions that the kernels of this name are made with. */
static const elementary_table *table_of(const char *name)
{
    const elementary_table *table = NULL;
    for (size_t i = 0; (table = elementary_table_at(i)) != NULL; i++)
        if (strcmp(table->name, name) == 0)
            return table;
    bench_fail("no elementary functions for %s", name);
}

int main(int argc, char **argv)
{
    (void)argc;
    const glia__kernels *kernels;
    check(glia__kernels_select(&kernels, bench_word(argv, "kernels", NULL)));
    const elementary_table *table = table_of(kernels->name);
    measure("exp", table->apply[EXP]);
    measure("tanh", table->apply[TANH]);
    measure("sigmoid", table->apply[SIGMOID]);
    return 0;
}
