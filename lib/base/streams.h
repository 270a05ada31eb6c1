/* SPDX-License-Identifier: MIT */
/* Which stream of random numbers is whose, so that no two uses share one. Below 2^31: the rest is the callers'. */
#ifndef GLIA_BASE_STREAMS_H
#define GLIA_BASE_STREAMS_H

#define GLIA__STREAM_WEIGHTS UINT32_C(0x01000000) /* + layer */
#define GLIA__STREAM_DROPOUT UINT32_C(0x02000000) /* + layer */
#define GLIA__STREAM_SHUFFLE UINT32_C(0x03000000)

#define GLIA__STREAM_LAYERS_MAX 0x01000000 /* layers that have a stream of their own */

#endif
