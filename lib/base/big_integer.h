/* SPDX-License-Identifier: MIT */
/* Whole numbers of up to 2688 bits on the stack, for the exact arithmetic that reading and writing decimals takes. */
#ifndef GLIA_BASE_BIG_INTEGER_H
#define GLIA_BASE_BIG_INTEGER_H

#include <stdint.h>

/* 768 digits and one more are 2555 bits; the power of 5 that brings them to the smallest double is no larger. */
#define GLIA__BIG_WORDS 84

/* words[0] is the lowest; words[count - 1] is not 0, and 0 has no words. */
typedef struct glia__big {
    int count;
    uint32_t words[GLIA__BIG_WORDS];
} glia__big;

void glia__big_set(glia__big *a, uint64_t value);

/* a = a factor + addend */
void glia__big_multiply_add(glia__big *a, uint32_t factor, uint32_t addend);

/* a = a 5^exponent */
void glia__big_multiply_power_of_5(glia__big *a, int exponent);

/* a = a 2^bits */
void glia__big_shift_left(glia__big *a, int bits);

/* a = a + b */
void glia__big_add(glia__big *a, const glia__big *b);

/* a = a - b, where a >= b */
void glia__big_subtract(glia__big *a, const glia__big *b);

/* Negative, 0 or positive as a is below, equal to or above b. */
int glia__big_compare(const glia__big *a, const glia__big *b);

/* How many bits a has: 2^(bits - 1) <= a < 2^bits, and 0 for 0. */
int glia__big_bits(const glia__big *a);

#endif
