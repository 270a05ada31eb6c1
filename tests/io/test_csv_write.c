/* SPDX-License-Identifier: MIT */
/* Data sets written as CSV: the same numbers and names come back. How files are written is test_replace_file.c's. */
#include "io_harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    io_assert_file(path.text, "x,y\n0.1,100\n-5,3.25\n");
    glia_data_destroy(data);
}

static void test_write_csv_quotes_where_it_must(void **state)
{
    (void)state;
    glia_data *data =
        io_read_csv("\"a,b\",\" c\"\n1,\"say \"\"x\"\"\"\n2,\"two\nlines\"\n3,plain text\n", "target=\" c\"");
    io_path path = io_path_of("out.csv");
    assert_ok(glia_data_write_csv(data, path.text));
    io_assert_file(path.text, "\"a,b\",\" c\"\n1,\"say \"\"x\"\"\"\n2,\"two\nlines\"\n3,plain text\n");
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

static void test_write_csv_to_a_full_device_is_an_io_error(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, "moons rows=2000", 1)); /* more than any buffer */
    glia_status status = glia_data_write_csv(data, "/dev/full");
    glia_data_destroy(data);
    assert_status(status, GLIA_ERR_IO);
    assert_message_has("/dev/full: cannot write: No space left");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_csv_has_a_header_and_short_numbers),
        cmocka_unit_test(test_write_csv_quotes_where_it_must),
        cmocka_unit_test(test_write_csv_brings_back_every_double),
        cmocka_unit_test(test_write_csv_brings_back_idx_floats),
        cmocka_unit_test(test_write_csv_null_is_an_argument_error),
        cmocka_unit_test(test_write_csv_to_a_full_device_is_an_io_error),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
