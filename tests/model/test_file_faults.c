/* SPDX-License-Identifier: MIT */
/* A model written while the system refuses a call, or the process is killed before or in it: whatever happens, there is
 * the old file or the new one, whole, and the status says which. */
#include "model/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/scratch_folder.h"
#include "model/faulty_files.h"
#include "model/model_parts.h"

/* Several writes, the last of them short of a buffer. */
#define ARCHITECTURE "input 40, dense 30 tanh, dense 7"

static model_parts made;
static harness_file new_content;
static const harness_file old_content = {(unsigned char *)"an old file", 11};

static int begin(void **state)
{
    model_parts_begin(&made, ARCHITECTURE);
    uint64_t size;
    uint32_t checksum = glia__model_checksum(&made.model, &size);
    new_content = (harness_file){malloc((size_t)size), (size_t)size};
    assert_non_null(new_content.bytes);
    glia__memory_sink sink = glia__memory_sink_begin(new_content.bytes);
    glia__model_encode(&made.model, checksum, &sink.base);
    return scratch_folder_make(state);
}

static int end(void **state)
{
    harness_free(&new_content);
    model_parts_end(&made);
    return scratch_folder_remove(state);
}

static bool holds(const char *path, harness_file expected)
{
    harness_file file = scratch_read(path);
    bool is_same = file.size == expected.size && memcmp(file.bytes, expected.bytes, file.size) == 0;
    harness_free(&file);
    return is_same;
}

/* Where the model goes, with an old file there or none, and nothing beside it. */
static void prepare(char path[SCRATCH_PATH_SIZE], bool has_old)
{
    char temporary[64];
    snprintf(temporary, sizeof temporary, ".glia-%ld-0.tmp", (long)getpid());
    (void)remove(scratch_path(path, temporary));
    scratch_path(path, "model.glia");
    (void)remove(path);
    if (has_old)
        scratch_write(path, old_content);
}

/* The file is the new one if that was said, or if only the flush of the folder failed after it was renamed; else what
 * was there before. */
static void assert_outcome(glia_status status, const char *path, bool has_old)
{
    bool is_renamed = strchr(faults.trace, 'N') != NULL && strchr(faults.trace, 'V') == NULL;
    if (status != GLIA_OK)
        assert_status(status, GLIA_ERR_IO);
    if (status == GLIA_OK)
        assert_true(is_renamed);
    if (is_renamed)
        assert_true(holds(path, new_content));
    else if (has_old)
        assert_true(holds(path, old_content));
    else
        assert_int_equal(access(path, F_OK), -1);
}

/* Write with these faults; afterwards they say what was called. */
static glia_status write_with(faulty_files planned, const char *path)
{
    faults = planned;
    return glia__model_file_write(&made.model, path, &faulty_calls);
}

static size_t count_calls(bool has_old)
{
    char path[SCRATCH_PATH_SIZE];
    prepare(path, has_old);
    assert_ok(write_with((faulty_files){0}, path));
    return faults.calls;
}

/* The calls whose failure with this error changes nothing for the caller. */
static const char *harmless(int error)
{
    return error == EINTR ? "MCWDXO" : "M";
}

/* What was called, several writes as one. */
static void assert_called(const char *expected)
{
    char called[sizeof faults.trace] = "";
    for (size_t i = 0, length = 0; faults.trace[i] != '\0'; i++)
        if (faults.trace[i] != 'W' || faults.trace[i + 1] != 'W')
            called[length++] = faults.trace[i];
    assert_string_equal(called, expected);
}

static void test_content_is_flushed_before_the_rename_and_the_folder_after_it(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    prepare(path, true);
    assert_ok(write_with((faulty_files){0}, path));
    assert_called("LFCMWDXNODX");
    prepare(path, false);
    assert_ok(write_with((faulty_files){0}, path));
    assert_called("LFCWDXNODX");
}

/* One call fails, whichever it is. */
static void fail_each_call(int error, bool has_old)
{
    char path[SCRATCH_PATH_SIZE];
    size_t count = count_calls(has_old), n_files = scratch_file_count();
    int descriptor = scratch_next_descriptor();
    for (size_t i = 1; i <= count; i++) {
        prepare(path, has_old);
        glia_status status = write_with((faulty_files){.error = error, .first = i, .last = i}, path);
        char failed = faults.trace[i - 1];
        bool is_last_close = failed == 'X' && faults.trace[i] == '\0';
        bool is_fine = is_last_close || strchr(harmless(error), failed) != NULL;
        if ((status == GLIA_OK) != is_fine)
            fail_msg("call %zu, %c of %s, fails with error %d, and the answer is '%s'", i, failed, faults.trace, error,
                     glia_status_text(status));
        assert_outcome(status, path, has_old);
        assert_int_equal(scratch_file_count(), n_files - (access(path, F_OK) != 0));
    }
    assert_int_equal(scratch_next_descriptor(), descriptor);
}

static void test_each_call_that_fails_leaves_the_old_file_or_the_new_one(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOSPC, EINTR, EDQUOT, EMFILE};
    for (size_t i = 0; i < 2 * COUNT_OF(errors); i++)
        fail_each_call(errors[i / 2], i % 2 == 0);
}

/* From one call on, all fail: the temporary file cannot even be removed. */
static void test_all_calls_that_fail_from_one_on_leave_the_old_file_or_the_new_one(void **state)
{
    (void)state;
    static const int errors[] = {EIO, ENOSPC, EINTR};
    char path[SCRATCH_PATH_SIZE];
    for (size_t e = 0; e < COUNT_OF(errors); e++) {
        for (size_t i = 1, count = count_calls(true); i <= count; i++) {
            prepare(path, true);
            glia_status status = write_with((faulty_files){.error = errors[e], .first = i, .last = SIZE_MAX}, path);
            bool is_new = holds(path, new_content);
            assert_true(is_new || holds(path, old_content));
            assert_true(is_new || status == GLIA_ERR_IO);
        }
    }
}

/* A call that is interrupted every time ends some day. */
static void test_endless_interruptions_end_with_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    for (const char *letter = "CWD"; *letter != '\0'; letter++) {
        faulty_files planned = {.error = EINTR, .first = 1, .last = SIZE_MAX, .only = *letter};
        prepare(path, true);
        assert_status(write_with(planned, path), GLIA_ERR_IO);
        assert_message_has("Interrupted");
        assert_true(holds(path, old_content));
    }
}

static void test_short_writes_are_continued(void **state)
{
    (void)state;
    static const size_t most[] = {1, 7, 2047};
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < COUNT_OF(most); i++) {
        prepare(path, true);
        assert_ok(write_with((faulty_files){.most = most[i]}, path));
        assert_true(holds(path, new_content));
    }
}

static ssize_t write_nothing(int file, const void *bytes, size_t size)
{
    (void)file;
    (void)bytes;
    (void)size;
    return 0;
}

static void test_write_of_nothing_is_an_error(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia__file_calls calls = glia__system_files;
    calls.write = write_nothing;
    prepare(path, true);
    assert_status(glia__model_file_write(&made.model, path, &calls), GLIA_ERR_IO);
    assert_true(holds(path, old_content));
}

/* What the system said is what the caller reads. */
static void test_message_says_what_failed_and_why(void **state)
{
    (void)state;
    static const struct {
        char letter;
        const char *message;
    } cases[] = {
        {'L', "cannot write: No space left on device"},
        {'F', "cannot write: No space left on device"},
        {'C', "cannot create a file beside it: No space left on device"},
        {'W', "cannot write: No space left on device"},
        {'D', "cannot flush: No space left on device"},
        {'X', "cannot close: No space left on device"},
        {'N', "cannot put the new file in place: No space left on device"},
        {'O', "cannot flush the folder: No space left on device"},
    };
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        faulty_files planned = {.error = ENOSPC, .first = 1, .last = SIZE_MAX, .only = cases[i].letter};
        prepare(path, true);
        assert_status(write_with(planned, path), GLIA_ERR_IO);
        assert_string_equal(glia_error_message(), cases[i].message);
    }
}

/* Some file systems flush no folder, and some folders may be written and not read. */
static void test_folder_that_cannot_be_flushed_is_no_error(void **state)
{
    (void)state;
    static const struct {
        char letter;
        int error;
    } cases[] = {{'O', EACCES}, {'O', EPERM}, {'D', EINVAL}, {'D', ENOTSUP}, {'D', EROFS}};
    char path[SCRATCH_PATH_SIZE];
    const size_t after_rename = count_calls(true) - strlen("ODX") + 1;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        faulty_files planned = {
            .error = cases[i].error, .first = after_rename, .last = SIZE_MAX, .only = cases[i].letter};
        prepare(path, true);
        assert_ok(write_with(planned, path));
        assert_true(holds(path, new_content));
    }
}

/* Killed before a call, or in the middle of a write. */
static void kill_at_each_call(file_fault fault, bool has_old)
{
    char path[SCRATCH_PATH_SIZE];
    bool is_new = false;
    for (size_t i = 1, count = count_calls(has_old); i <= count; i++) {
        int ending;
        prepare(path, has_old);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            write_with((faulty_files){.fault = fault, .first = i, .last = i}, path);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &ending, 0), child);
        assert_true(WIFSIGNALED(ending));

        bool is_there = access(path, F_OK) == 0, was_new = is_new;
        is_new = is_there && holds(path, new_content);
        assert_true(is_new || (has_old ? holds(path, old_content) : !is_there));
        assert_true(is_new || !was_new); /* once it is in place, it stays */
        assert_ok(write_with((faulty_files){0}, path));
        assert_true(holds(path, new_content));
    }
    assert_true(is_new); /* killed in the flush of the folder */
}

static void test_process_killed_at_each_call_leaves_the_old_file_or_the_new_one(void **state)
{
    (void)state;
    kill_at_each_call(FAULT_KILL, true);
    kill_at_each_call(FAULT_KILL, false);
    kill_at_each_call(FAULT_KILL_INSIDE, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content_is_flushed_before_the_rename_and_the_folder_after_it),
        cmocka_unit_test(test_each_call_that_fails_leaves_the_old_file_or_the_new_one),
        cmocka_unit_test(test_all_calls_that_fail_from_one_on_leave_the_old_file_or_the_new_one),
        cmocka_unit_test(test_endless_interruptions_end_with_an_error),
        cmocka_unit_test(test_short_writes_are_continued),
        cmocka_unit_test(test_write_of_nothing_is_an_error),
        cmocka_unit_test(test_message_says_what_failed_and_why),
        cmocka_unit_test(test_folder_that_cannot_be_flushed_is_no_error),
        cmocka_unit_test(test_process_killed_at_each_call_leaves_the_old_file_or_the_new_one),
    };
    return cmocka_run_group_tests(tests, begin, end) != 0;
}
