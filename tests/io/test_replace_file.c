/* SPDX-License-Identifier: MIT */
/* Files written whole or not at all, and what is no file written to directly: glia_file_write(). */
#include "io_harness.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/replace_file.h"

static const char text[] = "one\ntwo\n";

/* Calls of the system that a signal comes between: so many, beginning with the next. They are linked instead of the
 * system's with the linker's --wrap. */
static int interrupted_flushes, interrupted_closes;

int __real_fsync(int file);
int __wrap_fsync(int file);
int __real_fclose(FILE *file);
int __wrap_fclose(FILE *file);

int __wrap_fsync(int file)
{
    if (interrupted_flushes == 0)
        return __real_fsync(file);
    interrupted_flushes--;
    errno = EINTR;
    return -1;
}

/* Interrupted or not, the file is closed. */
int __wrap_fclose(FILE *file)
{
    int answer = __real_fclose(file);
    if (interrupted_closes == 0)
        return answer;
    interrupted_closes--;
    errno = EINTR;
    return EOF;
}

/* The last message ends with what this C library calls the errno. */
static void assert_message_is_of(const char *begin, int error)
{
    char message[256];
    snprintf(message, sizeof message, "%s: cannot write: %s", begin, strerror(error));
    assert_message_has(message);
}

static glia_status write_text(const char *path)
{
    return glia_file_write(path, text, strlen(text));
}

static void test_file_write_makes_a_file_of_these_bytes(void **state)
{
    (void)state;
    static const unsigned char bytes[] = {0, 1, '\n', '\r', 0xFF, 0};
    io_path path = io_path_of("new");
    size_t count = scratch_file_count(), size;
    assert_ok(glia_file_write(path.text, bytes, sizeof bytes));
    char *content = io_read_file(path.text, &size);
    assert_int_equal(size, sizeof bytes);
    assert_memory_equal(content, bytes, size);
    free(content);
    assert_int_equal(scratch_file_count(), count + 1);
}

static void test_file_write_makes_an_empty_file(void **state)
{
    (void)state;
    io_path path = io_write_text("full", "old\n");
    assert_ok(glia_file_write(path.text, NULL, 0));
    io_assert_file(path.text, "");
}

static void test_file_write_null_bytes_are_an_argument_error(void **state)
{
    (void)state;
    io_path path = io_write_text("old", "old\n");
    assert_status(glia_file_write(path.text, NULL, 1), GLIA_ERR_ARGUMENT);
    io_assert_file(path.text, "old\n");
}

static void test_file_write_replaces_a_file(void **state)
{
    (void)state;
    io_path path = io_write_text("old", "a much longer text that was there before\n");
    size_t count = scratch_file_count();
    assert_ok(write_text(path.text));
    io_assert_file(path.text, text);
    assert_int_equal(scratch_file_count(), count);
}

static void test_file_write_in_the_current_folder(void **state)
{
    (void)state;
    int here = open(".", O_RDONLY);
    assert_true(here >= 0);
    assert_int_equal(chdir(io_path_of("").text), 0);
    glia_status status = write_text("plain");
    assert_int_equal(fchdir(here), 0);
    close(here);
    assert_ok(status);
    io_assert_file(io_path_of("plain").text, text);
}

static void test_file_write_to_the_longest_name(void **state)
{
    (void)state;
    char name[256]; /* NAME_MAX and its 0 */
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_ok(write_text(io_path_of(name).text));
    io_assert_file(io_path_of(name).text, text);
}

static void test_file_write_keeps_the_permissions(void **state)
{
    (void)state;
    static const mode_t modes[] = {0600, 0644, 0666};
    io_path path = io_write_text("private", "old\n");
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        struct stat about;
        assert_int_equal(chmod(path.text, modes[i]), 0);
        assert_ok(write_text(path.text));
        assert_int_equal(stat(path.text, &about), 0);
        assert_int_equal(about.st_mode & 0777, modes[i]);
    }
}

static void test_file_write_keeps_a_link_and_replaces_what_it_names(void **state)
{
    (void)state;
    io_path path = io_write_text("linked", "old\n"), link_path = io_path_of("link");
    assert_int_equal(symlink("linked", link_path.text), 0);
    assert_ok(write_text(link_path.text));
    io_assert_file(path.text, text);
    struct stat about;
    assert_int_equal(lstat(link_path.text, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
}

static void test_file_write_makes_the_file_that_a_link_names(void **state)
{
    (void)state;
    io_path link_path = io_path_of("early link"), path = io_path_of("not there yet");
    assert_int_equal(symlink("not there yet", link_path.text), 0);
    assert_ok(write_text(link_path.text));
    io_assert_file(path.text, text);
    struct stat about;
    assert_int_equal(lstat(link_path.text, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
}

static void test_file_write_through_links_in_a_circle_is_an_io_error(void **state)
{
    (void)state;
    io_path first = io_path_of("circle1"), second = io_path_of("circle2");
    assert_int_equal(symlink("circle2", first.text), 0);
    assert_int_equal(symlink("circle1", second.text), 0);
    assert_status(write_text(first.text), GLIA_ERR_IO);
}

/* The file would get the number of the stream, and what is printed meanwhile. */
static void test_file_write_without_standard_streams_gets_nothing_printed(void **state)
{
    (void)state;
    io_path path = io_path_of("alone");
    int ending;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        glia__replacement *replacement = NULL;
        for (int stream = 0; stream <= STDERR_FILENO; stream++)
            close(stream);
        bool is_begun = glia__replacement_begin(&replacement, path.text) == GLIA_OK;
        bool is_printed = write(STDOUT_FILENO, "x", 1) > 0 || write(STDERR_FILENO, "x", 1) > 0;
        bool is_written = is_begun && fputs(text, replacement->file) >= 0;
        _exit(is_written && glia__replacement_finish(replacement) == GLIA_OK && !is_printed ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ending, 0), child);
    assert_true(WIFEXITED(ending) && WEXITSTATUS(ending) == 0);
    io_assert_file(path.text, text);
}

static void test_file_write_writes_into_a_pipe(void **state)
{
    (void)state;
    io_path path = io_path_of("pipe");
    assert_int_equal(mkfifo(path.text, 0600), 0);
    int reader = open(path.text, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_ok(write_text(path.text));
    char arrived[64] = "";
    assert_true(read(reader, arrived, sizeof arrived - 1) > 0);
    assert_string_equal(arrived, text);
    struct stat about;
    assert_int_equal(stat(path.text, &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    close(reader);
}

/* Write to standard output while it is this file. */
static void write_to_redirected(const char *path_argument, const char *redirected)
{
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), file = open(redirected, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(kept >= 0 && file >= 0);
    assert_true(dup2(file, STDOUT_FILENO) >= 0);
    fputs("before ", stdout);
    glia_status status = write_text(path_argument);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    close(kept);
    close(file);
    assert_ok(status);
}

static void test_file_write_to_standard_output_follows_what_was_printed(void **state)
{
    (void)state;
    io_path path = io_path_of("stdout");
    write_to_redirected(NULL, path.text);
    io_assert_file(path.text, "before one\ntwo\n");
    write_to_redirected("-", path.text);
    io_assert_file(path.text, "before one\ntwo\n");
}

static void test_file_write_where_nothing_can_be_is_an_io_error(void **state)
{
    (void)state;
    size_t count = scratch_file_count();
    assert_status(write_text(io_path_of("absent/out").text), GLIA_ERR_IO);
    assert_message_has("absent/out: cannot write: No such file");
    assert_status(write_text(io_path_of("").text), GLIA_ERR_IO);
    assert_message_has("cannot write: Is a directory");
    assert_status(write_text(""), GLIA_ERR_IO);
    assert_int_equal(scratch_file_count(), count);
}

static void test_file_write_to_too_long_a_path_is_an_io_error(void **state)
{
    (void)state;
    static char path[3 * 4096];
    for (size_t i = 0; i < sizeof path; i += 2)
        memcpy(path + i, "./", 2);
    memcpy(path + sizeof path - sizeof "out", "out", sizeof "out");
    assert_status(write_text(path), GLIA_ERR_IO);
    assert_message_is_of("out", ENAMETOOLONG);
    assert_int_equal(access("out", F_OK), -1);
}

static void test_file_write_to_a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    static const char large[1 << 20];
    io_path path = io_write_text("old", "old\n");
    size_t count = scratch_file_count();
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {.rlim_cur = 10000, .rlim_max = before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    glia_status status = glia_file_write(path.text, large, sizeof large);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_status(status, GLIA_ERR_IO);
    assert_message_is_of("old", EFBIG);
    io_assert_file(path.text, "old\n");
    assert_int_equal(scratch_file_count(), count);
}

static void test_file_write_goes_on_after_signals(void **state)
{
    (void)state;
    io_path path = io_write_text("old", "old\n");
    size_t count = scratch_file_count();
    interrupted_flushes = 3;
    interrupted_closes = 1;
    assert_ok(write_text(path.text));
    assert_int_equal(interrupted_flushes, 0);
    assert_int_equal(interrupted_closes, 0);
    io_assert_file(path.text, text);
    assert_int_equal(scratch_file_count(), count);
}

static void test_file_write_is_done_when_a_signal_comes_behind(void **state)
{
    (void)state;
    interrupted_closes = 1;
    assert_ok(write_text("/dev/null"));
    assert_int_equal(interrupted_closes, 0);
}

static void test_file_write_that_signals_never_leave_alone_is_an_io_error(void **state)
{
    (void)state;
    io_path path = io_write_text("old", "old\n");
    size_t count = scratch_file_count();
    interrupted_flushes = INT_MAX;
    glia_status status = write_text(path.text);
    interrupted_flushes = 0;
    assert_status(status, GLIA_ERR_IO);
    assert_message_is_of("old", EINTR);
    io_assert_file(path.text, "old\n");
    assert_int_equal(scratch_file_count(), count);
}

static void test_file_write_to_a_full_device_is_an_io_error(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    assert_status(write_text("/dev/full"), GLIA_ERR_IO);
    assert_message_is_of("/dev/full", ENOSPC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file_write_makes_a_file_of_these_bytes),
        cmocka_unit_test(test_file_write_makes_an_empty_file),
        cmocka_unit_test(test_file_write_null_bytes_are_an_argument_error),
        cmocka_unit_test(test_file_write_replaces_a_file),
        cmocka_unit_test(test_file_write_in_the_current_folder),
        cmocka_unit_test(test_file_write_to_the_longest_name),
        cmocka_unit_test(test_file_write_keeps_the_permissions),
        cmocka_unit_test(test_file_write_keeps_a_link_and_replaces_what_it_names),
        cmocka_unit_test(test_file_write_makes_the_file_that_a_link_names),
        cmocka_unit_test(test_file_write_through_links_in_a_circle_is_an_io_error),
        cmocka_unit_test(test_file_write_without_standard_streams_gets_nothing_printed),
        cmocka_unit_test(test_file_write_writes_into_a_pipe),
        cmocka_unit_test(test_file_write_to_standard_output_follows_what_was_printed),
        cmocka_unit_test(test_file_write_where_nothing_can_be_is_an_io_error),
        cmocka_unit_test(test_file_write_to_too_long_a_path_is_an_io_error),
        cmocka_unit_test(test_file_write_to_a_full_disk_leaves_the_old_file),
        cmocka_unit_test(test_file_write_to_a_full_device_is_an_io_error),
        cmocka_unit_test(test_file_write_goes_on_after_signals),
        cmocka_unit_test(test_file_write_is_done_when_a_signal_comes_behind),
        cmocka_unit_test(test_file_write_that_signals_never_leave_alone_is_an_io_error),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
