/* SPDX-License-Identifier: MIT */
/* Files written whole or not at all where the file system is that of Windows: glia_file_write(). */
#include "io_harness.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static const unsigned char bytes[] = {0, 1, '\n', '\r', '\n', 0x1A, 0xFF, 0};

static void assert_written(const char *path)
{
    size_t size;
    assert_ok(glia_file_write(path, bytes, sizeof bytes));
    char *content = io_read_file(path, &size);
    assert_int_equal(size, sizeof bytes);
    assert_memory_equal(content, bytes, size);
    free(content);
}

static void test_file_write_writes_bytes_as_they_are(void **state)
{
    (void)state;
    size_t count = scratch_file_count();
    assert_written(io_path_of("new").text);
    assert_written(io_path_of("new").text);
    assert_int_equal(scratch_file_count(), count + 1);
}

static void test_paths_are_utf8(void **state)
{
    (void)state;
    io_path path = io_path_of("\xc3\xa9l\xc3\xa8ve \xe2\x82\xac.txt");
    assert_ok(glia_file_write(path.text, bytes, sizeof bytes));
    wchar_t wide[SCRATCH_PATH_SIZE];
    assert_true(MultiByteToWideChar(CP_UTF8, 0, io_path_of("").text, -1, wide, SCRATCH_PATH_SIZE) > 0);
    wcscat(wide, L"\u00e9l\u00e8ve \u20ac.txt");
    assert_true(DeleteFileW(wide));
    assert_status(glia_file_write(io_path_of("\xff").text, bytes, sizeof bytes), GLIA_ERR_IO);
}

static void test_file_in_use_stays_as_it_was(void **state)
{
    (void)state;
    io_path path = io_write_text("used", "old\n");
    size_t count = scratch_file_count();
    HANDLE user = CreateFileA(path.text, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    assert_true(user != INVALID_HANDLE_VALUE);
    assert_status(glia_file_write(path.text, bytes, sizeof bytes), GLIA_ERR_IO);
    assert_true(CloseHandle(user));
    assert_int_equal(scratch_file_count(), count);
    io_assert_file(path.text, "old\n");
    assert_written(path.text);
}

/* Standard output leads to a file meanwhile; what is text before and behind stays text. */
static void test_standard_output_gets_bytes_as_they_are(void **state)
{
    (void)state;
    io_path path = io_path_of("output");
    fflush(stdout);
    int before = _dup(1), file = _open(path.text, _O_WRONLY | _O_CREAT | _O_TEXT, 0600);
    assert_true(before >= 0 && file >= 0);
    int mode = _setmode(1, _O_TEXT);
    assert_int_equal(_dup2(file, 1), 0);
    printf("a\n");
    glia_status status = glia_file_write("-", bytes, sizeof bytes);
    printf("b\n");
    fflush(stdout);
    _dup2(before, 1);
    _setmode(1, mode);
    _close(before);
    _close(file);
    assert_int_equal(status, GLIA_OK);

    static const char expected[] = "a\r\n\0\1\n\r\n\x1A\xFF\0b\r\n";
    size_t size;
    char *content = io_read_file(path.text, &size);
    assert_int_equal(size, sizeof expected - 1);
    assert_memory_equal(content, expected, size);
    free(content);
}

static void test_where_nothing_can_be_is_an_io_error(void **state)
{
    (void)state;
    assert_status(glia_file_write(io_path_of("no/such/folder").text, bytes, sizeof bytes), GLIA_ERR_IO);
    assert_status(glia_file_write("", bytes, sizeof bytes), GLIA_ERR_IO);
    assert_status(glia_file_write(io_path_of(".").text, bytes, sizeof bytes), GLIA_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_write_writes_bytes_as_they_are),
        cmocka_unit_test(test_paths_are_utf8),
        cmocka_unit_test(test_file_in_use_stays_as_it_was),
        cmocka_unit_test(test_standard_output_gets_bytes_as_they_are),
        cmocka_unit_test(test_where_nothing_can_be_is_an_io_error),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
