/* SPDX-License-Identifier: MIT */
/* Philox4x32-10 (Salmon, Moraes, Dror and Shaw: Parallel random numbers: as easy as 1, 2, 3; 2011) with the seed as its
 * key, and what is drawn from it. */
#include "base/random.h"

/* The constants are those of the paper: two multipliers, and for the key the golden ratio and the square root of 3
 * less 1, each as a fraction of 2^32. */
void glia__random_block(uint32_t words[4], uint64_t seed, uint32_t stream, uint64_t pass, uint64_t block)
{
    uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t high_bits = (uint32_t)(block >> 32 & 0xFFFF) | (uint32_t)(pass >> 32) << 16;
    uint32_t counter[4] = {(uint32_t)block, high_bits, (uint32_t)pass, stream};

    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)0xD2511F53 * counter[0];
        uint64_t product1 = (uint64_t)0xCD9E8D57 * counter[2];
        counter[0] = (uint32_t)(product1 >> 32) ^ counter[1] ^ key[0];
        counter[1] = (uint32_t)product1;
        counter[2] = (uint32_t)(product0 >> 32) ^ counter[3] ^ key[1];
        counter[3] = (uint32_t)product0;
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    for (int i = 0; i < 4; i++)
        words[i] = counter[i];
}

uint64_t glia__random(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index)
{
    uint32_t words[4];
    glia__random_block(words, seed, stream, pass, index / 2);
    size_t half = (size_t)(index % 2) * 2;
    return (uint64_t)words[half + 1] << 32 | words[half];
}

double glia__random_uniform(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index)
{
    return (double)(glia__random(seed, stream, pass, index) >> 11) * 0x1p-53;
}

/* Fisher-Yates. The 2^64 mod n largest values are drawn again, or the smaller choices would be a little likelier. */
void glia__random_order(size_t *order, size_t count, uint64_t seed, uint32_t stream, uint64_t pass)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;

    uint64_t index = 0;
    for (size_t n = count; n > 1; n--) {
        uint64_t bits;
        uint64_t choice;
        do {
            bits = glia__random(seed, stream, pass, index++);
            choice = bits % n;
        } while (bits - choice > UINT64_MAX - (n - 1)); /* the last, incomplete, run of n values */

        size_t chosen = order[choice];
        order[choice] = order[n - 1];
        order[n - 1] = chosen;
    }
}
