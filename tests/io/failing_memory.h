/* SPDX-License-Identifier: MIT */
/* malloc() and its kind, that count and fail when told to: linked instead of them with the linker's --wrap. */
#ifndef GLIA_IO_FAILING_MEMORY_H
#define GLIA_IO_FAILING_MEMORY_H

#include <stddef.h>

/* From now on the n-th allocation fails, counted from 1; with `persistently`, so do all that follow. */
void failing_memory_arm(size_t n, int persistently);

/* Let none fail any more; answers how many have. */
size_t failing_memory_disarm(void);

/* Blocks in use. */
size_t failing_memory_blocks(void);

/* Bytes of the largest request since the last call. */
size_t failing_memory_largest(void);

#endif
