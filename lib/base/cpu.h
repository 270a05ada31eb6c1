/* SPDX-License-Identifier: MIT */
/* What this processor can do, asked for by feature and never by model. */
#ifndef GLIA_BASE_CPU_H
#define GLIA_BASE_CPU_H

#include <stdbool.h>

/* Each answers true only if the system saves the registers too. */
bool glia__cpu_has_avx2(void);   /* AVX2 and FMA */
bool glia__cpu_has_avx512(void); /* AVX-512 F, VL, DQ and BW, and what AVX2 asks for */

#endif
