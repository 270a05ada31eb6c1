/* SPDX-License-Identifier: MIT */
/* What the tests of kernels share; see kernel_harness.h. */
#include "kernels/kernel_harness.h"

#include <stdlib.h>
#include <string.h>

#define GUARD 65 /* reals on either side: more than the widest vector, and odd, so that nothing is aligned by chance */

static const char *const set_names[] = {"portable", "neon", "avx2", "avx512"};

const glia__kernels *kernel_table(size_t index)
{
    const glia__kernels *last = NULL;
    for (size_t i = 0; i < COUNT_OF(set_names); i++) {
        const glia__kernels *table = NULL;
        assert_ok(glia__kernels_select(&table, set_names[i]));
        if (table == last)
            continue; /* this build or processor does not have the set, so the one below it was chosen */
        last = table;
        if (index-- == 0)
            return table;
    }
    return NULL;
}

real *kernel_scratch(const glia__kernels *kernels)
{
    static real scratch[1 << 18];
    assert_true(kernels->scratch_count <= COUNT_OF(scratch));
    real *last = scratch + COUNT_OF(scratch) - kernels->scratch_count;
    memset(last, 0xFF, kernels->scratch_count * sizeof(real));
    return last;
}

static guarded allocate(size_t count)
{
    size_t bytes = (count + 2 * GUARD) * sizeof(real);
    real *whole = malloc(bytes);
    assert_non_null(whole);
    memset(whole, 0xFF, bytes);
    return (guarded){whole + GUARD, count};
}

guarded guarded_make(size_t count, uint64_t seed)
{
    guarded array = allocate(count);
    harness_fill(array.values, count, seed);
    return array;
}

guarded guarded_copy(guarded array)
{
    guarded copy = allocate(array.count);
    memcpy(copy.values, array.values, array.count * sizeof(real));
    return copy;
}

static void assert_untouched(const real *guard)
{
    unsigned char bytes[GUARD * sizeof(real)], expected[sizeof bytes];
    memcpy(bytes, guard, sizeof bytes);
    memset(expected, 0xFF, sizeof expected);
    assert_memory_equal(bytes, expected, sizeof bytes);
}

void guarded_free(guarded *array)
{
    assert_untouched(array->values - GUARD);
    assert_untouched(array->values + array->count);
    free(array->values - GUARD);
    *array = (guarded){NULL, 0};
}

void assert_within_bound(wide error, wide bound, const glia__kernels *kernels, const char *where)
{
    if ((error < 0 ? -error : error) <= bound)
        return;
    fail_msg("%s, %s: off by %g where %g is allowed", kernels->name, where, (double)error, (double)bound);
}

kernel_sum kernel_sum_begin(real first)
{
    return (kernel_sum){.exact = first, .magnitude = fabs((double)first)};
}

void kernel_sum_add(kernel_sum *to, real a, real b)
{
    wide product = (wide)a * (wide)b;
    to->exact += product;
    to->magnitude += product < 0 ? -product : product;
    to->count++;
}

void kernel_assert_sum(real actual, const kernel_sum *of, const glia__kernels *kernels, const char *where)
{
    double k = (double)of->count, c = fmin(k + 2, 8 + 2 * sqrt(k));
    assert_within_bound((wide)actual - of->exact, (wide)(c * ROUNDING) * of->magnitude + (wide)(k * LEAST_NORMAL),
                        kernels, where);
}

void assert_same_values(const real *actual, const real *expected, size_t count, const glia__kernels *kernels)
{
    for (size_t i = 0; i < count; i++)
        if (actual[i] != expected[i] && !(isnan(actual[i]) && isnan(expected[i])))
            fail_msg("%s: value %zu is %.17g, not %.17g", kernels->name, i, (double)actual[i], (double)expected[i]);
}
