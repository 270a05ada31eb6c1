/* SPDX-License-Identifier: MIT */
/* A model in the file system: the old file or the new one, whole, and nothing beside it. */
#include "model/model_file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/scratch_folder.h"
#include "base/counted_allocator.h"
#include "model/model_parts.h"

/* The file holds the bytes that the encoder gives. */
static void assert_holds(const char *path, const glia__model *model)
{
    uint64_t size;
    harness_file file = scratch_read(path);
    glia__comparing_sink sink = glia__comparing_sink_begin(file.bytes, file.size);
    glia__model_encode(model, glia__model_checksum(model, &size), &sink.base);
    assert_int_equal(sink.base.status, GLIA_OK);
    assert_int_equal(file.size, size);
    harness_free(&file);
}

static const char old_content[] = "an old file";

static void write_old(const char *path)
{
    scratch_write(path, (harness_file){(unsigned char *)old_content, sizeof old_content});
}

static void assert_old(const char *path)
{
    harness_file file = scratch_read(path);
    assert_int_equal(file.size, sizeof old_content);
    assert_memory_equal(file.bytes, old_content, sizeof old_content);
    harness_free(&file);
}

/* More bytes than the file's buffer holds. */
#define LARGE "input 100, dense 30 tanh, dense 7"

static void test_write_makes_the_file_and_nothing_beside_it(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    model_parts made;
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    assert_ok(glia__model_file_write(&made.model, scratch_path(path, "new.glia")));
    assert_int_equal(scratch_file_count(), n_files + 1);
    assert_holds(path, &made.model);
    model_parts_end(&made);
}

static void test_write_replaces_an_old_file(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    model_parts made;
    write_old(scratch_path(path, "replaced.glia"));
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    assert_ok(glia__model_file_write(&made.model, path));
    assert_int_equal(scratch_file_count(), n_files);
    assert_holds(path, &made.model);
    model_parts_end(&made);
}

static void test_write_into_the_current_folder_needs_no_slash(void **state)
{
    (void)state;
    static const char path[] = "model_file_without_slash.glia";
    model_parts made;
    model_parts_begin(&made, LARGE);
    assert_ok(glia__model_file_write(&made.model, path));
    assert_holds(path, &made.model);
    assert_int_equal(remove(path), 0);
    model_parts_end(&made);
}

/* As those of any file that a program makes. */
static void test_permissions_are_those_that_the_umask_leaves(void **state)
{
    (void)state;
    static const mode_t masks[] = {022, 077, 0};
    char path[SCRATCH_PATH_SIZE];
    model_parts made;
    model_parts_begin(&made, LARGE);
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        struct stat there;
        mode_t before = umask(masks[i]);
        glia_status status = glia__model_file_write(&made.model, scratch_path(path, "mode.glia"));
        umask(before);
        assert_ok(status);
        assert_int_equal(stat(path, &there), 0);
        assert_int_equal(there.st_mode & 0777, 0666 & ~masks[i]);
        assert_int_equal(remove(path), 0);
    }
    model_parts_end(&made);
}

static void test_private_file_stays_private(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    struct stat there;
    model_parts made;
    model_parts_begin(&made, LARGE);
    static const mode_t modes[] = {0600, 0644, 0666};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        write_old(scratch_path(path, "private.glia"));
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_ok(glia__model_file_write(&made.model, path));
        assert_int_equal(stat(path, &there), 0);
        assert_int_equal(there.st_mode & 0777, modes[i]);
    }
    model_parts_end(&made);
}

/* The file may hold 4 KiB, so the disk is as good as full. */
static void test_disk_that_is_full_leaves_the_old_file_alone(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    struct rlimit before, little;
    model_parts made;
    write_old(scratch_path(path, "full.glia"));
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = before;
    little.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    glia_status status = glia__model_file_write(&made.model, path);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(status, GLIA_ERR_IO);
    assert_message_has("full.glia: cannot write: ");
    assert_int_equal(scratch_file_count(), n_files);
    assert_old(path);
    model_parts_end(&made);
}

static void test_failed_allocation_leaves_the_old_file_alone(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    counted_memory memory = {0};
    model_parts made;
    write_old(scratch_path(path, "no_memory.glia"));
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    const glia__allocator own = made.network.allocator;
    made.network.allocator = counted_allocator(&memory);
    counted_memory_fail(&memory, 1);
    assert_status(glia__model_file_write(&made.model, path), GLIA_ERR_NOMEM);
    assert_true(counted_memory_relent(&memory));
    assert_int_equal(memory.blocks, 0);
    made.network.allocator = own;
    assert_int_equal(scratch_file_count(), n_files);
    assert_old(path);
    model_parts_end(&made);
}

/* A process of the same number may have died while it wrote. */
static void test_stale_temporary_files_are_passed_by(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE], stale[3][SCRATCH_PATH_SIZE + 64];
    model_parts made;
    scratch_path(path, "stale.glia");
    for (int i = 0; i < 3; i++) {
        snprintf(stale[i], sizeof stale[i], "%s.glia-%ld-%d.tmp", path, (long)getpid(), i);
        write_old(stale[i]);
    }
    model_parts_begin(&made, LARGE);
    assert_ok(glia__model_file_write(&made.model, path));
    assert_holds(path, &made.model);
    for (int i = 0; i < 3; i++)
        assert_old(stale[i]);
    model_parts_end(&made);
}

static void assert_write_fails(const char *path, const char *part)
{
    model_parts made;
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    assert_status(glia__model_file_write(&made.model, path), GLIA_ERR_IO);
    assert_message_has(part);
    assert_int_equal(scratch_file_count(), n_files);
    model_parts_end(&made);
}

static void assert_read_fails(const char *path, const char *part)
{
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__block content = {0};
    size_t size = 77;
    assert_status(glia__model_file_read(&content, &size, path, &allocator), GLIA_ERR_IO);
    assert_message_has(part);
    glia__block_release(&content, &allocator);
    assert_int_equal(memory.blocks, 0);
}

static void test_folder_is_neither_written_nor_read(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    assert_int_equal(mkdir(scratch_path(path, "folder"), 0777), 0);
    assert_write_fails(path, "no regular file");
    assert_read_fails(path, "no regular file");
}

/* Reading one would wait for a writer. */
static void test_fifo_is_neither_written_nor_read(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    struct stat there;
    assert_int_equal(mkfifo(scratch_path(path, "fifo"), 0666), 0);
    assert_write_fails(path, "no regular file");
    assert_read_fails(path, "no regular file");
    assert_int_equal(stat(path, &there), 0);
    assert_true(S_ISFIFO(there.st_mode));
}

static void test_device_is_neither_written_nor_read(void **state)
{
    (void)state;
    assert_write_fails("/dev/null", "no regular file");
    assert_read_fails("/dev/null", "no regular file");
}

static void test_missing_folder_is_an_error_with_the_path(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    assert_write_fails(scratch_path(path, "missing/model.glia"),
                       "missing/model.glia: cannot create a file beside it: ");
    assert_read_fails(path, "missing/model.glia: cannot open: ");
    assert_write_fails("", ": cannot ");
    assert_read_fails("", ": cannot open: ");
}

/* Root may write anywhere. */
static void test_folder_without_permission_is_an_error(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH_SIZE], path[SCRATCH_PATH_SIZE];
    if (geteuid() == 0)
        skip();
    assert_int_equal(mkdir(scratch_path(folder, "read_only"), 0555), 0);
    assert_write_fails(scratch_path(path, "read_only/model.glia"), "cannot create a file beside it");
}

static void test_read_gives_the_whole_file(void **state)
{
    (void)state;
    static unsigned char bytes[100000];
    static const size_t sizes[] = {0, 1, 4096, sizeof bytes};
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i / 7);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        glia__block content = {0};
        size_t size = 77;
        scratch_write(scratch_path(path, "bytes"), (harness_file){bytes, sizes[i]});
        assert_ok(glia__model_file_read(&content, &size, path, &glia__default_allocator));
        assert_int_equal(size, sizes[i]);
        assert_memory_equal(content.bytes, bytes, size);
        glia__block_release(&content, &glia__default_allocator);
    }
}

static void test_read_without_memory_is_answered(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    counted_memory memory = {0};
    glia__allocator allocator = counted_allocator(&memory);
    glia__block content = {0};
    size_t size;
    write_old(scratch_path(path, "no_memory"));
    counted_memory_fail(&memory, 1);
    assert_status(glia__model_file_read(&content, &size, path, &allocator), GLIA_ERR_NOMEM);
    glia__block_release(&content, &allocator);
    assert_int_equal(memory.blocks, 0);
}

/* The lowest number that a new descriptor gets, which is the same again once all others are closed. */
static int next_descriptor(void)
{
    int file = open("/dev/null", O_RDONLY);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    return file;
}

static void test_no_descriptor_stays_open(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    int before = next_descriptor();
    model_parts made;
    model_parts_begin(&made, LARGE);
    for (int i = 0; i < 3; i++) {
        glia__block content = {0};
        size_t size;
        assert_ok(glia__model_file_write(&made.model, scratch_path(path, "closed.glia")));
        assert_ok(glia__model_file_read(&content, &size, path, &glia__default_allocator));
        glia__block_release(&content, &glia__default_allocator);
        assert_write_fails(scratch_path(path, "missing/model.glia"), "cannot");
        assert_read_fails("/dev/null", "no regular file");
    }
    assert_int_equal(next_descriptor(), before);
    model_parts_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_makes_the_file_and_nothing_beside_it),
        cmocka_unit_test(test_write_replaces_an_old_file),
        cmocka_unit_test(test_write_into_the_current_folder_needs_no_slash),
        cmocka_unit_test(test_permissions_are_those_that_the_umask_leaves),
        cmocka_unit_test(test_private_file_stays_private),
        cmocka_unit_test(test_disk_that_is_full_leaves_the_old_file_alone),
        cmocka_unit_test(test_failed_allocation_leaves_the_old_file_alone),
        cmocka_unit_test(test_stale_temporary_files_are_passed_by),
        cmocka_unit_test(test_folder_is_neither_written_nor_read),
        cmocka_unit_test(test_fifo_is_neither_written_nor_read),
        cmocka_unit_test(test_device_is_neither_written_nor_read),
        cmocka_unit_test(test_missing_folder_is_an_error_with_the_path),
        cmocka_unit_test(test_folder_without_permission_is_an_error),
        cmocka_unit_test(test_read_gives_the_whole_file),
        cmocka_unit_test(test_read_without_memory_is_answered),
        cmocka_unit_test(test_no_descriptor_stays_open),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
