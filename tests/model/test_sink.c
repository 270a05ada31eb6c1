/* SPDX-License-Identifier: MIT */
/* Where the bytes of a model go: the same bytes, counted, summed, kept or compared. */
#include "model/sink.h"

#include <string.h>

#include "api/harness.h"
#include "base/crc32c.h"

/* What the encoder writes: texts and bytes, some of them none. */
static void write_all(glia__sink *sink)
{
    glia__sink_text(sink, "head");
    glia__sink_text(sink, "");
    glia__sink_write(sink, "\0\x01\0", 3);
    glia__sink_write(sink, NULL, 0);
    glia__sink_text(sink, "er");
}

static const char whole[] = "head\0\x01\0er";

enum {
    SIZE = sizeof whole - 1
};

static void test_counting_sink_counts(void **state)
{
    (void)state;
    glia__sink sink = glia__counting_sink();
    write_all(&sink);
    assert_int_equal(sink.size, SIZE);
    assert_int_equal(sink.status, GLIA_OK);
}

static void test_checksum_sink_has_the_checksum_of_all_bytes(void **state)
{
    (void)state;
    glia__checksum_sink sink = glia__checksum_sink_begin();
    assert_int_equal(sink.crc, 0);
    write_all(&sink.base);
    assert_int_equal(sink.base.size, SIZE);
    assert_int_equal(sink.crc, glia__crc32c(0, whole, SIZE));
}

static void test_memory_sink_writes_the_bytes_and_no_more(void **state)
{
    (void)state;
    char memory[SIZE + 1];
    memory[SIZE] = '#';
    glia__memory_sink sink = glia__memory_sink_begin(memory);
    write_all(&sink.base);
    assert_memory_equal(memory, whole, SIZE);
    assert_int_equal(memory[SIZE], '#');
    assert_int_equal(sink.base.size, SIZE);
}

/* What comparing with these bytes answers. */
static glia_status compare_with(const char *bytes, size_t size)
{
    glia__memory_origin origin = glia__memory_origin_begin(bytes, size);
    glia__comparing_sink sink = glia__comparing_sink_begin(&origin.base, size);
    write_all(&sink.base);
    if (sink.base.status == GLIA_OK)
        assert_int_equal(sink.base.size, SIZE);
    return sink.base.status;
}

static void test_comparing_sink_accepts_the_same_bytes(void **state)
{
    (void)state;
    assert_int_equal(compare_with(whole, SIZE), GLIA_OK);
}

/* Whoever compares looks at the size as well: fewer bytes than there are do not differ. */
static void test_comparing_sink_refuses_a_different_byte_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < SIZE; i++) {
        char other[SIZE];
        memcpy(other, whole, SIZE);
        other[i] ^= 0x20;
        assert_int_equal(compare_with(other, SIZE), GLIA_ERR_FORMAT);
    }
}

static void test_comparing_sink_refuses_more_bytes_than_there_are(void **state)
{
    (void)state;
    for (size_t size = 0; size < SIZE; size++)
        assert_int_equal(compare_with(whole, size), GLIA_ERR_FORMAT);
}

static glia_status lend_nothing(glia__origin *origin, size_t begin, glia__piece *piece)
{
    (void)origin;
    (void)begin;
    (void)piece;
    return GLIA_ERR_IO;
}

static void test_comparing_sink_passes_on_what_the_origin_says(void **state)
{
    (void)state;
    glia__origin origin = {.lend = lend_nothing, .size = SIZE};
    glia__comparing_sink sink = glia__comparing_sink_begin(&origin, SIZE);
    write_all(&sink.base);
    assert_int_equal(sink.base.status, GLIA_ERR_IO);
}

static void fail_at_first(glia__sink *sink, const void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    assert_int_equal(sink->size, 0);
    sink->status = GLIA_ERR_IO;
}

static void test_failed_sink_takes_no_more(void **state)
{
    (void)state;
    glia__sink sink = {.write = fail_at_first};
    write_all(&sink);
    assert_int_equal(sink.status, GLIA_ERR_IO);
    assert_int_equal(sink.size, strlen("head"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counting_sink_counts),
        cmocka_unit_test(test_checksum_sink_has_the_checksum_of_all_bytes),
        cmocka_unit_test(test_memory_sink_writes_the_bytes_and_no_more),
        cmocka_unit_test(test_comparing_sink_accepts_the_same_bytes),
        cmocka_unit_test(test_comparing_sink_refuses_a_different_byte_anywhere),
        cmocka_unit_test(test_comparing_sink_refuses_more_bytes_than_there_are),
        cmocka_unit_test(test_comparing_sink_passes_on_what_the_origin_says),
        cmocka_unit_test(test_failed_sink_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
