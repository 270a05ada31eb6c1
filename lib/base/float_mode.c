/* SPDX-License-Identifier: MIT */
#include "base/float_mode.h"

#include "base/not_inline.h"

/*
 * Called from two places, one for each direction. AMD's Zen 3 writes MXCSR in a few cycles if it has foreseen the
 * value, and else begins again behind it, 50 cycles later. It foresees the last one that was written there after the
 * same call, as a small table by a hash of both has it (found by trying; its manuals are silent): entering and leaving
 * in many places sooner or later share an entry, and then both are slow for ever.
 */
NOT_INLINE __attribute__((aligned(64))) static void write_word(uint64_t word)
{
    glia__set_float_word(word);
}

/* A word that is ours already is not written: writing costs more than reading, and more still if it changes the flags,
 * so those are kept. */
__attribute__((aligned(64))) glia__float_mode glia__float_mode_enter(uint64_t ours)
{
    glia__float_mode mode = {.caller = glia__float_word(), .ours = ours};
    if ((mode.caller & ~GLIA__FLOAT_MODE_FLAGS) != ours)
        write_word(ours | (mode.caller & GLIA__FLOAT_MODE_FLAGS));
    return mode;
}

__attribute__((aligned(64))) void glia__float_mode_leave(glia__float_mode mode)
{
    if ((mode.caller & ~GLIA__FLOAT_MODE_FLAGS) != mode.ours)
        write_word(mode.caller);
    __asm__ volatile(""); /* so that it is a call, not a jump, which would count as the call of this function */
}
