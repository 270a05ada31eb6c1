/* SPDX-License-Identifier: MIT */
/* Failing with a message: the one door through which every error text of the library goes. */
#ifndef GLIA_BASE_STATUS_H
#define GLIA_BASE_STATUS_H

#include <glia/glia.h>

#if defined __MINGW32__ /* where printf is another one by name */
#define GLIA__PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined __GNUC__
#define GLIA__PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define GLIA__PRINTF(text, first)
#endif

/* Set this thread's error message as printf would, without numbers that depend on the locale (%f, %g), and answer with
 * `status`. */
glia_status glia__fail(glia_status status, const char *format, ...) GLIA__PRINTF(2, 3);

#endif
