/* SPDX-License-Identifier: MIT */
/*
 * The floating-point mode of training: round to nearest, no traps, subnormal numbers flushed to zero. Moments and
 * gradients of rarely used inputs decay into subnormals, and those cost a processor many times an ordinary number.
 */
#ifndef GLIA_BASE_FLOAT_MODE_H
#define GLIA_BASE_FLOAT_MODE_H

#include <stdint.h>

#if defined __SSE__ || defined _M_X64
#include <xmmintrin.h>
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0x9fc0) /* MXCSR: FTZ, DAZ, all exceptions masked, nearest */
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0x003f) /* the caller's exception flags */
static inline uint64_t glia__float_word(void)
{
    return _mm_getcsr();
}
static inline void glia__set_float_word(uint64_t word)
{
    _mm_setcsr((unsigned)word);
}
#elif defined __aarch64__
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0x01000000) /* FPCR: FZ, no traps, nearest; its flags are elsewhere */
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0)
static inline uint64_t glia__float_word(void)
{
    uint64_t word;
    __asm__ volatile("mrs %0, fpcr" : "=r"(word));
    return word;
}
static inline void glia__set_float_word(uint64_t word)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(word));
}
#else /* no such mode: both sides of the comparison below are 0 */
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0)
static inline uint64_t glia__float_word(void)
{
    return 0;
}
static inline void glia__set_float_word(uint64_t word)
{
    (void)word;
}
#endif

/* Enter the mode; answers what glia__float_mode_leave() wants. A word that is ours already is not written: writing
 * costs more than reading, and more still if it changes the flags, so those are kept. */
static inline uint64_t glia__float_mode_enter(void)
{
    uint64_t word = glia__float_word();
    if ((word & ~GLIA__FLOAT_MODE_FLAGS) != GLIA__FLOAT_MODE_TRAINING)
        glia__set_float_word(GLIA__FLOAT_MODE_TRAINING | (word & GLIA__FLOAT_MODE_FLAGS));
    return word;
}

/* Back to the caller's mode and flags. */
static inline void glia__float_mode_leave(uint64_t word)
{
    if ((word & ~GLIA__FLOAT_MODE_FLAGS) != GLIA__FLOAT_MODE_TRAINING)
        glia__set_float_word(word);
}

#endif
