/* SPDX-License-Identifier: MIT */
/* Whether a text is UTF-8, as names must be that go into a network's metadata. */
#ifndef GLIA_IO_UTF8_TEXT_H
#define GLIA_IO_UTF8_TEXT_H

#include <stdbool.h>

/* UTF-8 in its shortest form, without surrogates (RFC 3629). */
bool glia__is_utf8(const char *text);

#endif
