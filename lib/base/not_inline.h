/* SPDX-License-Identifier: MIT */
/* Functions that stay calls: large ones that are called from several places, and rare ones whose frames and registers a
 * short caller would have to make room for each time. */
#ifndef GLIA_BASE_NOT_INLINE_H
#define GLIA_BASE_NOT_INLINE_H

#define NOT_INLINE __attribute__((noinline))

#endif
