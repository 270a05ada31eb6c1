/* SPDX-License-Identifier: MIT */
/* The model file from outside: its layout, read by other code than libglia's, and that nothing damaged is believed. */
#include "harness.h"
#include "model_bytes.h"
#include "scratch_folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef GLIA_REAL_IS_DOUBLE
#define TYPE_NAME "F64"
#else
#define TYPE_NAME "F32"
#endif

enum {
    MOST_TENSORS = 64
};

/* A small network with everything that a file can hold. */
static glia_net *full_net(void)
{
    const real inputs[] = {0.5, -1, 2, 0.25};
    const int32_t classes[] = {0, 1};
    glia_samples rows = harness_with_classes(inputs, classes, 2);
    glia_net *net = harness_net("input 2, standardize, dense 3 tanh, dropout 0.25, dense 2 softmax", 3);
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_set_optimizer(net, "adam learning_rate=0.01"));
    assert_ok(glia_net_set_metadata(net, "classes", "[\"a\",\"b\"]"));
    assert_ok(glia_net_train(net, &rows, NULL));
    return net;
}

/* With a note of 0 to 8 bytes, to move what follows it. */
static harness_file full_file_with_note(size_t length)
{
    glia_net *net = full_net();
    assert_ok(glia_net_set_metadata(net, "note", &"12345678"[8 - length]));
    harness_file file = harness_save(net);
    glia_net_destroy(net);
    return file;
}

static harness_file full_file(void)
{
    return full_file_with_note(0);
}

static void assert_tensor(harness_file file, const char *name, size_t rank, size_t rows, size_t columns)
{
    model_tensor tensor = model_tensor_named(file, name);
    assert_string_equal(tensor.type, TYPE_NAME);
    assert_int_equal(tensor.rank, rank);
    assert_int_equal(tensor.shape[0], rows);
    if (rank > 1)
        assert_int_equal(tensor.shape[1], columns);
    assert_int_equal(tensor.end - tensor.begin, rows * (rank > 1 ? columns : 1) * sizeof(real));
}

static void test_tensors_have_the_names_and_shapes_of_pytorch(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 3 tanh, dense 2 softmax", 1);
    harness_file file = harness_save(net);
    assert_tensor(file, "0.weight", 2, 3, 2);
    assert_tensor(file, "0.bias", 1, 3, 0);
    assert_tensor(file, "2.weight", 2, 2, 3);
    assert_tensor(file, "2.bias", 1, 2, 0);
    harness_free(&file);
    glia_net_destroy(net);
}

/* identity counts one with its dense layer; dropout, standardize and activations alone count one each. */
static void test_tensor_names_count_every_module(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, standardize, dense 5, dropout 0.5, dense 4 relu, dense 3, tanh, dense 2", 1);
    harness_file file = harness_save(net);
    assert_tensor(file, "1.weight", 2, 5, 2);
    assert_tensor(file, "3.weight", 2, 4, 5);
    assert_tensor(file, "5.weight", 2, 3, 4);
    assert_tensor(file, "7.weight", 2, 2, 3);
    assert_tensor(file, "7.bias", 1, 2, 0);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_weights_are_transposed_into_units_by_inputs(void **state)
{
    (void)state;
    glia_net *net = harness_net("input 2, dense 3", 1);
    const real *weight = glia_net_parameters(net, NULL);
    harness_file file = harness_save(net);
    model_tensor tensor = model_tensor_named(file, "0.weight");
    for (size_t unit = 0; unit < 3; unit++)
        for (size_t input = 0; input < 2; input++)
            assert_true(model_value(file, &tensor, unit * 2 + input) == weight[input * 3 + unit]);
    harness_free(&file);
    glia_net_destroy(net);
}

static int by_begin(const void *a, const void *b)
{
    const model_tensor *x = a, *y = b;
    return (x->begin > y->begin) - (x->begin < y->begin);
}

static void test_tensors_are_contiguous_and_nothing_follows(void **state)
{
    (void)state;
    model_tensor tensors[MOST_TENSORS];
    harness_file file = full_file();
    size_t count = model_tensors(file, tensors, MOST_TENSORS), end = 0;
    qsort(tensors, count, sizeof *tensors, by_begin);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(tensors[i].begin, end);
        end = tensors[i].end;
    }
    assert_int_equal(HEADER_BEGIN + model_header_size(file) + end, file.size);
    harness_free(&file);
}

static void test_other_tensors_begin_with_glia(void **state)
{
    (void)state;
    static const char *const plain[] = {"1.weight", "1.bias", "4.weight", "4.bias"};
    model_tensor tensors[MOST_TENSORS];
    harness_file file = full_file();
    size_t count = model_tensors(file, tensors, MOST_TENSORS), n_plain = 0;
    for (size_t i = 0; i < count; i++)
        n_plain += strncmp(tensors[i].name, "glia.", 5) != 0;
    assert_int_equal(n_plain, COUNT_OF(plain));
    assert_true(count > n_plain); /* the moments of adam and the standardize layer's numbers */
    for (size_t i = 0; i < COUNT_OF(plain); i++)
        (void)model_tensor_named(file, plain[i]);
    harness_free(&file);
}

static void visit_key(const char *key)
{
    if (strcmp(key, "classes") != 0 && strcmp(key, "note") != 0 && strncmp(key, "glia.", 5) != 0)
        fail_msg("metadata key %s", key);
}

static void test_other_metadata_begins_with_glia(void **state)
{
    (void)state;
    harness_file file = full_file();
    model_metadata_keys(file, visit_key);
    harness_free(&file);
}

static void test_header_is_padded_and_without_white_space(void **state)
{
    (void)state;
    for (size_t length = 1; length <= 8; length++) {
        harness_file file = full_file_with_note(length);
        assert_int_equal(model_header_size(file) % 8, 0);
        assert_int_equal(file.bytes[HEADER_BEGIN], '{');
        assert_int_equal(model_header_has_white_space(file), 0);
        assert_true(memcmp(file.bytes + HEADER_BEGIN + model_header_size(file) - 8, "        ", 8) != 0);
        harness_free(&file);
    }
}

/* As JSON wants it, whatever the metadata holds. */
static void test_header_has_no_bare_control_character(void **state)
{
    (void)state;
    char every[0x20];
    for (size_t i = 0; i + 1 < sizeof every; i++)
        every[i] = (char)(i + 1);
    every[sizeof every - 1] = '\0';
    glia_net *net = full_net();
    assert_ok(glia_net_set_metadata(net, every, every));
    harness_file file = harness_save(net);
    for (size_t i = 0; i < model_header_size(file); i++)
        assert_true(file.bytes[HEADER_BEGIN + i] >= 0x20);
    harness_free(&file);
    glia_net_destroy(net);
}

/* "123456789" has the checksum that the literature gives for CRC-32C. */
static void test_checksum_is_crc32c_of_the_file_with_zeros_for_it(void **state)
{
    (void)state;
    char digits[9] = {0}, expected[9];
    assert_int_equal(model_crc32c((const unsigned char *)"123456789", 9), 0xE3069283);
    harness_file file = full_file();
    memcpy(digits, model_checksum_digits(file), 8);
    memset(model_checksum_digits(file), '0', 8);
    snprintf(expected, sizeof expected, "%08x", (unsigned)model_crc32c(file.bytes, file.size));
    assert_string_equal(digits, expected);
    harness_free(&file);
}

static void assert_refused(harness_file file)
{
    glia_net *net = NULL;
    glia_status status = glia_net_load_memory(&net, file.bytes, file.size, NULL);
    assert_true(status == GLIA_ERR_FORMAT || status == GLIA_ERR_UNSUPPORTED);
    assert_null(net);
}

/* Each cut is a block of its own, so that AddressSanitizer sees a look past its end. */
static void test_file_cut_at_any_length_is_refused(void **state)
{
    (void)state;
    harness_file file = full_file();
    for (size_t size = 0; size < file.size; size++) {
        harness_file cut = {malloc(size + (size == 0)), size};
        assert_non_null(cut.bytes);
        memcpy(cut.bytes, file.bytes, size);
        assert_refused(cut);
        harness_free(&cut);
    }
    harness_free(&file);
}

static void test_file_with_any_bit_flipped_is_refused(void **state)
{
    (void)state;
    harness_file file = full_file();
    for (size_t i = 0; i < file.size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            file.bytes[i] ^= (unsigned char)(1 << bit);
            assert_refused(file);
            file.bytes[i] ^= (unsigned char)(1 << bit);
        }
    }
    glia_net *net = harness_load(file);
    glia_net_destroy(net);
    harness_free(&file);
}

static void test_damaged_file_on_disk_is_refused(void **state)
{
    (void)state;
    char path[SCRATCH_PATH_SIZE];
    harness_file file = full_file(), part = file;
    for (part.size = 0; part.size < file.size; part.size += 1 + file.size / 7) {
        glia_net *net = NULL;
        scratch_write(scratch_path(path, "cut.glia"), part);
        assert_status(glia_net_load(&net, path, NULL), GLIA_ERR_FORMAT);
        assert_message_has("cut.glia");
        assert_null(net);
    }
    harness_free(&file);
}

static void test_bytes_after_the_end_are_refused(void **state)
{
    (void)state;
    harness_file file = full_file();
    for (size_t more = 1; more <= 64; more *= 8) {
        harness_file longer = {calloc(file.size + more, 1), file.size + more};
        assert_non_null(longer.bytes);
        memcpy(longer.bytes, file.bytes, file.size);
        assert_refused(longer);
        model_seal(longer);
        assert_refused(longer);
        harness_free(&longer);
    }
    harness_free(&file);
}

/* A sealed file is believed, so what follows is refused for its own sake. */
static void test_sealed_file_is_accepted(void **state)
{
    (void)state;
    harness_file file = full_file();
    memset(model_checksum_digits(file), 'f', 8);
    assert_refused(file);
    model_seal(file);
    glia_net *net = harness_load(file);
    glia_net_destroy(net);
    harness_free(&file);
}

static void test_sealed_file_with_numbers_not_finite_is_refused(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    model_tensor tensors[MOST_TENSORS];
    harness_file file = full_file();
    size_t count = model_tensors(file, tensors, MOST_TENSORS);
    for (size_t i = 0; i < count; i++) {
        unsigned char *at = file.bytes + HEADER_BEGIN + model_header_size(file) + tensors[i].begin;
        real old = model_read_real(at);
        model_write_real(at, (real)bad[i % COUNT_OF(bad)]);
        model_seal(file);
        assert_refused(file);
        model_write_real(at, old);
    }
    harness_free(&file);
}

/* Move one byte of padding in front of the token at `at`. */
static void insert_space(harness_file file, size_t at)
{
    size_t end = HEADER_BEGIN + model_header_size(file);
    assert_int_equal(file.bytes[end - 1], ' ');
    memmove(file.bytes + at + 1, file.bytes + at, end - 1 - at);
    file.bytes[at] = ' ';
}

/* A full file with at least one byte of padding. */
static harness_file padded_file(void)
{
    for (size_t length = 0; length <= 8; length++) {
        harness_file file = full_file_with_note(length);
        if (file.bytes[HEADER_BEGIN + model_header_size(file) - 1] == ' ')
            return file;
        harness_free(&file);
    }
    fail_msg("no file has padding");
    return (harness_file){NULL, 0};
}

static void test_sealed_file_in_another_spelling_is_refused(void **state)
{
    (void)state;
    static const size_t places[] = {HEADER_BEGIN, HEADER_BEGIN + 1, HEADER_BEGIN + 3};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        harness_file file = padded_file();
        insert_space(file, places[i]);
        model_seal(file);
        assert_refused(file);
        harness_free(&file);
    }
}

/* Seal a file of which one byte was changed. If it is still believed, it is written back as it is. */
static void assert_refused_or_canonical(harness_file file)
{
    glia_net *net = NULL;
    model_seal(file);
    if (glia_net_load_memory(&net, file.bytes, file.size, NULL) == GLIA_OK)
        assert_saves(net, file);
    glia_net_destroy(net);
}

/* All of the header but the checksum, without which there is nothing to seal. */
static void test_sealed_file_is_refused_or_canonical(void **state)
{
    (void)state;
    static const size_t key_length = sizeof "\"glia.crc32c\":\"" - 1;
    harness_file file = full_file();
    size_t end = HEADER_BEGIN + model_header_size(file);
    size_t digits = (size_t)(model_checksum_digits(file) - file.bytes);
    for (size_t i = HEADER_BEGIN; i < end; i++) {
        if (i == digits - key_length)
            i = digits + 8;
        unsigned char old = file.bytes[i];
        file.bytes[i] = old == '0' ? '1' : '0';
        assert_refused_or_canonical(file);
        file.bytes[i] = old;
    }
    harness_free(&file);
}

static void test_what_is_no_model_file_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "x", "not a model file at all", "\x80\x02}q\x01."};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        unsigned char bytes[64];
        memcpy(bytes, texts[i], strlen(texts[i]));
        assert_refused((harness_file){bytes, strlen(texts[i])});
    }
    unsigned char header[HEADER_BEGIN + 2] = {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};
    assert_refused((harness_file){header, sizeof header});
    memset(header, 0xFF, HEADER_BEGIN);
    assert_refused((harness_file){header, sizeof header});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tensors_have_the_names_and_shapes_of_pytorch),
        cmocka_unit_test(test_tensor_names_count_every_module),
        cmocka_unit_test(test_weights_are_transposed_into_units_by_inputs),
        cmocka_unit_test(test_tensors_are_contiguous_and_nothing_follows),
        cmocka_unit_test(test_other_tensors_begin_with_glia),
        cmocka_unit_test(test_other_metadata_begins_with_glia),
        cmocka_unit_test(test_header_is_padded_and_without_white_space),
        cmocka_unit_test(test_header_has_no_bare_control_character),
        cmocka_unit_test(test_checksum_is_crc32c_of_the_file_with_zeros_for_it),
        cmocka_unit_test(test_file_cut_at_any_length_is_refused),
        cmocka_unit_test(test_file_with_any_bit_flipped_is_refused),
        cmocka_unit_test(test_damaged_file_on_disk_is_refused),
        cmocka_unit_test(test_bytes_after_the_end_are_refused),
        cmocka_unit_test(test_sealed_file_is_accepted),
        cmocka_unit_test(test_sealed_file_with_numbers_not_finite_is_refused),
        cmocka_unit_test(test_sealed_file_in_another_spelling_is_refused),
        cmocka_unit_test(test_sealed_file_is_refused_or_canonical),
        cmocka_unit_test(test_what_is_no_model_file_is_refused),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
