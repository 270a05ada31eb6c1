/* SPDX-License-Identifier: MIT */
/* Headers that are no JSON, or not the JSON that glia writes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/file_edit.h"

static void test_white_space_between_tokens_is_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"{\"__metadata__\"", " {\"__metadata__\""},
        {"{\"__metadata__\":{", "{ \"__metadata__\":{"},
        {"{\"__metadata__\":{", "{\"__metadata__\": {"},
        {"\"note\":\"plain\"", "\"note\": \"plain\""},
        {"\"note\":\"plain\"", "\"note\" :\"plain\""},
        {",\"note\"", ", \"note\""},
        {",\"note\"", ",\n\"note\""},
        {"\"plain\"}", "\"plain\" }"},
        {"\"shape\":[3,2]", "\"shape\":[3, 2]"},
        {"\"shape\":[3,2]", "\"shape\": [3,2]"},
        {"},\"0.bias\"", "}, \"0.bias\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

static void test_malformed_json_is_refused(void **state)
{
    (void)state;
    static const file_edit edits[] = {
        {"{\"__metadata__\"", "\"__metadata__\""},
        {"{\"__metadata__\":{", "{\"__metadata__\":["},
        {"{\"__metadata__\":{", "{\"__meta__\":{"},
        {"{\"__metadata__\":{", "{\"__metadata__\":{},\"more\":{"},
        {"{\"__metadata__\":{", "[{\"__metadata__\":{"},
        {"{\"__metadata__\":{", "{\"first\":1,\"__metadata__\":{"},
        {"\"plain\"}", "\"plain\""},
        {"\"plain\"}", "\"plain\",}"},
        {"\"plain\"}", "\"plain\"}}"},
        {"\"note\":\"plain\"", "\"note\":plain"},
        {"\"note\":\"plain\"", "\"note\":null"},
        {"\"note\":\"plain\"", "\"note\":7"},
        {"\"note\":\"plain\"", "\"note\":{\"a\":\"b\"}"},
        {"\"note\":\"plain\"", "\"note\":[\"plain\"]"},
        {"\"note\":\"plain\"", "\"note\""},
        {"\"note\":\"plain\"", "'note':'plain'"},
        {"\"note\":\"plain\"", "note:\"plain\""},
        {"\"note\":\"plain\"", "\"note\":\"plain"},
        {"\"note\":\"plain\"", "\"note\",\"plain\""},
        {",\"note\":\"plain\"", ",,\"note\":\"plain\""},
        {"\"shape\":[3,2]", "\"shape\":[3,2"},
        {"\"shape\":[3,2]", "\"shape\":[3,2]]"},
        {"\"shape\":[3,2]", "\"shape\":\"3,2\""},
    };
    file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
}

/* A reader that recurses would run out of stack. */
static void test_deeply_nested_json_is_refused(void **state)
{
    (void)state;
    enum {
        DEPTH = 1000000
    };
    static const char *const openings[] = {"[", "{\"a\":"};
    for (size_t i = 0; i < COUNT_OF(openings); i++) {
        size_t length = strlen(openings[i]);
        char *nested = malloc(DEPTH * length);
        assert_non_null(nested);
        for (size_t j = 0; j < DEPTH; j++)
            memcpy(nested + j * length, openings[i], length);
        harness_file good = file_edit_good_file("plain");
        harness_file in_metadata =
            file_edit_replace(good, file_edit_find(good, "\"plain\""), 0, nested, DEPTH * length);
        harness_file in_tensor = file_edit_replace(good, file_edit_find(good, "[3,2]"), 0, nested, DEPTH * length);
        file_edit_assert_refused(in_metadata, GLIA_ERR_FORMAT, "deep nesting in the metadata");
        file_edit_assert_refused(in_tensor, GLIA_ERR_FORMAT, "deep nesting in a tensor");
        harness_free(&good);
        harness_free(&in_metadata);
        harness_free(&in_tensor);
        free(nested);
    }
}

static void test_escapes_that_glia_does_not_write_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\\q",     "\\/",     "\\n",     "\\t",    "\\u0041", "\\u0020", "\\u007f",
        "\\u001F", "\\u0000", "\\U0001", "\\u00g", "\\u00 1", "\\u1",    "\\ud83d\\ude00",
        "\\u00e4", "\\u010a", "\\",      "\\u00",  "\\x01",   "\x01",    "\x1f",
        "\n",      "\t",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char as_value[64], as_key[64];
        snprintf(as_value, sizeof as_value, "\"note\":\"a%sb\"", texts[i]);
        snprintf(as_key, sizeof as_key, "\"note%s\":\"plain\"", texts[i]);
        const file_edit edits[] = {{"\"note\":\"plain\"", as_value}, {"\"note\":\"plain\"", as_key}};
        file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
    }
}

static void test_text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\x80", "\xff", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char as_value[64], as_key[64];
        snprintf(as_value, sizeof as_value, "\"note\":\"%s\"", texts[i]);
        snprintf(as_key, sizeof as_key, "\"note%s\":\"plain\"", texts[i]);
        const file_edit edits[] = {{"\"note\":\"plain\"", as_value},
                                   {"\"note\":\"plain\"", as_key},
                                   {"dense 3 tanh", texts[i]},
                                   {"cross_entropy", texts[i]}};
        file_edit_assert_all_refused(edits, COUNT_OF(edits), GLIA_ERR_FORMAT);
    }
}

static void test_nul_bytes_in_texts_are_refused(void **state)
{
    (void)state;
    static const char *const places[] = {"plain", "note", "dense 3", "cross_entropy", "adam", "classes"};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        for (size_t at = 0; at <= strlen(places[i]); at++) {
            harness_file good = file_edit_good_file("plain"),
                         bad = file_edit_replace(good, file_edit_find(good, places[i]) + at, 0, "", 1);
            file_edit_assert_refused(bad, GLIA_ERR_FORMAT, "a byte of 0 in a text");
            harness_free(&good);
            harness_free(&bad);
        }
    }
}

/* Longer than any loss or optimizer in canonical form. */
static void test_very_long_texts_are_refused(void **state)
{
    (void)state;
    static const char *const places[] = {"cross_entropy l1", "adam learning", "input 2", "\"0.weight\"", "\"1\""};
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        char text[3000];
        harness_file good = file_edit_good_file("plain");
        memset(text, 'x', sizeof text);
        harness_file bad = file_edit_replace(good, file_edit_find(good, places[i]) + 1, 0, text, sizeof text);
        file_edit_assert_refused(bad, GLIA_ERR_FORMAT, "a very long text");
        harness_free(&good);
        harness_free(&bad);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_white_space_between_tokens_is_refused),
        cmocka_unit_test(test_malformed_json_is_refused),
        cmocka_unit_test(test_deeply_nested_json_is_refused),
        cmocka_unit_test(test_escapes_that_glia_does_not_write_are_refused),
        cmocka_unit_test(test_text_that_is_not_utf8_is_refused),
        cmocka_unit_test(test_nul_bytes_in_texts_are_refused),
        cmocka_unit_test(test_very_long_texts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
