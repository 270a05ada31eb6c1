/* SPDX-License-Identifier: MIT */
/* IDX files: images and labels, plain and gzip, and those that are refused. */
#include "gzip_file.h"
#include "io_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Three images of 2 x 2, and their labels. */
static const unsigned char images[] = {0, 0, 8, 3, 0, 0, 0,  3,   0,   0,   0,   2,   0, 0,
                                       0, 2, 0, 1, 2, 3, 51, 102, 153, 204, 255, 254, 9, 8};
static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 5};

static void refuse(const void *image_bytes, size_t size, const char *message)
{
    glia_data *data = NULL;
    assert_status(glia_data_read_idx(&data, io_write("bad", image_bytes, size).text, NULL), GLIA_ERR_FORMAT);
    assert_message_has(message);
    assert_null(data);
}

static void refuse_labels(const void *label_bytes, size_t size, const char *message)
{
    glia_data *data = NULL;
    io_path images_path = io_write("images", images, sizeof images);
    assert_status(glia_data_read_idx(&data, images_path.text, io_write("bad", label_bytes, size).text),
                  GLIA_ERR_FORMAT);
    assert_message_has(message);
    assert_null(data);
}

static void test_read_idx_divides_bytes_by_255(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_ok(glia_data_read_idx(&data, io_write("images", images, sizeof images).text, NULL));
    assert_int_equal(glia_data_rows(data), 3);
    assert_int_equal(glia_data_input_size(data), 4);
    glia_samples samples = io_samples(data);
    for (size_t i = 0; i < 12; i++)
        assert_true(samples.inputs[i] == (float)images[16 + i] / 255.0f);
    assert_null(samples.classes);
    assert_null(samples.targets);
    assert_int_equal(glia_data_class_count(data), 0);
    assert_string_equal(glia_data_metadata(data, "scale"), "255");
    assert_string_equal(glia_data_metadata_key(data, 0), "scale");
    assert_null(glia_data_metadata_key(data, 1));
    assert_null(glia_data_column_name(data, 0));
    glia_data_destroy(data);
}

static void test_read_idx_labels_are_classes_by_number(void **state)
{
    (void)state;
    glia_data *data = NULL;
    io_path images_path = io_write("images", images, sizeof images),
            labels_path = io_write("labels", labels, sizeof labels);
    assert_ok(glia_data_read_idx(&data, images_path.text, labels_path.text));
    static const int32_t classes[] = {2, 0, 5};
    assert_memory_equal(io_samples(data).classes, classes, sizeof classes);
    assert_int_equal(glia_data_class_count(data), 6);
    assert_string_equal(glia_data_class_name(data, 5), "5");
    assert_string_equal(glia_data_metadata(data, "classes"), "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\"]");
    glia_data_destroy(data);
}

static void test_read_idx_rows_may_have_any_shape(void **state)
{
    (void)state;
    static const unsigned char flat[] = {0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 255, 0, 255};
    static const unsigned char deep[] = {0, 0, 8, 4, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 255, 0, 255};
    glia_data *data = NULL;
    assert_ok(glia_data_read_idx(&data, io_write("flat", flat, sizeof flat).text, NULL));
    assert_int_equal(glia_data_input_size(data), 3);
    glia_data_destroy(data);
    assert_ok(glia_data_read_idx(&data, io_write("deep", deep, sizeof deep).text, NULL));
    assert_int_equal(glia_data_input_size(data), 3);
    glia_data_destroy(data);
}

static void test_read_idx_gzip_is_the_same_as_plain(void **state)
{
    (void)state;
    glia_data *plain = NULL, *packed = NULL;
    io_path images_path = io_write("images", images, sizeof images),
            labels_path = io_write("labels", labels, sizeof labels);
    assert_ok(glia_data_read_idx(&plain, images_path.text, labels_path.text));
    images_path = io_write_gzip("images.gz", images, sizeof images);
    labels_path = io_write_gzip("labels.gz", labels, sizeof labels);
    assert_ok(glia_data_read_idx(&packed, images_path.text, labels_path.text));
    io_assert_same_numbers(plain, packed);
    glia_data_destroy(plain);
    glia_data_destroy(packed);
}

static void test_read_idx_larger_than_any_buffer(void **state)
{
    (void)state;
    enum {
        ROWS = 300,
        WIDTH = 997
    };
    size_t size = 12 + (size_t)ROWS * WIDTH;
    unsigned char *bytes = malloc(size);
    assert_non_null(bytes);
    const unsigned char header[] = {0, 0, 8, 2, 0, 0, ROWS >> 8, ROWS & 255, 0, 0, WIDTH >> 8, WIDTH & 255};
    memcpy(bytes, header, sizeof header);
    for (size_t i = sizeof header; i < size; i++)
        bytes[i] = (unsigned char)(i * 7);
    glia_data *data = NULL;
    assert_ok(glia_data_read_idx(&data, io_write_gzip("large.gz", bytes, size).text, NULL));
    glia_samples samples = io_samples(data);
    for (size_t i = 0; i < size - sizeof header; i++)
        assert_true(samples.inputs[i] == (float)bytes[sizeof header + i] / 255.0f);
    glia_data_destroy(data);
    free(bytes);
}

static void test_read_idx_cut_at_every_length_is_refused(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof images; size++)
        refuse(images, size, size < 4 ? "bad: this is no IDX file" : "bad: the file is shorter than its header says");
    for (size_t size = 0; size < sizeof labels; size++)
        refuse_labels(labels, size, "bad: ");
}

static void test_read_idx_gzip_cut_at_every_length_is_refused(void **state)
{
    (void)state;
    size_t size;
    char *packed = io_read_file(io_write_gzip("images.gz", images, sizeof images).text, &size);
    for (size_t length = 0; length < size; length++)
        refuse(packed, length, length < 2 ? "bad: this is no IDX file" : "bad: the gzip data are cut off");
    free(packed);
}

static void test_read_idx_longer_than_its_header_is_refused(void **state)
{
    (void)state;
    unsigned char longer[sizeof images + 1] = {0};
    memcpy(longer, images, sizeof images);
    refuse(longer, sizeof longer, "bad: the file is longer than its header says");
    unsigned char longer_labels[sizeof labels + 1] = {0};
    memcpy(longer_labels, labels, sizeof labels);
    refuse_labels(longer_labels, sizeof longer_labels, "bad: the file is longer than its header says");
}

static void test_read_idx_of_another_format_is_refused(void **state)
{
    (void)state;
    refuse("x1,x2,class\n1,2,0\n", 18, "bad: this is no IDX file");
    static const unsigned char of_floats[] = {0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 0};
    refuse(of_floats, sizeof of_floats, "bad: IDX of type 0x0D; only unsigned bytes (0x08) are read");
    static const unsigned char without_dimensions[] = {0, 0, 8, 0};
    refuse(without_dimensions, sizeof without_dimensions, "bad: this is no IDX file");
}

static void test_read_idx_without_rows_is_refused(void **state)
{
    (void)state;
    static const unsigned char no_rows[] = {0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 3};
    refuse(no_rows, sizeof no_rows, "bad: dimension 1 of 2 is 0");
    static const unsigned char no_columns[] = {0, 0, 8, 2, 0, 0, 0, 3, 0, 0, 0, 0};
    refuse(no_columns, sizeof no_columns, "bad: dimension 2 of 2 is 0");
}

static void test_read_idx_that_promises_too_much_is_refused(void **state)
{
    (void)state;
    unsigned char bytes[4 + 4 * 255 + 8];
    memset(bytes, 0xFF, sizeof bytes);
    memcpy(bytes, "\0\0\x08\xFF", 4);
    refuse(bytes, sizeof bytes, "bad: the header says more than memory can hold");
    static const unsigned char just_fits[] = {0, 0, 8, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0xFF, 0xFF, 0xFF, 1, 2, 3};
    refuse(just_fits, sizeof just_fits, "bad: the "); /* file is shorter, or, where size_t has 32 bits, as above */
}

static void test_read_idx_labels_as_images_are_refused(void **state)
{
    (void)state;
    refuse(labels, sizeof labels, "bad: only 1 dimension: these are labels");
    refuse_labels(images, sizeof images, "bad: 3 dimensions: these are images");
}

static void test_read_idx_other_number_of_labels_is_refused(void **state)
{
    (void)state;
    static const unsigned char two[] = {0, 0, 8, 1, 0, 0, 0, 2, 2, 0};
    refuse_labels(two, sizeof two, "bad: 2 labels for 3 images");
}

static void test_read_idx_null_is_an_argument_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_idx(NULL, "images", NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_data_read_idx(&data, NULL, NULL), GLIA_ERR_ARGUMENT);
}

static void test_read_idx_missing_file_is_an_io_error(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_idx(&data, io_path_of("absent").text, NULL), GLIA_ERR_IO);
    io_path images_path = io_write("images", images, sizeof images);
    assert_status(glia_data_read_idx(&data, images_path.text, io_path_of("absent").text), GLIA_ERR_IO);
    assert_null(data);
}

static void test_is_idx_goes_by_content(void **state)
{
    (void)state;
    assert_int_equal(glia_data_is_idx(io_write("a.csv", images, sizeof images).text), 1);
    assert_int_equal(glia_data_is_idx(io_write_gzip("b.csv", images, sizeof images).text), 1);
    assert_int_equal(glia_data_is_idx(io_write("c.idx", "x1,x2\n1,2\n", 10).text), 0);
    assert_int_equal(glia_data_is_idx(io_write("d.idx", images, 3).text), 0);
    assert_int_equal(glia_data_is_idx(io_write("e.idx", "", 0).text), 0);
    assert_int_equal(glia_data_is_idx(io_path_of("absent").text), 0);
    assert_int_equal(glia_data_is_idx(io_path_of("").text), 0);
    assert_int_equal(glia_data_is_idx(NULL), 0);
}

static void test_is_idx_leaves_a_pipe_alone(void **state)
{
    (void)state;
    io_path path = io_path_of("pipe");
    assert_int_equal(mkfifo(path.text, 0600), 0);
    assert_int_equal(glia_data_is_idx(path.text), 0); /* opening it would wait for a writer */
    remove(path.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_idx_divides_bytes_by_255),
        cmocka_unit_test(test_read_idx_labels_are_classes_by_number),
        cmocka_unit_test(test_read_idx_rows_may_have_any_shape),
        cmocka_unit_test(test_read_idx_gzip_is_the_same_as_plain),
        cmocka_unit_test(test_read_idx_larger_than_any_buffer),
        cmocka_unit_test(test_read_idx_cut_at_every_length_is_refused),
        cmocka_unit_test(test_read_idx_gzip_cut_at_every_length_is_refused),
        cmocka_unit_test(test_read_idx_longer_than_its_header_is_refused),
        cmocka_unit_test(test_read_idx_of_another_format_is_refused),
        cmocka_unit_test(test_read_idx_without_rows_is_refused),
        cmocka_unit_test(test_read_idx_that_promises_too_much_is_refused),
        cmocka_unit_test(test_read_idx_labels_as_images_are_refused),
        cmocka_unit_test(test_read_idx_other_number_of_labels_is_refused),
        cmocka_unit_test(test_read_idx_null_is_an_argument_error),
        cmocka_unit_test(test_read_idx_missing_file_is_an_io_error),
        cmocka_unit_test(test_is_idx_goes_by_content),
        cmocka_unit_test(test_is_idx_leaves_a_pipe_alone),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
