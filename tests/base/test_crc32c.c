/* SPDX-License-Identifier: MIT */
/* CRC-32C against published values and against its definition, a bit at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/crc32c.h"

enum {
    SIZE = 67 /* odd, and several times the four bytes of a step */
};

static void fill(unsigned char bytes[SIZE])
{
    for (int i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(i * 151 + 7);
}

/* The definition: reflected polynomial 0x82F63B78, start and final XOR 0xFFFFFFFF. */
static uint32_t crc32c_by_bits(const unsigned char *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
    }
    return ~crc;
}

static void test_crc32c_of_123456789_is_the_catalogue_check_value(void **state)
{
    (void)state;
    assert_int_equal(glia__crc32c(0, "123456789", 9), 0xE3069283);
}

/* RFC 3720, B.4 */
static void test_crc32c_matches_the_vectors_of_rfc_3720(void **state)
{
    (void)state;
    unsigned char zeros[32];
    unsigned char ones[32];
    unsigned char up[32];
    unsigned char down[32];
    for (int i = 0; i < 32; i++) {
        zeros[i] = 0;
        ones[i] = 0xFF;
        up[i] = (unsigned char)i;
        down[i] = (unsigned char)(31 - i);
    }
    assert_int_equal(glia__crc32c(0, zeros, 32), 0x8A9136AA);
    assert_int_equal(glia__crc32c(0, ones, 32), 0x62A8AB43);
    assert_int_equal(glia__crc32c(0, up, 32), 0x46DD794E);
    assert_int_equal(glia__crc32c(0, down, 32), 0x113FDB5C);
}

static void test_crc32c_of_nothing_leaves_the_checksum(void **state)
{
    (void)state;
    assert_int_equal(glia__crc32c(0, NULL, 0), 0);
    assert_int_equal(glia__crc32c(0x12345678, NULL, 0), 0x12345678);
}

static void test_crc32c_follows_its_definition_at_every_length_and_alignment(void **state)
{
    (void)state;
    unsigned char bytes[SIZE];
    fill(bytes);
    for (size_t begin = 0; begin < 8; begin++)
        for (size_t size = 0; begin + size <= SIZE; size++)
            assert_int_equal(glia__crc32c(0, bytes + begin, size), crc32c_by_bits(bytes + begin, size));
}

static void test_crc32c_continues_wherever_the_bytes_are_split(void **state)
{
    (void)state;
    unsigned char bytes[SIZE];
    fill(bytes);
    uint32_t whole = crc32c_by_bits(bytes, SIZE);
    for (size_t split = 0; split <= SIZE; split++)
        assert_int_equal(glia__crc32c(glia__crc32c(0, bytes, split), bytes + split, SIZE - split), whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crc32c_of_123456789_is_the_catalogue_check_value),
        cmocka_unit_test(test_crc32c_matches_the_vectors_of_rfc_3720),
        cmocka_unit_test(test_crc32c_of_nothing_leaves_the_checksum),
        cmocka_unit_test(test_crc32c_follows_its_definition_at_every_length_and_alignment),
        cmocka_unit_test(test_crc32c_continues_wherever_the_bytes_are_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
