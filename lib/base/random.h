/* SPDX-License-Identifier: MIT */
/* Random numbers as a function of (seed, stream, pass, index) instead of a sequence: whatever draws one can do so in
 * any order, on any thread, and gets the same bits. */
#ifndef GLIA_BASE_RANDOM_H
#define GLIA_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The 128 bits of block `block`: one call of Philox4x32-10. The lower 48 bits of `pass` and `block` count. Loops that
 * need many numbers take a block at a time; glia__random() serves the same bits one by one. */
void glia__random_block(uint32_t words[4], uint64_t seed, uint32_t stream, uint64_t pass, uint64_t block);

/* 64 bits: half index % 2 of block index / 2 (words 0 and 1, or 2 and 3, the lower word first). */
uint64_t glia__random(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index);

/* The upper 53 of those bits as a number in [0, 1). */
double glia__random_uniform(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index);

/* order[0 .. count - 1] becomes a permutation of 0 .. count - 1, every one equally likely. */
void glia__random_order(size_t *order, size_t count, uint64_t seed, uint32_t stream, uint64_t pass);

#endif
