/* SPDX-License-Identifier: MIT */
/* Model files whose lengths, checksum or widths do not go with what is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/aligned_memory.h"
#include "api/counted_memory.h"
#include "model/file_edit.h"
#include "model/model.h"

static void seal_at(harness_file file, size_t digits)
{
    char text[9];
    memset(file.bytes + digits, '0', 8);
    snprintf(text, sizeof text, "%08x", (unsigned)model_crc32c(file.bytes, file.size));
    memcpy(file.bytes + digits, text, 8);
}

static size_t digits_of(harness_file file)
{
    return (size_t)(model_checksum_digits(file) - file.bytes);
}

static void test_header_of_another_length_is_refused(void **state)
{
    (void)state;
    harness_file file = file_edit_good_file("plain");
    const size_t size = model_header_size(file), rest = file.size - HEADER_BEGIN, digits = digits_of(file);
    const uint64_t sizes[] = {
        0,        1,    8,        digits - HEADER_BEGIN + 4, size - 8,   size - 1,       size + 1,
        size + 8, rest, rest + 1, rest + HEADER_BEGIN,       UINT32_MAX, UINT64_MAX - 7, UINT64_MAX};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        char what[64];
        snprintf(what, sizeof what, "a header length of %llu", (unsigned long long)sizes[i]);
        file_edit_write_header_size(file, sizes[i]);
        seal_at(file, digits);
        file_edit_assert_refused(file, GLIA_ERR_FORMAT, what);
    }
    harness_free(&file);
}

/* The JSON with so much padding of another kind. */
static harness_file repad(harness_file file, char padding, size_t multiple, size_t more)
{
    size_t end = HEADER_BEGIN + model_header_size(file), json_end = end;
    while (file.bytes[json_end - 1] == ' ')
        json_end--;
    size_t size = (json_end - HEADER_BEGIN + multiple - 1) / multiple * multiple + more;
    harness_file made = {.size = HEADER_BEGIN + size + (file.size - end)};
    made.bytes = malloc(made.size);
    assert_non_null(made.bytes);
    memset(made.bytes, padding, made.size);
    memcpy(made.bytes, file.bytes, json_end);
    memcpy(made.bytes + HEADER_BEGIN + size, file.bytes + end, file.size - end);
    file_edit_write_header_size(made, size);
    model_seal(made);
    return made;
}

/* Whatever the length of the JSON, of which the note decides. */
static void test_other_padding_is_refused(void **state)
{
    (void)state;
    static const struct {
        char padding;
        size_t multiple, more;
    } cases[] = {{' ', 8, 8}, {' ', 16, 0}, {' ', 1, 0}, {'\0', 8, 0}, {'\n', 8, 0}, {'\t', 8, 0}, {'}', 8, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t n_refused = 0;
        for (const char *note = "1234567890123456"; *note != '\0'; note++) {
            harness_file good = file_edit_good_file(note),
                         other = repad(good, cases[i].padding, cases[i].multiple, cases[i].more);
            if (other.size != good.size || memcmp(other.bytes, good.bytes, good.size) != 0) {
                file_edit_assert_refused(other, GLIA_ERR_FORMAT, "other padding");
                n_refused++;
            }
            harness_free(&good);
            harness_free(&other);
        }
        assert_true(n_refused > 0);
    }
}

static void test_data_of_another_length_is_refused(void **state)
{
    (void)state;
    harness_file good = file_edit_good_file("plain");
    for (size_t less = 1; less <= 2 * sizeof(real); less++) {
        harness_file cut = {good.bytes, good.size - less};
        model_seal(cut);
        file_edit_assert_refused(cut, GLIA_ERR_FORMAT, "data cut short");
    }
    for (size_t more = 1; more <= 2 * sizeof(real); more++) {
        harness_file longer = {calloc(good.size + more, 1), good.size + more};
        assert_non_null(longer.bytes);
        memcpy(longer.bytes, good.bytes, good.size);
        model_seal(longer);
        file_edit_assert_refused(longer, GLIA_ERR_FORMAT, "bytes after the data");
        harness_free(&longer);
    }
    harness_free(&good);
}

static void test_checksum_in_upper_case_is_refused(void **state)
{
    (void)state;
    size_t n_refused = 0;
    for (char note[] = "a"; note[0] <= 'h'; note[0]++) {
        harness_file file = file_edit_good_file(note);
        unsigned char *digits = model_checksum_digits(file), old[8];
        memcpy(old, digits, 8);
        for (size_t i = 0; i < 8; i++)
            if (digits[i] >= 'a')
                digits[i] = (unsigned char)(digits[i] - 'a' + 'A');
        if (memcmp(old, digits, 8) != 0) {
            file_edit_assert_refused(file, GLIA_ERR_FORMAT, "a checksum in upper case");
            n_refused++;
        }
        harness_free(&file);
    }
    assert_true(n_refused > 0); /* only one number in 43 has no letter among its digits */
}

static void test_wrong_checksum_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"00000000", "ffffffff", "0x123456", "-1234567", "        ", "1234567g"};
    harness_file file = file_edit_good_file("plain");
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        memcpy(model_checksum_digits(file), wrong[i], 8);
        file_edit_assert_refused(file, GLIA_ERR_FORMAT, wrong[i]);
    }
    model_seal(file);
    unsigned char *last = model_checksum_digits(file) + 7;
    *last = *last == '0' ? '1' : '0';
    file_edit_assert_refused(file, GLIA_ERR_FORMAT, "one wrong digit");
    assert_message_has("checksum");
    harness_free(&file);
}

static void test_checksum_of_another_length_is_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {CHECKSUM_KEY, CHECKSUM_KEY "0"},
        {CHECKSUM_KEY, CHECKSUM_KEY "\\u0030"},
        {CHECKSUM_KEY, "\"glia.crc32c\":\"\",\"glia.crc32\":\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

/* Widths beyond memory */

#define LITTLE ((size_t)1 << 20)

/* Memory for little things, and a note of the largest that was asked for. */
static void *allocate_little(void *user, size_t size, size_t alignment)
{
    size_t *largest = user;
    *largest = size > *largest ? size : *largest;
    return size > LITTLE ? NULL : aligned_memory_take(size, alignment);
}

static void release_little(void *user, void *block, size_t size)
{
    (void)user;
    (void)size;
    aligned_memory_give(block);
}

/* A file that says consistently that its network is so large, and has a few bytes of its data. */
static harness_file file_of_large_network(const char *architecture, uint64_t steps)
{
    glia__network network;
    glia__network_setup setup = {.allocator = glia__default_allocator};
    glia__trainer trainer;
    glia__metadata metadata = {0};
    assert_ok(glia__kernels_select(&setup.kernels, NULL));
    assert_ok(glia__network_plan(&network, architecture, &setup));
    glia__trainer_begin(&trainer, &network);
    trainer.step_count = steps;

    const glia__model model = {.network = &network, .trainer = &trainer, .metadata = &metadata};
    glia__sink counted = glia__counting_sink();
    glia__model_encode_header(&model, glia__number_format_of_real(), 0, &counted);
    harness_file file = {.size = (size_t)counted.size + 64};
    file.bytes = calloc(file.size, 1);
    assert_non_null(file.bytes);
    glia__memory_sink sink = glia__memory_sink_begin(file.bytes);
    glia__model_encode_header(&model, glia__number_format_of_real(), 0, &sink.base);
    model_seal(file);
    glia__network_release(&network);
    return file;
}

/* A size_t can just count its bytes; with those of its moments it cannot. */
#if SIZE_MAX > UINT32_MAX
#define JUST_COUNTABLE "input 1500000000, dense 1500000000 bias=no"
#elif defined GLIA_REAL_IS_DOUBLE
#define JUST_COUNTABLE "input 23000, dense 23000 bias=no"
#else
#define JUST_COUNTABLE "input 32700, dense 32700 bias=no"
#endif

static void test_widths_beyond_the_file_are_refused_before_memory_is_taken(void **state)
{
    (void)state;
    static const struct {
        const char *architecture;
        uint64_t steps;
    } cases[] = {
        {"input 20000, dense 10000", 0},
        {"input 20000, dense 10000", 1},
        {"input 1, dense 15000, dense 15000 tanh, dense 15000 relu", 0},
        {"input 20000, standardize, dropout 0.5, dense 20000 softmax", 1},
        {JUST_COUNTABLE, 0},
        {JUST_COUNTABLE, 1},
#if SIZE_MAX > UINT32_MAX
        {"input 1, dense 60000, dense 60000 tanh, dense 60000 relu", 0},
        {"input 30000, standardize, dropout 0.5, dense 30000 softmax", 1},
        {"input 1000000, dense 1000000", 0},
#endif
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t largest = 0;
        glia_options options = {
            .struct_size = sizeof options, .user = &largest, .allocate = allocate_little, .release = release_little};
        glia_net *net = NULL;
        harness_file file = file_of_large_network(cases[i].architecture, cases[i].steps);
        assert_status(glia_net_load_memory(&net, file.bytes, file.size, &options), GLIA_ERR_FORMAT);
        assert_message_has("shorter than its tensors");
        assert_true(largest <= LITTLE);
        harness_free(&file);
    }
}

/* Each comma could have been a layer, and a layer takes a hundred times the memory. */
static void test_architecture_of_nothing_but_commas_takes_little_memory(void **state)
{
    (void)state;
    enum {
        COMMAS = 1000000
    };
    size_t largest = 0;
    glia_options options = {
        .struct_size = sizeof options, .user = &largest, .allocate = allocate_little, .release = release_little};
    glia_net *net = NULL;
    char *commas = malloc(COMMAS);
    assert_non_null(commas);
    memset(commas, ',', COMMAS);
    harness_file good = file_edit_good_file("plain"),
                 bad = file_edit_replace(good, file_edit_find(good, "input 2") + strlen("input 2"), 0, commas, COMMAS);
    assert_status(glia_net_load_memory(&net, bad.bytes, bad.size, &options), GLIA_ERR_FORMAT);
    assert_true(largest <= LITTLE);
    harness_free(&good);
    harness_free(&bad);
    free(commas);
}

/* Load and save, and count the allocations. */
static size_t allocations_to_load(const glia_net *net)
{
    counted_memory memory = {0};
    glia_options options = counted_memory_options(&memory);
    harness_file file = harness_save(net);
    glia_net *loaded = NULL;
    assert_ok(glia_net_load_memory(&loaded, file.bytes, file.size, &options));
    assert_saves(loaded, file);
    harness_free(&file);
    glia_net_destroy(loaded);
    assert_int_equal(memory.blocks, 0);
    return memory.calls;
}

static glia_net *deep_net(size_t n_layers)
{
    static const char layer[] = ", dense 1";
    size_t length = strlen("input 1");
    char *text = malloc(length + n_layers * strlen(layer) + 1);
    assert_non_null(text);
    strcpy(text, "input 1");
    for (size_t i = 0; i < n_layers; i++, length += strlen(layer))
        memcpy(text + length, layer, sizeof layer);
    glia_net *net = harness_net(text, 1);
    free(text);
    return net;
}

static glia_net *net_of_many_keys(size_t n_keys)
{
    glia_net *net = harness_net("input 1, dense 1", 1);
    for (size_t i = 0; i < n_keys; i++) {
        char key[32];
        snprintf(key, sizeof key, "key %06zu", i);
        assert_ok(glia_net_set_metadata(net, key, "value"));
    }
    return net;
}

/* Twice as many of something take at most about twice the allocations. */
static void assert_allocations_grow_linearly(glia_net *make(size_t count), size_t count)
{
    glia_net *half = make(count / 2), *whole = make(count);
    size_t of_half = allocations_to_load(half), of_whole = allocations_to_load(whole);
    assert_true(of_whole <= 2 * of_half + 16);
    glia_net_destroy(half);
    glia_net_destroy(whole);
}

static void test_thousands_of_layers_are_loaded_and_saved(void **state)
{
    (void)state;
    assert_allocations_grow_linearly(deep_net, 3000);
}

static void test_thousands_of_keys_are_loaded_and_saved(void **state)
{
    (void)state;
    assert_allocations_grow_linearly(net_of_many_keys, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_of_another_length_is_refused),
        cmocka_unit_test(test_other_padding_is_refused),
        cmocka_unit_test(test_data_of_another_length_is_refused),
        cmocka_unit_test(test_checksum_in_upper_case_is_refused),
        cmocka_unit_test(test_wrong_checksum_is_refused),
        cmocka_unit_test(test_checksum_of_another_length_is_refused),
        cmocka_unit_test(test_widths_beyond_the_file_are_refused_before_memory_is_taken),
        cmocka_unit_test(test_architecture_of_nothing_but_commas_takes_little_memory),
        cmocka_unit_test(test_thousands_of_layers_are_loaded_and_saved),
        cmocka_unit_test(test_thousands_of_keys_are_loaded_and_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
