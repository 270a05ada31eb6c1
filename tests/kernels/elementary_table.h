/* SPDX-License-Identifier: MIT */
/* The functions of elementary.h as the kernel sets compile them, so that every set can be tested. */
#ifndef GLIA_KERNELS_ELEMENTARY_TABLE_H
#define GLIA_KERNELS_ELEMENTARY_TABLE_H

#include <stddef.h>

#include "kernels/real.h"

typedef enum elementary {
    EXP,
    LOG,
    LOG1P,
    TANH,
    SIGMOID,
    ELEMENTARY_COUNT
} elementary;

typedef struct elementary_table {
    const char *name;
    void (*apply[ELEMENTARY_COUNT])(real *y, const real *x, size_t n); /* y[i] = f(x[i]) */
} elementary_table;

extern const elementary_table elementary_portable;
extern const elementary_table elementary_neon;
extern const elementary_table elementary_avx2;
extern const elementary_table elementary_avx512;

/* The tables that this build has and this processor can run, the portable one first; NULL past the last. */
const elementary_table *elementary_table_at(size_t index);

#endif
