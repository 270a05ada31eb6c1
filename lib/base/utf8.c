/* SPDX-License-Identifier: MIT */
/* Whether bytes are UTF-8. */
#include "base/utf8.h"

static bool is_between(unsigned char byte, unsigned char low, unsigned char high)
{
    return byte >= low && byte <= high;
}

/* The second byte's range depends on the first. */
size_t glia__utf8_length(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    unsigned char low = 0x80, high = 0xbf;
    size_t length;
    if (at[0] < 0x80)
        return 1;
    if (is_between(at[0], 0xc2, 0xdf)) {
        length = 2;
    } else if (is_between(at[0], 0xe0, 0xef)) {
        length = 3;
        low = at[0] == 0xe0 ? 0xa0 : 0x80;
        high = at[0] == 0xed ? 0x9f : 0xbf;
    } else if (is_between(at[0], 0xf0, 0xf4)) {
        length = 4;
        low = at[0] == 0xf0 ? 0x90 : 0x80;
        high = at[0] == 0xf4 ? 0x8f : 0xbf;
    } else {
        return 0;
    }
    if (!is_between(at[1], low, high))
        return 0;
    for (size_t i = 2; i < length; i++)
        if (!is_between(at[i], 0x80, 0xbf))
            return 0;
    return length;
}

bool glia__utf8_is_valid(const char *text)
{
    while (*text != '\0') {
        size_t length = glia__utf8_length(text);
        if (length == 0)
            return false;
        text += length;
    }
    return true;
}
