/* SPDX-License-Identifier: MIT */
/*
 * Two floating-point modes, both round to nearest and trap nothing, whatever mode the caller is in.
 *
 * Training flushes subnormal numbers to zero: moments and gradients of rarely used inputs decay into them, and they
 * cost a processor many times an ordinary number. What reads numbers from texts and files, or draws them, is exact: it
 * keeps them.
 */
#ifndef GLIA_BASE_FLOAT_MODE_H
#define GLIA_BASE_FLOAT_MODE_H

#include <stdint.h>

#if defined __SSE__ || defined _M_X64
#include <xmmintrin.h>
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0x9fc0) /* MXCSR: FTZ, DAZ, all exceptions masked, nearest */
#define GLIA__FLOAT_MODE_EXACT    UINT64_C(0x1f80)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0x003f) /* the caller's exception flags */
static inline uint64_t glia__float_word(void)
{
    return _mm_getcsr();
}
static inline void glia__set_float_word(uint64_t word)
{
    _mm_setcsr((unsigned)word);
}
#elif defined __aarch64__                              /* FPCR below, and above it FPSR, which has the flags */
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0x01000000) /* FZ, no traps, nearest */
#define GLIA__FLOAT_MODE_EXACT    UINT64_C(0)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0xffffffff00000000)
static inline uint64_t glia__float_word(void)
{
    uint64_t control, flags;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    __asm__ volatile("mrs %0, fpsr" : "=r"(flags));
    return flags << 32 | control;
}
static inline void glia__set_float_word(uint64_t word)
{
    __asm__ volatile("msr fpcr, %0" : : "r"(word & 0xffffffff));
    __asm__ volatile("msr fpsr, %0" : : "r"(word >> 32));
}
#elif defined __riscv_flen
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0) /* FCSR: nearest; there are no traps, and nothing that flushes */
#define GLIA__FLOAT_MODE_EXACT    UINT64_C(0)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0x1f)
static inline uint64_t glia__float_word(void)
{
    unsigned long word;
    __asm__ volatile("frcsr %0" : "=r"(word));
    return word;
}
static inline void glia__set_float_word(uint64_t word)
{
    __asm__ volatile("fscsr %0" : : "r"((unsigned long)word));
}
#elif defined __s390x__
#define GLIA__FLOAT_MODE_TRAINING UINT64_C(0) /* FPC: nearest, no traps; nothing flushes */
#define GLIA__FLOAT_MODE_EXACT    UINT64_C(0)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0x00f8ff00) /* and the code of the exception */
static inline uint64_t glia__float_word(void)
{
    uint32_t word;
    __asm__ volatile("efpc %0" : "=d"(word));
    return word;
}
static inline void glia__set_float_word(uint64_t word)
{
    __asm__ volatile("sfpc %0" : : "d"((uint32_t)word));
}
#else                                                  /* the direction of rounding is all that C knows */
#include <fenv.h>
#define GLIA__FLOAT_MODE_TRAINING ((uint64_t)FE_TONEAREST)
#define GLIA__FLOAT_MODE_EXACT    ((uint64_t)FE_TONEAREST)
#define GLIA__FLOAT_MODE_FLAGS    UINT64_C(0)
static inline uint64_t glia__float_word(void)
{
    return (uint64_t)fegetround();
}
static inline void glia__set_float_word(uint64_t word)
{
    (void)fesetround((int)word);
}
#endif

/* The mode to go back to, and the one in force meanwhile. */
typedef struct glia__float_mode {
    uint64_t caller, ours;
} glia__float_mode;

/* From the caller's mode into one of the two above. */
glia__float_mode glia__float_mode_enter(uint64_t ours);

/* Back to the caller's mode and flags. */
void glia__float_mode_leave(glia__float_mode mode);

#endif
