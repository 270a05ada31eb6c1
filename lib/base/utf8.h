/* SPDX-License-Identifier: MIT */
/* Whether bytes are UTF-8: what goes into JSON has to be. */
#ifndef GLIA_BASE_UTF8_H
#define GLIA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the character that begins here; 0 if none does. */
size_t glia__utf8_length(const char *text);

/* Well-formed as the Unicode standard says (table 3-7): shortest forms, no surrogates, nothing above U+10FFFF. */
bool glia__utf8_is_valid(const char *text);

#endif
