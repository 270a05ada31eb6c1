/* SPDX-License-Identifier: MIT */
/* A regular file as where a model comes from: its bytes, or a status, and nothing left behind. */
#include "model/file_origin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/scratch_folder.h"
#include "base/counted_allocator.h"
#include "model/faulty_files.h"

#if defined _WIN32
#define NULL_DEVICE "NUL"
#else
#define NULL_DEVICE "/dev/null"
#endif

/* More than the buffer holds, and no multiple of it. */
static unsigned char bytes[100001];

static int begin(void **state)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i / 7);
    return scratch_folder_make(state);
}

static const char *write_bytes(char path[SCRATCH_PATH_SIZE], size_t size)
{
    scratch_write(scratch_path(path, "bytes"), (harness_file){bytes, size});
    return path;
}

/* Open a file with these faults, and read all of it; its size must be this one. */
static glia_status read_with(faulty_files planned, const char *path, size_t size)
{
    static unsigned char copy[sizeof bytes];
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__file_origin origin;
    faults = planned;
    glia_status status = glia__file_origin_open(&origin, path, &faulty_calls, &allocator);
    if (status == GLIA_OK) {
        assert_int_equal(origin.base.size, size);
        assert_true(memory.bytes <= 8192);
        status = glia__origin_copy(&origin.base, 0, copy, size);
        if (status == GLIA_OK)
            assert_memory_equal(copy, bytes, size);
        glia__file_origin_close(&origin);
    }
    assert_int_equal(memory.blocks, 0);
    return status;
}

static void test_file_gives_its_bytes(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 4096, 8191, 8192, 8193, sizeof bytes};
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        assert_ok(read_with((faulty_files){0}, write_bytes(path, sizes[i]), sizes[i]));
}

static void test_bytes_may_be_asked_for_in_any_order(void **state)
{
    (void)state;
    static const size_t places[] = {99999, 0, 40000, 8191, 8192, 5, 100000, 16383};
    char path[SCRATCH_PATH_SIZE];
    glia__file_origin origin;
    write_bytes(path, sizeof bytes);
    assert_ok(glia__file_origin_open(&origin, path, &glia__system_files, &glia__default_allocator));
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        glia__piece piece;
        assert_ok(glia__origin_lend(&origin.base, places[i], sizeof bytes, &piece));
        assert_true(piece.size > 0 && piece.size <= sizeof bytes - places[i]);
        assert_memory_equal(piece.bytes, bytes + places[i], piece.size);
    }
    glia__file_origin_close(&origin);
}

static void test_short_reads_are_continued(void **state)
{
    (void)state;
    static const size_t most[] = {1, 7, 8191};
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < COUNT_OF(most); i++)
        assert_ok(read_with((faulty_files){.most = most[i]}, write_bytes(path, sizeof bytes), sizeof bytes));
}

static void test_each_call_that_fails_is_an_error(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOMEM, EMFILE, EINTR};
    char path[SCRATCH_PATH_SIZE];
    write_bytes(path, sizeof bytes);
    assert_ok(read_with((faulty_files){0}, path, sizeof bytes));
    assert_string_equal(faults.trace, "OKRRRRRRRRRRRRRX");
    size_t count = faults.calls;
    for (size_t e = 0; e < COUNT_OF(errors); e++) {
        for (size_t i = 1; i <= count; i++) {
            faulty_files planned = {.error = errors[e], .first = i, .last = i};
            glia_status status = read_with(planned, path, sizeof bytes);
            const char *harmless = errors[e] == EINTR ? "ORX" : "X";
            bool is_fine = strchr(harmless, faults.trace[i - 1]) != NULL;
            assert_int_equal(status, is_fine ? GLIA_OK : GLIA_ERR_IO);
        }
    }
}

static void test_endless_interruptions_end_with_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    write_bytes(path, sizeof bytes);
    for (const char *letter = "OR"; *letter != '\0'; letter++) {
        faulty_files planned = {.error = EINTR, .first = 1, .last = SIZE_MAX, .only = *letter};
        assert_status(read_with(planned, path, sizeof bytes), GLIA_ERR_IO);
        assert_message_has("Interrupted");
    }
}

static void test_file_that_becomes_shorter_is_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia__file_origin origin;
    glia__piece piece;
    write_bytes(path, sizeof bytes);
    assert_ok(glia__file_origin_open(&origin, path, &glia__system_files, &glia__default_allocator));
    assert_int_equal(truncate(path, 50000), 0);
    assert_ok(glia__origin_lend(&origin.base, 0, sizeof bytes, &piece));
    assert_status(glia__origin_lend(&origin.base, 60000, sizeof bytes, &piece), GLIA_ERR_IO);
    assert_message_has("became shorter");
    glia__file_origin_close(&origin);
}

static void assert_open_fails(const char *path, const char *part)
{
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__file_origin origin;
    assert_status(glia__file_origin_open(&origin, path, &glia__system_files, &allocator), GLIA_ERR_IO);
    assert_message_has(part);
    assert_int_equal(memory.blocks, 0);
}

/* Reading a pipe would wait for a writer. */
static void test_what_is_no_regular_file_is_not_read(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
#if defined _WIN32
    assert_int_equal(mkdir(scratch_path(path, "folder")), 0);
    assert_open_fails(path, "cannot open: "); /* a folder cannot be, there */
#else
    assert_int_equal(mkfifo(scratch_path(path, "fifo"), 0666), 0);
    assert_open_fails(path, "no regular file");
    assert_int_equal(mkdir(scratch_path(path, "folder"), 0777), 0);
    assert_open_fails(path, "no regular file");
    assert_open_fails("/dev/zero", "no regular file");
#endif
    assert_open_fails(NULL_DEVICE, "no regular file");
}

static void test_file_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    assert_open_fails(scratch_path(path, "missing"), "cannot open: ");
    assert_open_fails(scratch_path(path, "missing/model.glia"), "cannot open: ");
    assert_open_fails("", "cannot open: ");
}

static void test_no_memory_for_the_buffer_is_answered(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__file_origin origin;
    counted_memory_fail(&memory, 1);
    write_bytes(path, 100);
    assert_status(glia__file_origin_open(&origin, path, &glia__system_files, &allocator), GLIA_ERR_NOMEM);
    assert_true(counted_memory_relent(&memory));
}

static void test_no_descriptor_stays_open(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    int before = scratch_next_descriptor();
    write_bytes(path, 100);
    assert_ok(read_with((faulty_files){0}, path, 100));
    assert_open_fails(NULL_DEVICE, "no regular file");
    test_no_memory_for_the_buffer_is_answered(state);
    assert_int_equal(scratch_next_descriptor(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_gives_its_bytes),
        cmocka_unit_test(test_bytes_may_be_asked_for_in_any_order),
        cmocka_unit_test(test_short_reads_are_continued),
        cmocka_unit_test(test_each_call_that_fails_is_an_error),
        cmocka_unit_test(test_endless_interruptions_end_with_an_error),
        cmocka_unit_test(test_file_that_becomes_shorter_is_an_error),
        cmocka_unit_test(test_what_is_no_regular_file_is_not_read),
        cmocka_unit_test(test_file_that_is_not_there_is_an_error),
        cmocka_unit_test(test_no_memory_for_the_buffer_is_answered),
        cmocka_unit_test(test_no_descriptor_stays_open),
    };
    return cmocka_run_group_tests(tests, begin, scratch_folder_remove) != 0;
}
