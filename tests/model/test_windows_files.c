/* SPDX-License-Identifier: MIT */
/* Saving and loading where the file system is that of Windows: names in UTF-8, both separators, files in use, bytes as
 * they are. */
#include "api/scratch_folder.h"

#include <direct.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#define UTF8_NAME "\xc3\xa9l\xc3\xa8ve \xe2\x82\xac \xe6\xbc\xa2.glia"

static const wchar_t wide_name[] = L"\u00e9l\u00e8ve \u20ac \u6f22.glia";

/* Save, load, and compare; the file is at this path, and nothing is left beside it. */
static void assert_kept_at(const char *path)
{
    glia_net *net = harness_net("input 10, dense 10 tanh, dense 3 softmax", 10), *loaded = NULL;
    assert_ok(glia_net_save(net, path));
    assert_ok(glia_net_load(&loaded, path, NULL));
    assert_same_net(loaded, net);
    glia_net_destroy(loaded);
    glia_net_destroy(net);
}

/* The values hold every byte, 0x0A and 0x1A too, which text files of Windows would change or end with. */
static void test_file_has_the_bytes_of_memory(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = harness_net("input 100, dense 100", 1);
    harness_file expected = harness_save(net);
    assert_non_null(memchr(expected.bytes, '\n', expected.size));
    assert_non_null(memchr(expected.bytes, 0x1A, expected.size));
    assert_ok(glia_net_save(net, scratch_path(path, "bytes.glia")));
    harness_file file = scratch_read(path);
    assert_int_equal(file.size, expected.size);
    assert_memory_equal(file.bytes, expected.bytes, expected.size);
    harness_free(&file);
    harness_free(&expected);
    glia_net_destroy(net);
}

static void test_save_replaces_a_file_and_leaves_none_beside_it(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    scratch_write(scratch_path(path, "old.glia"), (harness_file){(unsigned char *)"old", 3});
    size_t count = scratch_file_count();
    for (int round = 0; round < 3; round++)
        assert_kept_at(path);
    assert_int_equal(scratch_file_count(), count);
}

static void test_paths_are_utf8(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    wchar_t wide[SCRATCH_PATH_SIZE];
    assert_kept_at(scratch_path(path, UTF8_NAME));
    assert_true(MultiByteToWideChar(CP_UTF8, 0, scratch_path(path, ""), -1, wide, SCRATCH_PATH_SIZE) > 0);
    wcscat(wide, wide_name);
    assert_true(GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES);
    assert_true(DeleteFileW(wide));
}

static void test_backslashes_part_folders(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    scratch_path(path, "backslash.glia");
    *strrchr(path, '/') = '\\';
    assert_kept_at(path);
}

static void test_path_that_is_no_utf8_is_an_io_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = harness_net("input 1, dense 1", 1), *loaded = NULL;
    assert_status(glia_net_save(net, scratch_path(path, "\xff.glia")), GLIA_ERR_IO);
    assert_status(glia_net_load(&loaded, path, NULL), GLIA_ERR_IO);
    assert_null(loaded);
    glia_net_destroy(net);
}

static void test_file_in_use_stays_as_it_was(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    scratch_write(scratch_path(path, "used.glia"), (harness_file){(unsigned char *)"old", 3});
    size_t count = scratch_file_count();
    HANDLE user = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    assert_true(user != INVALID_HANDLE_VALUE);
    glia_net *net = harness_net("input 1, dense 1", 1);
    assert_status(glia_net_save(net, path), GLIA_ERR_IO);
    assert_message_has("used.glia");
    assert_int_equal(scratch_file_count(), count);
    assert_true(CloseHandle(user));
    harness_file now = scratch_read(path);
    assert_int_equal(now.size, 3);
    harness_free(&now);
    assert_kept_at(path);
    glia_net_destroy(net);
}

static void test_what_is_no_file_is_refused(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = harness_net("input 1, dense 1", 1), *loaded = NULL;
    assert_int_equal(_mkdir(scratch_path(path, "folder")), 0);
    assert_status(glia_net_save(net, path), GLIA_ERR_IO);
    assert_status(glia_net_load(&loaded, path, NULL), GLIA_ERR_IO);
    assert_int_equal(_rmdir(path), 0);
    assert_status(glia_net_save(net, "NUL"), GLIA_ERR_IO);
    assert_status(glia_net_load(&loaded, "NUL", NULL), GLIA_ERR_IO);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_has_the_bytes_of_memory),
        cmocka_unit_test(test_save_replaces_a_file_and_leaves_none_beside_it),
        cmocka_unit_test(test_paths_are_utf8),
        cmocka_unit_test(test_backslashes_part_folders),
        cmocka_unit_test(test_path_that_is_no_utf8_is_an_io_error),
        cmocka_unit_test(test_file_in_use_stays_as_it_was),
        cmocka_unit_test(test_what_is_no_file_is_refused),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
