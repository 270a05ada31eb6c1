/* SPDX-License-Identifier: MIT */
/* Whole numbers of fixed capacity, least significant word first. */
#include "base/big_integer.h"

#include <assert.h>

static void append(glia__big *a, uint32_t word)
{
    assert(a->count < GLIA__BIG_WORDS);
    a->words[a->count++] = word;
}

void glia__big_set(glia__big *a, uint64_t value)
{
    a->count = 0;
    for (; value > 0; value >>= 32)
        append(a, (uint32_t)value);
}

void glia__big_multiply_add(glia__big *a, uint32_t factor, uint32_t addend)
{
    assert(factor > 0);
    uint64_t carry = addend;
    for (int i = 0; i < a->count; i++) {
        carry += (uint64_t)a->words[i] * factor;
        a->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0)
        append(a, (uint32_t)carry);
}

void glia__big_multiply_power_of_5(glia__big *a, int exponent)
{
    for (; exponent >= 13; exponent -= 13)
        glia__big_multiply_add(a, 1220703125, 0); /* 5^13, the largest in a word */
    for (; exponent > 0; exponent--)
        glia__big_multiply_add(a, 5, 0);
}

void glia__big_shift_left(glia__big *a, int bits)
{
    int words = bits / 32;
    glia__big_multiply_add(a, (uint32_t)1 << bits % 32, 0);
    if (words == 0 || a->count == 0)
        return;

    assert(a->count + words <= GLIA__BIG_WORDS);
    for (int i = a->count - 1; i >= 0; i--)
        a->words[i + words] = a->words[i];
    for (int i = 0; i < words; i++)
        a->words[i] = 0;
    a->count += words;
}

void glia__big_add(glia__big *a, const glia__big *b)
{
    while (a->count < b->count)
        append(a, 0);

    uint64_t carry = 0;
    for (int i = 0; i < a->count; i++) {
        carry += a->words[i];
        carry += i < b->count ? b->words[i] : 0;
        a->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0)
        append(a, (uint32_t)carry);
}

void glia__big_subtract(glia__big *a, const glia__big *b)
{
    assert(glia__big_compare(a, b) >= 0);
    uint64_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        uint64_t difference = (uint64_t)a->words[i] - (i < b->count ? b->words[i] : 0) - borrow;
        a->words[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    while (a->count > 0 && a->words[a->count - 1] == 0)
        a->count--;
}

int glia__big_compare(const glia__big *a, const glia__big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

int glia__big_bits(const glia__big *a)
{
    if (a->count == 0)
        return 0;
    int bits = 32 * (a->count - 1);
    for (uint32_t top = a->words[a->count - 1]; top > 0; top >>= 1)
        bits++;
    return bits;
}
