/* SPDX-License-Identifier: MIT */
#include "base/float_mode.h"

#if defined __SSE__ || defined _M_X64
/* Where it stands in the code decides what LDMXCSR costs: AMD's Zen 3 takes 5 cycles to write the mode twice, but 100
 * where instructions in front and behind are grouped in some way that its manuals do not describe. Behind a jump to the
 * beginning of a line of the cache it was always fast, as it was in none of 2000 other places. */
__attribute__((noinline, aligned(64))) void glia__set_float_word(uint64_t word)
{
    _mm_setcsr((unsigned)word);
}
#endif
