/* SPDX-License-Identifier: MIT */
/* Every allocation of every call failed in turn, alone and with all that follow: GLIA_ERR_NOMEM, no leak, nothing left
 * half done. */
#include "failing_memory.h"
#include "gzip_file.h"
#include "io_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

/* A call on `data`, which it leaves as it was or answers for; a new data set in *made is destroyed afterwards. */
typedef glia_status call_fn(glia_data *data, glia_data **made);

static io_path csv_path, gzip_path, plain_path, images_path, labels_path;

/* With the n-th allocation failing, for every n: the answer is NOMEM, or OK where one failure could be got over. */
static void fail_in_turn(call_fn *call, glia_data *data, int persistently)
{
    for (size_t n = 1;; n++) {
        glia_data *made = NULL;
        size_t blocks = failing_memory_blocks();
        failing_memory_arm(n, persistently);
        glia_status status = call(data, &made);
        size_t failures = failing_memory_disarm();
        if (failures == 0) {
            assert_ok(status);
            glia_data_destroy(made);
            assert_true(n > 1);
            return;
        }
        if (persistently || status != GLIA_OK) {
            assert_status(status, GLIA_ERR_NOMEM);
            assert_null(made);
            assert_int_equal(failing_memory_blocks(), blocks);
        }
        glia_data_destroy(made);
    }
}

static void assert_survives(call_fn *call, glia_data *data)
{
    fail_in_turn(call, data, 0);
    fail_in_turn(call, data, 1);
}

static glia_status read_classes(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_read_csv(made, csv_path.text, "target=kind delimiter=,");
}

static glia_status read_numbers(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_read_csv(made, plain_path.text, "target=2 target_type=numbers header=no");
}

static glia_status read_gzip(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_read_csv(made, gzip_path.text, "target=kind");
}

static glia_status read_as(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_read_csv_as(made, csv_path.text, "target=kind", "[\"c\",\"a\"]", "[\"x\",\"y\",\"z\"]");
}

static glia_status read_idx(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_read_idx(made, images_path.text, labels_path.text);
}

static glia_status generate(glia_data *data, glia_data **made)
{
    (void)data;
    return glia_data_generate(made, "moons rows=20 noise=0.1", 1);
}

static glia_status split(glia_data *data, glia_data **made)
{
    glia_data *second = NULL;
    glia_status status = glia_data_split(made, &second, data, 0.5);
    assert_int_equal(second != NULL, status == GLIA_OK);
    glia_data_destroy(second);
    return status;
}

static int set_up(void **state)
{
    static const char text[] = "a,kind,b,c\n1,x,2,3\n4,y,5,6.5\n7,x,8,9\n";
    if (scratch_folder_make(state) != 0)
        return 1;
    csv_path = io_write_text("data.csv", text);
    plain_path = io_write_text("plain.csv", "1,2\n3,4\n5,6\n");
    gzip_path = io_write_gzip("data.csv.gz", text, sizeof text - 1);
    return 0;
}

static void test_read_csv_survives(void **state)
{
    (void)state;
    assert_survives(read_classes, NULL);
    assert_survives(read_numbers, NULL);
    assert_survives(read_gzip, NULL);
}

static void test_read_csv_as_survives(void **state)
{
    (void)state;
    assert_survives(read_as, NULL);
}

static void test_read_idx_survives(void **state)
{
    (void)state;
    static const unsigned char images[] = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
    static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 1, 3};
    images_path = io_write("images", images, sizeof images);
    labels_path = io_write_gzip("labels.gz", labels, sizeof labels);
    assert_survives(read_idx, NULL);
}

static void test_generate_survives(void **state)
{
    (void)state;
    assert_survives(generate, NULL);
}

/* Jansson takes a failure of its own while reading for an error of the text, so it is led here for writing alone. */
static void test_metadata_survives(void **state)
{
    (void)state;
    json_malloc_t own_malloc;
    json_free_t own_free;
    json_get_alloc_funcs(&own_malloc, &own_free);
    json_set_alloc_funcs(malloc, free); /* those of this program, which are wrapped */
    assert_survives(generate, NULL);
    json_set_alloc_funcs(own_malloc, own_free);
}

static void test_split_survives(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a,b,t\n1,2,x\n3,4,y\n5,6,x\n", "target=t");
    assert_survives(split, data);
    glia_data_destroy(data);
    data = io_read_csv("a,b,t\n1,2,0.5\n3,4,1\n5,6,2\n", "target=t");
    assert_survives(split, data);
    glia_data_destroy(data);
}

static glia_status write_csv(glia_data *data, glia_data **made)
{
    (void)made;
    return glia_data_write_csv(data, io_path_of("out.csv").text);
}

static void test_write_csv_survives_and_leaves_the_old_file(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a\n1\n2\n", NULL);
    io_path path = io_write_text("out.csv", "old\n");
    failing_memory_arm(1, 1);
    glia_status status = write_csv(data, NULL);
    assert_int_equal(failing_memory_disarm(), 1);
    assert_status(status, GLIA_ERR_NOMEM);
    io_assert_file(path.text, "old\n");
    assert_survives(write_csv, data);
    io_assert_file(path.text, "a\n1\n2\n");
    glia_data_destroy(data);
}

static void test_samples_survive_and_can_be_asked_for_again(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 3; n++) {
        glia_data *data = io_read_csv("a,t\n1,0.5\n2,1\n", "target=t");
        glia_samples samples = {.struct_size = sizeof samples};
        failing_memory_arm(n, 0);
        glia_status status = glia_data_samples(data, &samples);
        size_t failures = failing_memory_disarm();
        assert_status(status, failures > 0 ? GLIA_ERR_NOMEM : GLIA_OK);
        assert_int_equal(failures, n < 3);
        samples = io_samples(data);
        assert_true(samples.inputs[1] == 2);
        assert_true(samples.targets[0] == 0.5f);
        glia_data_destroy(data);
    }
}

static void test_samples_of_bytes_survive_as_double(void **state)
{
    (void)state;
    static const unsigned char images[] = {0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 255};
    glia_data *data = NULL;
    glia64_samples samples = {.struct_size = sizeof samples};
    assert_ok(glia_data_read_idx(&data, io_write("images", images, sizeof images).text, NULL));
    failing_memory_arm(1, 0);
    glia_status status = glia_data_samples64(data, &samples);
    failing_memory_disarm();
    assert_status(status, GLIA_ERR_NOMEM);
    assert_true(io_samples64(data).inputs[0] == 1);
    glia_data_destroy(data);
}

static void test_shuffle_allocates_nothing(void **state)
{
    (void)state;
    glia_data *data = io_read_csv("a\n1\n2\n3\n", NULL);
    failing_memory_arm(1, 1);
    glia_status status = glia_data_shuffle(data, 1);
    size_t failures = failing_memory_disarm();
    assert_ok(status);
    assert_int_equal(failures, 0);
    glia_data_destroy(data);
}

static void test_idx_header_alone_brings_no_large_allocation(void **state)
{
    (void)state;
    static const unsigned char promises[] = {0, 0, 8, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 1, 2, 3};
    io_path path = io_write("promises", promises, sizeof promises);
    glia_data *data = NULL;
    failing_memory_largest();
    assert_status(glia_data_read_idx(&data, path.text, NULL), GLIA_ERR_FORMAT);
    assert_true(failing_memory_largest() < 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_csv_survives),
        cmocka_unit_test(test_read_csv_as_survives),
        cmocka_unit_test(test_read_idx_survives),
        cmocka_unit_test(test_generate_survives),
        cmocka_unit_test(test_metadata_survives),
        cmocka_unit_test(test_split_survives),
        cmocka_unit_test(test_write_csv_survives_and_leaves_the_old_file),
        cmocka_unit_test(test_samples_survive_and_can_be_asked_for_again),
        cmocka_unit_test(test_samples_of_bytes_survive_as_double),
        cmocka_unit_test(test_shuffle_allocates_nothing),
        cmocka_unit_test(test_idx_header_alone_brings_no_large_allocation),
    };
    return cmocka_run_group_tests(tests, set_up, scratch_folder_remove) != 0;
}
