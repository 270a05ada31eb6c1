/* SPDX-License-Identifier: MIT */
/* Texts kept with a network: set, listed, removed, saved with it. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static glia_net *new_net(void)
{
    return harness_net("input 2, dense 1", 1);
}

static void assert_text(const glia_net *net, const char *key, const char *expected)
{
    const char *text = glia_net_metadata(net, key);
    assert_non_null(text);
    assert_string_equal(text, expected);
}

static void test_key_not_set_is_null(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_null(glia_net_metadata(net, "classes"));
    assert_null(glia_net_metadata(net, ""));
    assert_null(glia_net_metadata(net, NULL));
    assert_null(glia_net_metadata_key(net, 0));
    glia_net_destroy(net);
}

static void test_key_and_value_are_copied(void **state)
{
    (void)state;
    char key[] = "classes", value[] = "[\"cat\",\"dog\"]";
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, key, value));
    memset(value, 'x', sizeof value - 1);
    memset(key, 'x', sizeof key - 1);
    assert_text(net, "classes", "[\"cat\",\"dog\"]");
    assert_string_equal(glia_net_metadata_key(net, 0), "classes");
    glia_net_destroy(net);
}

static void test_value_is_replaced(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "note", "first"));
    assert_ok(glia_net_set_metadata(net, "note", "the second, which is longer"));
    assert_text(net, "note", "the second, which is longer");
    assert_ok(glia_net_set_metadata(net, "note", glia_net_metadata(net, "note")));
    assert_text(net, "note", "the second, which is longer");
    assert_null(glia_net_metadata_key(net, 1));
    glia_net_destroy(net);
}

static void test_null_removes_the_key(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "a", "1"));
    assert_ok(glia_net_set_metadata(net, "b", "2"));
    assert_ok(glia_net_set_metadata(net, "a", NULL));
    assert_ok(glia_net_set_metadata(net, "never set", NULL));
    assert_null(glia_net_metadata(net, "a"));
    assert_text(net, "b", "2");
    assert_string_equal(glia_net_metadata_key(net, 0), "b");
    assert_null(glia_net_metadata_key(net, 1));
    glia_net_destroy(net);
}

static void test_lent_text_stays_while_other_keys_are_set(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "middle", "lent"));
    const char *lent = glia_net_metadata(net, "middle");
    for (char key[] = "a"; key[0] <= 'z'; key[0]++)
        assert_ok(glia_net_set_metadata(net, key, "other"));
    assert_ok(glia_net_set_metadata(net, "a", NULL));
    assert_string_equal(lent, "lent");
    assert_ptr_equal(glia_net_metadata(net, "middle"), lent);
    glia_net_destroy(net);
}

static void test_lent_key_stays_while_values_and_other_keys_are_set(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "middle", "value"));
    const char *lent = glia_net_metadata_key(net, 0);
    for (char key[] = "a"; key[0] <= 'z'; key[0]++)
        assert_ok(glia_net_set_metadata(net, key, "other"));
    assert_ok(glia_net_set_metadata(net, "a", NULL));
    assert_ok(glia_net_set_metadata(net, "middle", "another value"));
    assert_string_equal(lent, "middle");
    assert_ptr_equal(glia_net_metadata_key(net, 'n' - 'b'), lent);
    assert_ok(glia_net_set_metadata(net, lent, NULL));
    assert_null(glia_net_metadata(net, "middle"));
    glia_net_destroy(net);
}

static void test_keys_are_listed_in_order_of_bytes(void **state)
{
    (void)state;
    static const char *const sorted[] = {"A", "Z", "a", "aa", "b", "\xc3\xa4", "\xf0\x9f\xa7\xa0"};
    static const size_t order[] = {4, 6, 0, 3, 5, 1, 2};
    glia_net *net = new_net();
    for (size_t i = 0; i < COUNT_OF(sorted); i++)
        assert_ok(glia_net_set_metadata(net, sorted[order[i]], "x"));
    for (size_t i = 0; i < COUNT_OF(sorted); i++)
        assert_string_equal(glia_net_metadata_key(net, i), sorted[i]);
    assert_null(glia_net_metadata_key(net, COUNT_OF(sorted)));
    assert_null(glia_net_metadata_key(net, SIZE_MAX));
    glia_net_destroy(net);
}

/* Saved bytes do not depend on the order in which keys were set. */
static void test_order_of_setting_does_not_show(void **state)
{
    (void)state;
    glia_net *net = new_net();
    glia_net *other = new_net();
    assert_ok(glia_net_set_metadata(net, "a", "1"));
    assert_ok(glia_net_set_metadata(net, "b", "2"));
    assert_ok(glia_net_set_metadata(other, "b", "2"));
    assert_ok(glia_net_set_metadata(other, "c", "3"));
    assert_ok(glia_net_set_metadata(other, "a", "1"));
    assert_ok(glia_net_set_metadata(other, "c", NULL));
    assert_same_net(net, other);
    glia_net_destroy(other);
    glia_net_destroy(net);
}

/* As key and as value: every control character, quotes, and UTF-8 of every length up to its last character. */
static const char *const texts[] = {
    "plain",
    "\x01\x02\x03\x04\x05\x06\x07\b\t\n\x0b\f\r\x0e\x0f",
    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f",
    "\"quotes\" \\ / {braces} [brackets], : 'and' \\u0041 \\n",
    "\xc2\x80 \xdf\xbf \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xef\xbf\xbf \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf",
    "__metadata__",
    "0.weight",
    "glia",
    "gliaX",
    "GLIA.",
    " ",
};

static void set_all_texts(glia_net *net)
{
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_ok(glia_net_set_metadata(net, texts[i], texts[COUNT_OF(texts) - 1 - i]));
    assert_ok(glia_net_set_metadata(net, "empty", ""));
}

static void assert_all_texts(const glia_net *net)
{
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_text(net, texts[i], texts[COUNT_OF(texts) - 1 - i]);
    assert_text(net, "empty", "");
    assert_non_null(glia_net_metadata_key(net, COUNT_OF(texts)));
    assert_null(glia_net_metadata_key(net, COUNT_OF(texts) + 1));
}

static void test_every_character_is_saved_and_loaded(void **state)
{
    (void)state;
    glia_net *net = new_net();
    set_all_texts(net);
    assert_all_texts(net);
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    assert_all_texts(loaded);
    assert_saves(loaded, file);
    glia_net_destroy(loaded);
    harness_free(&file);
    glia_net_destroy(net);
}

static void test_every_character_is_copied(void **state)
{
    (void)state;
    glia_net *net = new_net();
    set_all_texts(net);
    glia_net *copy = harness_copy(net);
    glia_net_destroy(net);
    assert_all_texts(copy);
    glia_net_destroy(copy);
}

static void test_long_value_is_saved_and_loaded(void **state)
{
    (void)state;
    enum {
        LENGTH = 200000
    };
    char *value = malloc(LENGTH + 1);
    assert_non_null(value);
    memset(value, '"', LENGTH);
    value[LENGTH] = '\0';
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "long", value));
    harness_file file = harness_save(net);
    glia_net *loaded = harness_load(file);
    assert_text(loaded, "long", value);
    glia_net_destroy(loaded);
    harness_free(&file);
    glia_net_destroy(net);
    free(value);
}

static void test_keys_of_libglia_are_refused(void **state)
{
    (void)state;
    glia_net *net = new_net();
    assert_status(glia_net_set_metadata(net, "glia.", "x"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_metadata(net, "glia.crc32c", "00000000"), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_metadata(net, "glia.mine", NULL), GLIA_ERR_ARGUMENT);
    assert_status(glia_net_set_metadata(net, "", "x"), GLIA_ERR_ARGUMENT);
    assert_null(glia_net_metadata_key(net, 0));
    glia_net_destroy(net);
}

/* A message is UTF-8, and so good for a value, wherever it cuts the key. */
static void test_message_about_a_key_is_utf8(void **state)
{
    (void)state;
    glia_net *net = new_net();
    for (size_t shift = 0; shift < 4; shift++) {
        char key[256] = "glia.xxx", message[512];
        for (size_t i = strlen("glia.") + shift; i + 4 < sizeof key; i += 4)
            memcpy(key + i, "\xf0\x9f\xa7\xa0", 5);
        assert_status(glia_net_set_metadata(net, key, "x"), GLIA_ERR_ARGUMENT);
        snprintf(message, sizeof message, "%s", glia_error_message());
        assert_ok(glia_net_set_metadata(net, "message", message));
    }
    glia_net_destroy(net);
}

/* A lone continuation, cut characters, overlong forms, a surrogate, a number past the last character, bytes that never
 * occur. */
static void test_what_is_not_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",         "a\xc3",        "\xe2\x82",         "\xf0\x9f\xa7", "\xc0\xaf",
                                      "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xfe",         "\xff"};
    glia_net *net = new_net();
    assert_ok(glia_net_set_metadata(net, "key", "value"));
    harness_file before = harness_save(net);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_status(glia_net_set_metadata(net, "key", bad[i]), GLIA_ERR_ARGUMENT);
        assert_status(glia_net_set_metadata(net, bad[i], "value"), GLIA_ERR_ARGUMENT);
    }
    assert_saves(net, before);
    harness_free(&before);
    glia_net_destroy(net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_key_not_set_is_null),
        cmocka_unit_test(test_key_and_value_are_copied),
        cmocka_unit_test(test_value_is_replaced),
        cmocka_unit_test(test_null_removes_the_key),
        cmocka_unit_test(test_lent_text_stays_while_other_keys_are_set),
        cmocka_unit_test(test_lent_key_stays_while_values_and_other_keys_are_set),
        cmocka_unit_test(test_keys_are_listed_in_order_of_bytes),
        cmocka_unit_test(test_order_of_setting_does_not_show),
        cmocka_unit_test(test_every_character_is_saved_and_loaded),
        cmocka_unit_test(test_every_character_is_copied),
        cmocka_unit_test(test_long_value_is_saved_and_loaded),
        cmocka_unit_test(test_keys_of_libglia_are_refused),
        cmocka_unit_test(test_message_about_a_key_is_utf8),
        cmocka_unit_test(test_what_is_not_utf8_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
