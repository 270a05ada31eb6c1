/* SPDX-License-Identifier: MIT */
/* libglia-io built without zlib, libcsv and jansson, as this program is: what needs them says so, the rest works. */
#include "io_harness.h"

static const unsigned char images[] = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 255};

static void test_csv_is_unsupported(void **state)
{
    (void)state;
    glia_data *data = NULL;
    io_path path = io_write_text("data.csv", "a\n1\n");
    assert_status(glia_data_read_csv(&data, path.text, NULL), GLIA_ERR_UNSUPPORTED);
    assert_message_has("data.csv: libglia-io was built without libcsv");
    assert_null(data);
}

static void test_json_arrays_are_unsupported(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_status(glia_data_read_csv_as(&data, "data.csv", NULL, "[\"a\"]", NULL), GLIA_ERR_UNSUPPORTED);
    assert_message_has("columns: libglia-io was built without jansson");
}

static void test_gzip_is_unsupported(void **state)
{
    (void)state;
    static const unsigned char gzip[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
    glia_data *data = NULL;
    io_path path = io_write("images.gz", gzip, sizeof gzip);
    assert_int_equal(glia_data_is_idx(path.text), 0);
    assert_status(glia_data_read_idx(&data, path.text, NULL), GLIA_ERR_UNSUPPORTED);
    assert_message_has("images.gz: this is gzip, and libglia-io was built without zlib");
    assert_null(data);
}

static void test_plain_idx_is_read(void **state)
{
    (void)state;
    glia_data *data = NULL;
    io_path path = io_write("images", images, sizeof images);
    assert_int_equal(glia_data_is_idx(path.text), 1);
    assert_ok(glia_data_read_idx(&data, path.text, NULL));
    assert_true(io_samples(data).inputs[1] == 1);
    assert_ok(glia_data_write_csv(data, io_path_of("out.csv").text));
    glia_data_destroy(data);
}

static void test_moons_have_no_arrays_in_their_metadata(void **state)
{
    (void)state;
    glia_data *data = NULL;
    assert_ok(glia_data_generate(&data, "moons rows=10", 1));
    assert_int_equal(glia_data_rows(data), 10);
    assert_string_equal(glia_data_column_name(data, 1), "x2");
    assert_string_equal(glia_data_metadata_key(data, 0), "target");
    assert_null(glia_data_metadata_key(data, 1));
    assert_null(glia_data_metadata(data, "columns"));
    glia_data_destroy(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_is_unsupported),
        cmocka_unit_test(test_json_arrays_are_unsupported),
        cmocka_unit_test(test_gzip_is_unsupported),
        cmocka_unit_test(test_plain_idx_is_read),
        cmocka_unit_test(test_moons_have_no_arrays_in_their_metadata),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
