/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model come from: lent in pieces of any size, they are the same bytes. */
#include "model/origin.h"

#include <string.h>

#include "api/harness.h"
#include "base/crc32c.h"

static const unsigned char bytes[] = "the bytes of an origin, from the first to the last";

enum {
    SIZE = sizeof bytes
};

/* An origin that has so many bytes at hand, as a file may, and fails from one of them on. */
typedef struct frugal_origin {
    glia__origin base;
    size_t most, broken;
} frugal_origin;

static glia_status lend_little(glia__origin *base, size_t begin, glia__piece *piece)
{
    const frugal_origin *origin = (const frugal_origin *)base;
    assert_true(begin < base->size);
    if (begin >= origin->broken)
        return GLIA_ERR_IO;
    size_t left = base->size - begin;
    *piece = (glia__piece){bytes + begin, left < origin->most ? left : origin->most};
    return GLIA_OK;
}

static frugal_origin frugal_origin_begin(size_t most)
{
    return (frugal_origin){.base = {.lend = lend_little, .size = SIZE}, .most = most, .broken = SIZE_MAX};
}

static void test_memory_lends_all_that_is_left(void **state)
{
    (void)state;
    glia__memory_origin origin = glia__memory_origin_begin(bytes, SIZE);
    assert_int_equal(origin.base.size, SIZE);
    for (size_t begin = 0; begin < SIZE; begin++) {
        glia__piece piece;
        assert_ok(glia__origin_lend(&origin.base, begin, SIZE, &piece));
        assert_ptr_equal(piece.bytes, bytes + begin);
        assert_int_equal(piece.size, SIZE - begin);
        assert_ok(glia__origin_lend(&origin.base, begin, begin + 1, &piece));
        assert_int_equal(piece.size, 1);
    }
}

static void test_copy_gets_every_stretch_whatever_the_pieces(void **state)
{
    (void)state;
    for (size_t most = 1; most <= SIZE + 1; most++) {
        frugal_origin origin = frugal_origin_begin(most);
        for (size_t begin = 0; begin <= SIZE; begin++) {
            unsigned char copy[SIZE + 1];
            memset(copy, '#', sizeof copy);
            assert_ok(glia__origin_copy(&origin.base, begin, copy, SIZE - begin));
            assert_memory_equal(copy, bytes + begin, SIZE - begin);
            assert_int_equal(copy[SIZE - begin], '#');
        }
    }
}

static void test_checksum_is_that_of_the_bytes_whatever_the_pieces(void **state)
{
    (void)state;
    for (size_t most = 1; most <= SIZE; most++) {
        frugal_origin origin = frugal_origin_begin(most);
        uint32_t crc = 0;
        assert_ok(glia__origin_add_checksum(&origin.base, 0, 5, &crc));
        assert_ok(glia__origin_add_checksum(&origin.base, 5, 5, &crc));
        assert_ok(glia__origin_add_checksum(&origin.base, 5, SIZE, &crc));
        assert_int_equal(crc, glia__crc32c(0, bytes, SIZE));
    }
}

static void test_failure_in_any_piece_is_passed_on(void **state)
{
    (void)state;
    for (size_t broken = 0; broken < SIZE; broken++) {
        unsigned char copy[SIZE];
        uint32_t crc = 0;
        frugal_origin origin = frugal_origin_begin(1);
        origin.broken = broken;
        assert_int_equal(glia__origin_copy(&origin.base, 0, copy, SIZE), GLIA_ERR_IO);
        assert_int_equal(glia__origin_add_checksum(&origin.base, 0, SIZE, &crc), GLIA_ERR_IO);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_lends_all_that_is_left),
        cmocka_unit_test(test_copy_gets_every_stretch_whatever_the_pieces),
        cmocka_unit_test(test_checksum_is_that_of_the_bytes_whatever_the_pieces),
        cmocka_unit_test(test_failure_in_any_piece_is_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
