/* SPDX-License-Identifier: MIT */
/*
 * What the programs that measure glia share. They are written with `real`, like the library, and compiled for float and
 * for double. Settings of all of them: `threads=1`, `kernels=NAME` (at most this kernel set).
 */
#ifndef GLIA_BENCH_MEASURED_NET_H
#define GLIA_BENCH_MEASURED_NET_H

#include <glia/glia.h>

#include "kernels/real.h"

/* End the program if a call failed. */
void check(glia_status status);

/* A network with the threads and kernels of the settings. */
glia_net *measured_net(char *const *settings, const char *architecture);

/* The same with a loss and an optimizer. */
glia_net *measured_trainee(char *const *settings, const char *architecture, const char *loss, const char *optimizer);

/* A copy as reals, and random ones in [-scale, scale). */
real *measured_copy(const float *values, size_t count);
real *measured_values(size_t count, real scale);

/* A part of Fashion-MNIST, "train" or "t10k". */
glia_samples measured_fashion(const char *part);

/* Random classes 0 .. n_classes - 1. */
int32_t *measured_classes(size_t count, size_t n_classes);

#endif
