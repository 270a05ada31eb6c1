/* SPDX-License-Identifier: MIT */
#include "base/float_mode.h"

#if defined __SSE__ || defined _M_X64
/* AMD's Zen 3 writes MXCSR in a few cycles if it has foreseen the value, and else starts again behind it, 50 cycles
 * later. It remembers values in a small table, by where the instruction stands and what has called it: two places that
 * share an entry and write different values are slow for ever. One place far from other code, called from few, seldom
 * shares one; written into each pass, all of three passes did. */
__attribute__((noinline, aligned(64))) void glia__set_float_word(uint64_t word)
{
    _mm_setcsr((unsigned)word);
}
#endif
