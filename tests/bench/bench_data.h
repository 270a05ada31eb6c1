/* SPDX-License-Identifier: MIT */
/* The data sets of the benchmark, the same for every contender. */
#ifndef GLIA_BENCH_BENCH_DATA_H
#define GLIA_BENCH_BENCH_DATA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct bench_data {
    size_t rows, columns;
    const float *inputs; /* [rows][columns] */
    const int32_t *classes;
} bench_data;

/* Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60 000 pictures for "train", 10 000 for "t10k", from the folder of
 * Debian's package dataset-fashion-mnist. */
bench_data bench_fashion(const char *part);

/* Two moons, 200 points. */
bench_data bench_moons(void);

#ifdef __cplusplus
}
#endif

#endif
