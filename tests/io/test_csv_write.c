/* SPDX-License-Identifier: MIT */
/* Data sets written as CSV: the same numbers and names come back, and a file appears whole or not at all. */
#include "io_harness.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static glia_data *small_data(void)
{
    return io_read_csv("a,b\n1,x\n2.5,y\n", "target=b");
}

static void assert_file(const char *path, const char *expected)
{
    char *text = io_read_file(path, NULL);
    assert_string_equal(text, expected);
    free(text);
}

/* Written and read again, the data set has the same numbers. */
static void assert_comes_back(glia_data *data, const char *options)
{
    io_path path = io_path_of("back.csv");
    glia_data *back = NULL;
    assert_ok(glia_data_write_csv(data, path.text));
    assert_ok(glia_data_read_csv(&back, path.text, options));
    io_assert_same_numbers(data, back);
    glia_data_destroy(back);
}

static void test_write_csv_has_a_header_and_short_numbers(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("x,y\n0.10,1e2\n-5.0,3.25\n", "target=y");
    io_path path = io_path_of("out.csv");
    assert_ok(glia_data_write_csv(data, path.text));
    assert_file(path.text, "x,y\n0.1,100\n-5,3.25\n");
    glia_data_destroy(data);
}

static void test_write_csv_quotes_where_it_must(void **state)
{
    (void)state;
    glia_data *data =
        io_read_csv("\"a,b\",\" c\"\n1,\"say \"\"x\"\"\"\n2,\"two\nlines\"\n3,plain text\n", "target=\" c\"");
    io_path path = io_path_of("out.csv");
    assert_ok(glia_data_write_csv(data, path.text));
    assert_file(path.text, "\"a,b\",\" c\"\n1,\"say \"\"x\"\"\"\n2,\"two\nlines\"\n3,plain text\n");
    assert_comes_back(data, "target=\" c\"");
    glia_data_destroy(data);
}

static void test_write_csv_brings_back_every_double(void **state)
{
    (void)state;
    enum {
        ROWS = 3000
    };
    uint64_t random = 20240607;
    print_message("seed %llu\n", (unsigned long long)random);
    char *text = malloc(ROWS * 64);
    assert_non_null(text);
    char *at =
        text + sprintf(text, "a,b\n2.2250738585072014e-308,4.9406564584124654e-324\n-0,1.7976931348623157e308\n");
    for (int row = 0; row < ROWS; row++) {
        double values[2] = {0, 0};
        for (int i = 0; i < 2; i++)
            do {
                uint64_t bits = io_next_random(&random);
                memcpy(&values[i], &bits, sizeof bits);
            } while (!isfinite(values[i]));
        at += sprintf(at, "%.17g,%.17g\n", values[0], values[1]);
    }
    glia_data *data = io_read_csv(text, "target=b target_type=numbers");
    assert_comes_back(data, "target=b target_type=numbers");
    glia_data_destroy(data);
    free(text);
}

static void test_write_csv_brings_back_idx_floats(void **state)
{
    (void)state;
    unsigned char images[16 + 256] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 8, 0, 0, 0, 16};
    for (int i = 0; i < 256; i++)
        images[16 + i] = (unsigned char)i;
    static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 1, 0};
    io_path images_path = io_write("images", images, sizeof images),
            labels_path = io_write("labels", labels, sizeof labels);
    glia_data *data = NULL, *back = NULL;
    assert_ok(glia_data_read_idx(&data, images_path.text, labels_path.text));
    io_path path = io_path_of("out.csv");
    assert_ok(glia_data_write_csv(data, path.text));
    assert_ok(glia_data_read_csv(&back, path.text, "target=class"));
    assert_string_equal(glia_data_column_name(back, 127), "x128");
    assert_memory_equal(io_samples(back).inputs, io_samples(data).inputs, 256 * sizeof(float));
    assert_memory_equal(io_samples(back).classes, io_samples(data).classes, 2 * sizeof(int32_t));
    glia_data_destroy(data);
    glia_data_destroy(back);
}

static void test_write_csv_null_is_an_argument_error(void **state)
{
    (void)state;
    assert_status(glia_data_write_csv(NULL, "out.csv"), GLIA_ERR_ARGUMENT);
}

/* Write to standard output while it is this file. */
static void write_to_redirected(const glia_data *data, const char *path_argument, const char *redirected)
{
    fflush(stdout);
    int kept = dup(STDOUT_FILENO), file = open(redirected, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(kept >= 0 && file >= 0);
    assert_true(dup2(file, STDOUT_FILENO) >= 0);
    glia_status status = glia_data_write_csv(data, path_argument);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    close(kept);
    close(file);
    assert_ok(status);
}

static void test_write_csv_to_standard_output(void **state)
{
    (void)state;
    glia_data *data = small_data();
    io_path path = io_path_of("stdout.csv");
    write_to_redirected(data, NULL, path.text);
    assert_file(path.text, "a,b\n1,x\n2.5,y\n");
    write_to_redirected(data, "-", path.text);
    assert_file(path.text, "a,b\n1,x\n2.5,y\n");
    glia_data_destroy(data);
}

static void test_write_csv_replaces_a_file(void **state)
{
    (void)state;
    glia_data *data = small_data();
    io_path path = io_write_text("out.csv", "a much longer text that was there before\n");
    size_t count = io_file_count();
    assert_ok(glia_data_write_csv(data, path.text));
    assert_file(path.text, "a,b\n1,x\n2.5,y\n");
    assert_int_equal(io_file_count(), count);
    glia_data_destroy(data);
}

static void test_write_csv_to_the_longest_name(void **state)
{
    (void)state;
    glia_data *data = small_data();
    char name[256]; /* NAME_MAX and its 0 */
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_ok(glia_data_write_csv(data, io_path_of(name).text));
    assert_file(io_path_of(name).text, "a,b\n1,x\n2.5,y\n");
    glia_data_destroy(data);
}

static void test_write_csv_keeps_a_link_and_replaces_what_it_names(void **state)
{
    (void)state;
    glia_data *data = small_data();
    io_path path = io_write_text("linked.csv", "old\n"), link_path = io_path_of("link.csv");
    assert_int_equal(symlink("linked.csv", link_path.text), 0);
    assert_ok(glia_data_write_csv(data, link_path.text));
    assert_file(path.text, "a,b\n1,x\n2.5,y\n");
    struct stat about;
    assert_int_equal(lstat(link_path.text, &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    glia_data_destroy(data);
}

static void test_write_csv_writes_into_a_pipe(void **state)
{
    (void)state;
    glia_data *data = small_data();
    io_path path = io_path_of("pipe");
    assert_int_equal(mkfifo(path.text, 0600), 0);
    int reader = open(path.text, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_ok(glia_data_write_csv(data, path.text));
    char text[64] = "";
    assert_true(read(reader, text, sizeof text - 1) > 0);
    assert_string_equal(text, "a,b\n1,x\n2.5,y\n");
    struct stat about;
    assert_int_equal(stat(path.text, &about), 0);
    assert_true(S_ISFIFO(about.st_mode));
    close(reader);
    remove(path.text);
    glia_data_destroy(data);
}

static void test_write_csv_where_nothing_can_be_is_an_io_error(void **state)
{
    (void)state;
    glia_data *data = small_data();
    assert_status(glia_data_write_csv(data, io_path_of("absent/out.csv").text), GLIA_ERR_IO);
    assert_message_has("absent/out.csv: cannot write: No such file");
    assert_status(glia_data_write_csv(data, io_path_of("").text), GLIA_ERR_IO);
    assert_message_has("cannot write: Is a directory");
    glia_data_destroy(data);
}

static void test_write_csv_to_a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, "moons rows=2000", 1));
    io_path path = io_write_text("out.csv", "old\n");
    size_t count = io_file_count();
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {.rlim_cur = 10000, .rlim_max = before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    glia_status status = glia_data_write_csv(data, path.text);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_status(status, GLIA_ERR_IO);
    assert_message_has("out.csv: cannot write: File too large");
    assert_file(path.text, "old\n");
    assert_int_equal(io_file_count(), count);
    glia_data_destroy(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_csv_has_a_header_and_short_numbers),
        cmocka_unit_test(test_write_csv_quotes_where_it_must),
        cmocka_unit_test(test_write_csv_brings_back_every_double),
        cmocka_unit_test(test_write_csv_brings_back_idx_floats),
        cmocka_unit_test(test_write_csv_null_is_an_argument_error),
        cmocka_unit_test(test_write_csv_to_standard_output),
        cmocka_unit_test(test_write_csv_replaces_a_file),
        cmocka_unit_test(test_write_csv_to_the_longest_name),
        cmocka_unit_test(test_write_csv_keeps_a_link_and_replaces_what_it_names),
        cmocka_unit_test(test_write_csv_writes_into_a_pipe),
        cmocka_unit_test(test_write_csv_where_nothing_can_be_is_an_io_error),
        cmocka_unit_test(test_write_csv_to_a_full_disk_leaves_the_old_file),
    };
    return cmocka_run_group_tests(tests, io_folder_make, io_folder_remove) != 0;
}
