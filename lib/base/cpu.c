/* SPDX-License-Identifier: MIT */
/* What this processor can do (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, CPUID and
 * XGETBV). */
#include "base/cpu.h"

#if defined __x86_64__ || defined __i386__

#include <cpuid.h>
#include <stdint.h>

/* CPUID leaf 1, ECX */
#define HAS_FMA     (1u << 12)
#define HAS_OSXSAVE (1u << 27)
#define HAS_AVX     (1u << 28)
/* CPUID leaf 7, EBX */
#define HAS_AVX2     (1u << 5)
#define HAS_AVX512F  (1u << 16)
#define HAS_AVX512DQ (1u << 17)
#define HAS_AVX512BW (1u << 30)
#define HAS_AVX512VL (1u << 31)
/* XCR0: the registers that the system saves */
#define SAVES_YMM 0x06u
#define SAVES_ZMM 0xe6u

static bool has_all(uint32_t word, uint32_t bits)
{
    return (word & bits) == bits;
}

static uint32_t saved_registers(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

/* Whether leaf 7 has the features, behind what every AVX set needs. */
static bool has_features(uint32_t features, uint32_t registers)
{
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !has_all(c, HAS_FMA | HAS_OSXSAVE | HAS_AVX))
        return false;
    if (!has_all(saved_registers(), registers))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && has_all(b, features);
}

bool glia__cpu_has_avx2(void)
{
    return has_features(HAS_AVX2, SAVES_YMM);
}

bool glia__cpu_has_avx512(void)
{
    return has_features(HAS_AVX2 | HAS_AVX512F | HAS_AVX512DQ | HAS_AVX512BW | HAS_AVX512VL, SAVES_ZMM);
}

#else

bool glia__cpu_has_avx2(void)
{
    return false;
}

bool glia__cpu_has_avx512(void)
{
    return false;
}

#endif
