/* SPDX-License-Identifier: MIT */
/* The bytes of a file, plain or gzip. */
#include "gzip_file.h"
#include "io_harness.h"

#include <stdlib.h>
#include <string.h>

#include "io/source.h"

enum {
    SIZE = 200000
};

/* Bytes that gzip cannot pack to nothing. */
static unsigned char *make_bytes(void)
{
    unsigned char *bytes = malloc(SIZE);
    assert_non_null(bytes);
    uint64_t random = 7;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (unsigned char)(io_next_random(&random) & 0x3F);
    return bytes;
}

/* The file has these bytes, read in pieces of this size. */
static void assert_reads(const char *path, const unsigned char *bytes, size_t size, size_t piece)
{
    glia__source *source = NULL;
    unsigned char *read = malloc(size + piece);
    assert_non_null(read);
    assert_ok(glia__source_open(&source, path));
    size_t done = 0, count = piece;
    while (count == piece && done <= size) {
        assert_ok(glia__source_read(source, read + done, piece, &count));
        done += count;
    }
    assert_int_equal(done, size);
    assert_memory_equal(read, bytes, size);
    assert_ok(glia__source_read(source, read, piece, &count));
    assert_int_equal(count, 0);
    glia__source_close(source);
    free(read);
}

/* The file opens, and somewhere on its way this happens. */
static void assert_fails(const char *path, const char *message)
{
    glia__source *source = NULL;
    unsigned char *read = malloc(2 * SIZE);
    size_t count;
    assert_non_null(read);
    assert_ok(glia__source_open(&source, path));
    assert_status(glia__source_read(source, read, 2 * SIZE, &count), GLIA_ERR_FORMAT);
    assert_message_has(message);
    glia__source_close(source);
    free(read);
}

/* `size` bytes of a gzip file, with `extra` bytes behind them. */
static io_path write_changed(const char *packed, size_t size, const void *extra, size_t extra_size)
{
    char *bytes = malloc(size + extra_size + 1);
    assert_non_null(bytes);
    memcpy(bytes, packed, size);
    if (extra_size > 0)
        memcpy(bytes + size, extra, extra_size);
    io_path path = io_write("changed.gz", bytes, size + extra_size);
    free(bytes);
    return path;
}

static void test_source_reads_plain_and_gzip_in_any_pieces(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 7, 65535, 65536, 65537, SIZE, 2 * SIZE};
    unsigned char *bytes = make_bytes();
    io_path plain = io_write("plain", bytes, SIZE), packed = io_write_gzip("packed", bytes, SIZE);
    for (size_t i = 0; i < COUNT_OF(pieces); i++) {
        assert_reads(plain.text, bytes, SIZE, pieces[i]);
        assert_reads(packed.text, bytes, SIZE, pieces[i]);
    }
    free(bytes);
}

static void test_source_of_few_bytes(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0x1F, 0x8C};
    assert_reads(io_write("short", bytes, 0).text, bytes, 0, 8);
    assert_reads(io_write("short", bytes, 1).text, bytes, 1, 8);
    assert_reads(io_write("short", bytes, 2).text, bytes, 2, 8);
    assert_reads(io_write_gzip("short", bytes, 0).text, bytes, 0, 8);
}

static void test_source_reads_all_members_of_gzip(void **state)
{
    (void)state;
    static const char first[] = "first ", second[] = "second";
    size_t first_size, second_size;
    char *first_packed = io_read_file(io_write_gzip("member", first, 6).text, &first_size);
    char *second_packed = io_read_file(io_write_gzip("member", second, 6).text, &second_size);
    io_path path = write_changed(first_packed, first_size, second_packed, second_size);
    assert_reads(path.text, (const unsigned char *)"first second", 12, 5);
    free(first_packed);
    free(second_packed);
}

static void test_source_cut_gzip_is_refused(void **state)
{
    (void)state;
    unsigned char *bytes = make_bytes();
    size_t size;
    char *packed = io_read_file(io_write_gzip("packed", bytes, SIZE).text, &size);
    static const size_t kept[] = {2, 9, 10, 11, 60000, 70000};
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        assert_fails(write_changed(packed, kept[i], NULL, 0).text, "changed.gz: the gzip data are cut off");
    for (size_t missing = 1; missing <= 9; missing++)
        assert_fails(write_changed(packed, size - missing, NULL, 0).text, "changed.gz: the gzip data are cut off");
    free(packed);
    free(bytes);
}

static void test_source_damaged_gzip_is_refused(void **state)
{
    (void)state;
    unsigned char *bytes = make_bytes();
    size_t size;
    char *packed = io_read_file(io_write_gzip("packed", bytes, SIZE).text, &size);
    for (size_t from_end = 1; from_end <= 8; from_end++) { /* the checksum and the length */
        packed[size - from_end] ^= 1;
        assert_fails(write_changed(packed, size, NULL, 0).text, "changed.gz: the gzip data are damaged");
        packed[size - from_end] ^= 1;
    }
    packed[size / 2] ^= 0x10;
    assert_fails(write_changed(packed, size, NULL, 0).text, "changed.gz: the gzip data are");
    free(packed);
    free(bytes);
}

static void test_source_bytes_behind_gzip_are_refused(void **state)
{
    (void)state;
    size_t size;
    char *packed = io_read_file(io_write_gzip("packed", "text", 4).text, &size);
    assert_fails(write_changed(packed, size, "more", 4).text, "changed.gz: the gzip data are damaged");
    assert_fails(write_changed(packed, size, "\0", 1).text, "changed.gz: the gzip data are cut off");
    free(packed);
}

static void test_source_of_a_missing_file_is_an_io_error(void **state)
{
    (void)state;
    glia__source *source = NULL;
    assert_status(glia__source_open(&source, io_path_of("absent").text), GLIA_ERR_IO);
    assert_null(source);
    glia__source_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source_reads_plain_and_gzip_in_any_pieces),
        cmocka_unit_test(test_source_of_few_bytes),
        cmocka_unit_test(test_source_reads_all_members_of_gzip),
        cmocka_unit_test(test_source_cut_gzip_is_refused),
        cmocka_unit_test(test_source_damaged_gzip_is_refused),
        cmocka_unit_test(test_source_bytes_behind_gzip_are_refused),
        cmocka_unit_test(test_source_of_a_missing_file_is_an_io_error),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
