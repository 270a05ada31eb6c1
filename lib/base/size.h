/* SPDX-License-Identifier: MIT */
/* Sizes that cannot wrap: every product and sum that counts memory goes through here. */
#ifndef GLIA_BASE_SIZE_H
#define GLIA_BASE_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GLIA__SIZE_HALF (sizeof(size_t) * 4) /* bits */

/* *product = a b; false, and *product untouched, if that does not fit. Numbers of half the bits need no division. */
static inline bool glia__size_multiply(size_t *product, size_t a, size_t b)
{
    if ((a | b) >> GLIA__SIZE_HALF != 0 && b != 0 && a > SIZE_MAX / b)
        return false;
    *product = a * b;
    return true;
}

/* *sum = a + b; false, and *sum untouched, if that does not fit. */
static inline bool glia__size_add(size_t *sum, size_t a, size_t b)
{
    if (a > SIZE_MAX - b)
        return false;
    *sum = a + b;
    return true;
}

/* Whether [a, a + a_size) and [b, b + b_size) share a byte. */
static inline bool glia__memory_overlaps(const void *a, size_t a_size, const void *b, size_t b_size)
{
    uintptr_t first = (uintptr_t)a, second = (uintptr_t)b;
    return first < second ? second - first < a_size : first - second < b_size;
}

#endif
