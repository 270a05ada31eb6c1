/* SPDX-License-Identifier: MIT */
/* CRC-32C four bytes at a time by eight small tables, one for each half byte of the register. */
#include "base/crc32c.h"

/* What half a byte leaves behind is the XOR of what its bits leave behind, so four numbers tell all sixteen. */
#define ROW(a, b, c, d)                                                                                                \
    0, a, b, (a) ^ (b), c, (a) ^ (c), (b) ^ (c), (a) ^ (b) ^ (c), d, (a) ^ (d), (b) ^ (d), (a) ^ (b) ^ (d), (c) ^ (d), \
        (a) ^ (c) ^ (d), (b) ^ (c) ^ (d), (a) ^ (b) ^ (c) ^ (d)

/* left_by[k][x]: the register after 32 more bits, if it held x << 4 k and those bits are 0. */
static const uint32_t left_by[8][16] = {
    {ROW(0xdd45aab8, 0xbf672381, 0x7b2231f3, 0xf64463e6)}, {ROW(0xe964b13d, 0xd725148b, 0xaba65fe7, 0x52a0c93f)},
    {ROW(0xa541927e, 0x4f6f520d, 0x9edea41a, 0x38513ec5)}, {ROW(0x70a27d8a, 0xe144fb14, 0xc76580d9, 0x8b277743)},
    {ROW(0x13a29877, 0x274530ee, 0x4e8a61dc, 0x9d14c3b8)}, {ROW(0x3fc5f181, 0x7f8be302, 0xff17c604, 0xfbc3faf9)},
    {ROW(0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf)}, {ROW(0x105ec76f, 0x20bd8ede, 0x417b1dbc, 0x82f63b78)},
};

static uint32_t little_endian(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t after_four_bytes(uint32_t crc)
{
    uint32_t next = 0;
    for (int k = 0; k < 8; k++)
        next ^= left_by[k][crc >> 4 * k & 15];
    return next;
}

/* The same for 8 bits: x that stands 24 bits higher needs 32 bits to go as far. */
static uint32_t after_one_byte(uint32_t crc)
{
    return crc >> 8 ^ left_by[6][crc & 15] ^ left_by[7][crc >> 4 & 15];
}

uint32_t glia__crc32c(uint32_t crc, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;

    crc = ~crc;
    for (; size >= 4; size -= 4, p += 4)
        crc = after_four_bytes(crc ^ little_endian(p));
    for (; size > 0; size--, p++)
        crc = after_one_byte(crc ^ *p);
    return ~crc;
}
