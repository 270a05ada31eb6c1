/* SPDX-License-Identifier: MIT */
/* Whether a text is UTF-8. */
#include "io/utf8_text.h"

#include <stddef.h>

/* How many bytes the character has that begins with `first`; 0: none begins so. */
static size_t character_size(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* Whether `second` may follow `first`: the rest of 10xxxxxx would be a longer form than needed, a surrogate, or beyond
 * U+10FFFF. */
static bool may_follow(unsigned char first, unsigned char second)
{
    unsigned char least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char largest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= largest;
}

bool glia__is_utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at != 0) {
        size_t size = character_size(*at);
        if (size == 0 || (size > 1 && !may_follow(at[0], at[1])))
            return false;
        for (size_t i = 2; i < size; i++)
            if ((at[i] & 0xC0) != 0x80)
                return false;
        at += size;
    }
    return true;
}
