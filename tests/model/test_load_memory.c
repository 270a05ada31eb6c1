/* SPDX-License-Identifier: MIT */
/* Memory while loading: no more than the file's size and what the loaded network holds, and a little; and nearly none
 * for a file that is no model, however large it is or says it is. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/counted_memory.h"
#include "api/scratch_folder.h"
#include "model/file_edit.h"

#define LITTLE ((size_t)64 << 10)

/* The memory that loading takes from the allocator, at most; *held is what the network keeps of it. */
static size_t most_to_load(const char *path, size_t *held)
{
    counted_memory memory = {0};
    glia_options options = counted_memory_options(&memory);
    glia_net *net = NULL;
    assert_ok(glia_net_load(&net, path, &options));
    *held = memory.bytes;
    glia_net_destroy(net);
    assert_int_equal(memory.blocks, 0);
    return memory.most;
}

static void assert_takes_little(glia_net *net, const char *what)
{
    char path[SCRATCH_PATH_SIZE];
    size_t held;
    assert_ok(glia_net_save(net, scratch_path(path, "loaded.glia")));
    harness_file file = scratch_read(path);
    size_t most = most_to_load(path, &held);
    print_message("%s: a file of %zu bytes, %zu held, %zu at most\n", what, file.size, held, most);
    assert_true(most <= file.size + held + LITTLE);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_wide_network_takes_what_it_holds_and_a_little(void **state)
{
    (void)state;
    real inputs[784];
    const int32_t classes[] = {3};
    harness_fill(inputs, COUNT_OF(inputs), 1);
    glia_samples row = harness_with_classes(inputs, classes, 1);
    glia_net *net = harness_net("input 784, standardize, dense 256 relu, dense 10 softmax", 1);
    assert_ok(glia_net_train(net, &row, NULL)); /* now there are moments */
    size_t held;
    char path[SCRATCH_PATH_SIZE];
    assert_ok(glia_net_save(net, scratch_path(path, "wide.glia")));
    assert_true(most_to_load(path, &held) <= held + LITTLE); /* the file is never in memory as a whole */
    assert_takes_little(net, "wide");
}

static glia_net *net_of_many(const char *layer, size_t count)
{
    size_t length = strlen("input 1"), step = strlen(layer);
    char *text = malloc(length + count * step + 1);
    assert_non_null(text);
    strcpy(text, "input 1");
    for (size_t i = 0; i < count; i++, length += step)
        memcpy(text + length, layer, step + 1);
    glia_net *net = harness_net(text, 1);
    free(text);
    return net;
}

static void test_deep_network_takes_no_more(void **state)
{
    (void)state;
    assert_takes_little(net_of_many(", dense 20", 200), "200 dense layers");
    assert_takes_little(net_of_many(", dense 20 tanh", 200), "200 dense layers with activations");
}

/* Of which a name in the text is nearly all that the file has. */
static void test_thousands_of_layers_take_no_more(void **state)
{
    (void)state;
    assert_takes_little(net_of_many(", relu", 8000), "8000 activations");
    assert_takes_little(net_of_many(", dense 1", 5000), "5000 dense layers");
    assert_takes_little(net_of_many("\n dense 1 tanh # and a comment", 5000), "5000 dense layers with activations");
}

static void test_thousands_of_keys_take_no_more(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 1, dense 1", 1);
    for (int i = 0; i < 20000; i++) {
        char key[16];
        snprintf(key, sizeof key, "%x", i);
        assert_ok(glia_net_set_metadata(net, key, ""));
    }
    assert_takes_little(net, "20000 keys");
}

static void test_long_value_takes_no_more(void **state)
{
    (void)state;
    enum {
        LENGTH = 1000000
    };
    char *value = malloc(LENGTH + 1);
    assert_non_null(value);
    memset(value, 'v', LENGTH);
    value[LENGTH] = '\0';
    glia_net *net = harness_net("input 1, dense 1", 1);
    assert_ok(glia_net_set_metadata(net, "key", value));
    free(value);
    assert_takes_little(net, "a value of 1 MB");
}

/* Files that are larger than they have bytes */

/* Far more than loading may take, and still what a size_t can count. */
#if SIZE_MAX > UINT32_MAX
#define SPARSE_SIZE (INT64_C(5) << 30)
#else
#define SPARSE_SIZE (INT64_C(3) << 30)
#endif

/* Anonymous memory of this process in KiB, where the system tells. */
static size_t resident(void)
{
    char line[256];
    size_t size = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "RssAnon: %zu", &size) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return size;
}

/* A file so long that begins so and has nothing but zeros behind it. */
static void make_sparse(char path[SCRATCH_PATH_SIZE], const void *bytes, size_t size, int64_t file_size)
{
    int file = open(scratch_path(path, "sparse.glia"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, (unsigned)size), size);
    int answer = sizeof(off_t) > 4 ? ftruncate(file, (off_t)file_size) : -1;
    assert_int_equal(close(file), 0);
    if (answer != 0) {
        print_message("no file of gibibytes can be made here\n");
        skip();
    }
}

/* Loading it gives this status and message, and takes next to no memory. */
static void assert_sparse_answers(const void *bytes, size_t size, int64_t file_size, glia_status wanted,
                                  const char *message)
{
    char path[SCRATCH_PATH_SIZE];
    counted_memory memory = {0};
    glia_options options = counted_memory_options(&memory);
    glia_net *net = NULL;
    make_sparse(path, bytes, size, file_size);
    size_t before = resident();
    assert_status(glia_net_load(&net, path, &options), wanted);
    assert_message_has(message);
    assert_true(resident() <= before + 1024);
    assert_true(memory.most <= LITTLE);
    assert_int_equal(memory.blocks, 0);
    assert_null(net);
    assert_int_equal(remove(path), 0);
}

static void assert_sparse_refused(const void *bytes, size_t size, const char *message)
{
    assert_sparse_answers(bytes, size, SPARSE_SIZE, GLIA_ERR_FORMAT, message);
}

static void test_zeros_are_refused(void **state)
{
    (void)state;
    assert_sparse_refused("", 0, "does not begin as one");
}

static void test_model_with_zeros_behind_it_is_refused(void **state)
{
    (void)state;
    harness_file good = file_edit_good_file("plain");
    assert_sparse_refused(good.bytes, good.size, "longer than its tensors");
    harness_free(&good);
}

/* A length, and the beginning of a string that never ends. */
static void test_header_of_gibibytes_is_refused(void **state)
{
    (void)state;
    unsigned char begin[64] = {0};
    static const char json[] = "{\"__metadata__\":{\"key\":\"";
    harness_file file = {begin, sizeof begin};
    file_edit_write_header_size(file, (uint64_t)SPARSE_SIZE - HEADER_BEGIN);
    memcpy(begin + HEADER_BEGIN, json, strlen(json));
    assert_sparse_refused(begin, HEADER_BEGIN + strlen(json), "its header is damaged");
}

/* Where its size were cut off to 32 bits, nothing would be behind the model. */
static void test_file_of_4_gib_more_than_its_model_is_refused(void **state)
{
    (void)state;
    harness_file good = file_edit_good_file("plain");
    int64_t file_size = (INT64_C(4) << 30) + (int64_t)good.size;
    if (SIZE_MAX > UINT32_MAX)
        assert_sparse_answers(good.bytes, good.size, file_size, GLIA_ERR_FORMAT, "longer than its tensors");
    else
        assert_sparse_answers(good.bytes, good.size, file_size, GLIA_ERR_NOMEM, "larger than memory can count");
    harness_free(&good);
}

static void test_empty_file_is_refused(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    glia_net *net = NULL;
    scratch_write(scratch_path(path, "empty.glia"), (harness_file){(unsigned char *)"", 0});
    assert_status(glia_net_load(&net, path, NULL), GLIA_ERR_FORMAT);
    assert_message_has("empty.glia: not a valid model: it is too short");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide_network_takes_what_it_holds_and_a_little),
        cmocka_unit_test(test_deep_network_takes_no_more),
        cmocka_unit_test(test_thousands_of_layers_take_no_more),
        cmocka_unit_test(test_thousands_of_keys_take_no_more),
        cmocka_unit_test(test_long_value_takes_no_more),
        cmocka_unit_test(test_zeros_are_refused),
        cmocka_unit_test(test_model_with_zeros_behind_it_is_refused),
        cmocka_unit_test(test_header_of_gibibytes_is_refused),
        cmocka_unit_test(test_file_of_4_gib_more_than_its_model_is_refused),
        cmocka_unit_test(test_empty_file_is_refused),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
