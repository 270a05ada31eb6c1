/* SPDX-License-Identifier: MIT */
/* A model written into the file system: the old file or the new one, whole, and nothing beside it. What happens when
 * the system refuses is in test_file_faults.c. */
#include "model/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/scratch_folder.h"
#include "base/counted_allocator.h"
#include "model/model_parts.h"

/* The file holds the bytes that the encoder gives. */
static void assert_holds(const char *path, const glia__model *model)
{
    uint64_t size;
    harness_file file = scratch_read(path);
    glia__memory_origin origin = glia__memory_origin_begin(file.bytes, file.size);
    glia__comparing_sink sink = glia__comparing_sink_begin(&origin.base, file.size);
    glia__model_encode(model, glia__model_checksum(model, &size), &sink.base);
    assert_int_equal(sink.base.status, GLIA_OK);
    assert_int_equal(file.size, size);
    harness_free(&file);
}

static glia_status write_model(const model_parts *made, const char *path)
{
    return glia__model_file_write(&made->model, path, &glia__system_files);
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
    assert_ok(write_model(&made, scratch_path(path, "new.glia")));
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
    assert_ok(write_model(&made, path));
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
    assert_ok(write_model(&made, path));
    assert_holds(path, &made.model);
    assert_int_equal(remove(path), 0);
    model_parts_end(&made);
}

/* As those of any file that a program makes. */
static void test_permissions_are_those_that_the_umask_leaves(void **state)
{
    (void)state;
    static const mode_t masks[] = {022, 077, 0, 0111, 0222, 0777};
    char path[SCRATCH_PATH_SIZE];
    model_parts made;
    model_parts_begin(&made, LARGE);
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        struct stat there;
        mode_t before = umask(masks[i]);
        glia_status status = write_model(&made, scratch_path(path, "mode.glia"));
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
        assert_ok(write_model(&made, path));
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
    glia_status status = write_model(&made, path);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_int_equal(status, GLIA_ERR_IO);
    assert_message_has("cannot write: ");
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
    assert_status(write_model(&made, path), GLIA_ERR_NOMEM);
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
    char path[SCRATCH_PATH_SIZE], stale[3][SCRATCH_PATH_SIZE];
    model_parts made;
    scratch_path(path, "stale.glia");
    for (int i = 0; i < 3; i++) {
        char name[64];
        snprintf(name, sizeof name, ".glia-%ld-%d.tmp", (long)getpid(), i);
        write_old(scratch_path(stale[i], name));
    }
    model_parts_begin(&made, LARGE);
    assert_ok(write_model(&made, path));
    assert_holds(path, &made.model);
    for (int i = 0; i < 3; i++) {
        assert_old(stale[i]);
        assert_int_equal(remove(stale[i]), 0);
    }
    model_parts_end(&made);
}

static void assert_write_fails(const char *path, const char *part)
{
    model_parts made;
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    assert_status(write_model(&made, path), GLIA_ERR_IO);
    assert_message_has(part);
    assert_int_equal(scratch_file_count(), n_files);
    model_parts_end(&made);
}

static void test_folder_is_not_replaced(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    assert_int_equal(mkdir(scratch_path(path, "folder"), 0777), 0);
    assert_write_fails(path, "no regular file");
}

static void test_fifo_is_not_replaced(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    struct stat there;
    assert_int_equal(mkfifo(scratch_path(path, "fifo"), 0666), 0);
    assert_write_fails(path, "no regular file");
    assert_int_equal(stat(path, &there), 0);
    assert_true(S_ISFIFO(there.st_mode));
}

static void test_device_is_not_replaced(void **state)
{
    (void)state;
    assert_write_fails("/dev/null", "no regular file");
    assert_write_fails("/dev/full", access("/dev/full", F_OK) == 0 ? "no regular file" : "cannot");
}

static void test_missing_folder_is_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    assert_write_fails(scratch_path(path, "missing/model.glia"), "cannot create a file beside it: ");
    assert_write_fails("", "cannot ");
}

/* Root may write anywhere, so that the test is nobody meanwhile. */
static void test_folder_without_permission_is_an_error(void **state)
{
    (void)state;
    enum {
        NOBODY = 65534
    };
    char folder[SCRATCH_PATH_SIZE], path[SCRATCH_PATH_SIZE];
    bool is_root = geteuid() == 0;
    assert_int_equal(mkdir(scratch_path(folder, "read_only"), 0555), 0);
    if (is_root && seteuid(NOBODY) != 0) {
        print_message("root, who may write anywhere, and cannot be anybody else here\n");
        skip();
    }
    model_parts made;
    model_parts_begin(&made, LARGE);
    glia_status status = write_model(&made, scratch_path(path, "read_only/model.glia"));
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    assert_status(status, GLIA_ERR_IO);
    assert_message_has("Permission denied");
    model_parts_end(&made);
    assert_int_equal(rmdir(folder), 0);
}

static void test_longest_name_can_be_written(void **state)
{
    (void)state;
    char name[256], path[SCRATCH_PATH_SIZE]; /* NAME_MAX and its 0 */
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    model_parts made;
    model_parts_begin(&made, LARGE);
    for (int i = 0; i < 2; i++) {
        assert_ok(write_model(&made, scratch_path(path, name)));
        assert_holds(path, &made.model);
    }
    model_parts_end(&made);
}

static void test_name_or_path_that_is_too_long_is_an_error(void **state)
{
    (void)state;
    static char path[3 * 4096];
    char name[SCRATCH_PATH_SIZE], long_name[257];
    memset(long_name, 'n', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_write_fails(scratch_path(name, long_name), strerror(ENAMETOOLONG));
    for (size_t i = 0; i < sizeof path; i += 2)
        memcpy(path + i, "./", 2);
    memcpy(path + sizeof path - sizeof "out", "out", sizeof "out");
    assert_write_fails(path, strerror(ENAMETOOLONG));
}

/* A link of that name to the target, and what stands where it leads to. */
static void assert_link_stays(const char *name, const char *target, const char *expected_name)
{
    char link_path[SCRATCH_PATH_SIZE], path[SCRATCH_PATH_SIZE];
    struct stat there;
    model_parts made;
    assert_int_equal(symlink(target, scratch_path(link_path, name)), 0);
    model_parts_begin(&made, LARGE);
    assert_ok(write_model(&made, link_path));
    assert_int_equal(lstat(link_path, &there), 0);
    assert_true(S_ISLNK(there.st_mode));
    assert_holds(scratch_path(path, expected_name), &made.model);
    assert_int_equal(lstat(path, &there), 0);
    assert_true(S_ISREG(there.st_mode));
    assert_int_equal(remove(link_path), 0);
    assert_int_equal(remove(path), 0);
    model_parts_end(&made);
}

static void test_link_stays_and_the_file_that_it_names_is_replaced(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE], whole[2 * SCRATCH_PATH_SIZE], here[SCRATCH_PATH_SIZE];
    write_old(scratch_path(path, "linked"));
    assert_link_stays("link", "linked", "linked");
    write_old(path);
    assert_non_null(getcwd(here, sizeof here));
    snprintf(whole, sizeof whole, "%s/%s", here, path);
    assert_link_stays("link", whole, "linked");
}

/* As fopen() makes it. */
static void test_file_is_made_where_a_link_names_none(void **state)
{
    (void)state;
    assert_link_stays("link", "not there yet", "not there yet");
}

static void test_link_is_followed_into_another_folder_and_through_another_link(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH_SIZE], second[SCRATCH_PATH_SIZE];
    assert_int_equal(mkdir(scratch_path(folder, "elsewhere"), 0777), 0);
    assert_int_equal(symlink("file", scratch_path(second, "elsewhere/second")), 0);
    assert_link_stays("link", "elsewhere/second", "elsewhere/file");
    assert_int_equal(remove(second), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void test_links_in_a_circle_are_an_error(void **state)
{
    (void)state;
    char first[SCRATCH_PATH_SIZE], second[SCRATCH_PATH_SIZE];
    assert_int_equal(symlink("circle2", scratch_path(first, "circle1")), 0);
    assert_int_equal(symlink("circle1", scratch_path(second, "circle2")), 0);
    assert_write_fails(first, "cannot write: ");
}

/* In a process that has closed them, which then prints. */
static void write_without_streams(const model_parts *made, const char *path)
{
    for (int stream = 0; stream <= STDERR_FILENO; stream++)
        close(stream);
    glia_status status = write_model(made, path);
    bool is_printed = write(STDOUT_FILENO, "x", 1) > 0 || write(STDERR_FILENO, "x", 1) > 0;
    _exit(status == GLIA_OK && !is_printed ? 0 : 1);
}

static void test_nothing_printed_gets_into_the_file(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    model_parts made;
    int ending;
    size_t n_files = scratch_file_count();
    model_parts_begin(&made, LARGE);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_without_streams(&made, scratch_path(path, "streams.glia"));
    assert_int_equal(waitpid(child, &ending, 0), child);
    assert_true(WIFEXITED(ending) && WEXITSTATUS(ending) == 0);
    assert_holds(scratch_path(path, "streams.glia"), &made.model);
    assert_int_equal(scratch_file_count(), n_files + 1);
    model_parts_end(&made);
}

static void test_files_get_no_number_of_a_standard_stream(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    int input = dup(STDIN_FILENO);
    assert_true(input > STDERR_FILENO);
    assert_int_equal(close(STDIN_FILENO), 0);
    int file = glia__system_files.create(scratch_path(path, "numbered"), 0600);
    int again = glia__system_files.open(path);
    assert_int_equal(dup2(input, STDIN_FILENO), STDIN_FILENO);
    assert_true(file > STDERR_FILENO && again > STDERR_FILENO);
    close(file);
    close(again);
    close(input);
}

static void test_no_descriptor_stays_open(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    int before = scratch_next_descriptor();
    model_parts made;
    model_parts_begin(&made, LARGE);
    for (int i = 0; i < 3; i++) {
        assert_ok(write_model(&made, scratch_path(path, "closed.glia")));
        assert_write_fails(scratch_path(path, "missing/model.glia"), "cannot");
    }
    assert_int_equal(scratch_next_descriptor(), before);
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
        cmocka_unit_test(test_folder_is_not_replaced),
        cmocka_unit_test(test_fifo_is_not_replaced),
        cmocka_unit_test(test_device_is_not_replaced),
        cmocka_unit_test(test_missing_folder_is_an_error),
        cmocka_unit_test(test_folder_without_permission_is_an_error),
        cmocka_unit_test(test_longest_name_can_be_written),
        cmocka_unit_test(test_name_or_path_that_is_too_long_is_an_error),
        cmocka_unit_test(test_link_stays_and_the_file_that_it_names_is_replaced),
        cmocka_unit_test(test_file_is_made_where_a_link_names_none),
        cmocka_unit_test(test_link_is_followed_into_another_folder_and_through_another_link),
        cmocka_unit_test(test_links_in_a_circle_are_an_error),
        cmocka_unit_test(test_nothing_printed_gets_into_the_file),
        cmocka_unit_test(test_files_get_no_number_of_a_standard_stream),
        cmocka_unit_test(test_no_descriptor_stays_open),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
