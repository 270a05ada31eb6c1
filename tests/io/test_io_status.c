/* SPDX-License-Identifier: MIT */
/* Messages: what they repeat of a caller's words is cut where it is long and is UTF-8; and what is UTF-8. */
#include "io_harness.h"

#include <stdio.h>
#include <string.h>

#include "io/io_status.h"
#include "io/utf8_text.h"

static void test_quote_repeats_short_words(void **state)
{
    (void)state;
    assert_string_equal(glia__quote("heder").text, "'heder'");
    assert_string_equal(glia__quote("").text, "''");
    assert_string_equal(glia__quote_bytes("moons rows=2", 5).text, "'moons'");
}

static void test_quote_cuts_long_words_between_characters(void **state)
{
    (void)state;
    char text[400] = "";
    for (size_t shift = 0; shift < 3; shift++) {
        memset(text, 'a', shift);
        for (size_t i = 0; i < 100; i++)
            memcpy(text + shift + 3 * i, "\xE2\x82\xAC", 4);
        glia__quoted quoted = glia__quote(text);
        assert_true(glia__is_utf8(quoted.text));
        assert_true(strlen(quoted.text) > 50);
        assert_string_equal(quoted.text + strlen(quoted.text) - 4, "...'");
    }
}

static void test_quote_replaces_what_is_not_utf8(void **state)
{
    (void)state;
    assert_string_equal(glia__quote("gr\xFC\xDF").text, "'gr?"
                                                        "?'");
}

static void test_path_keeps_its_end(void **state)
{
    (void)state;
    char path[1000];
    memset(path, 'd', sizeof path);
    memcpy(path + sizeof path - 10, "/file.csv", 10);
    glia__short_path shortened = glia__shorten_path(path);
    assert_int_equal(strncmp(shortened.text, "...ddd", 6), 0);
    assert_string_equal(shortened.text + strlen(shortened.text) - 9, "/file.csv");
    assert_string_equal(glia__shorten_path("file.csv").text, "file.csv");
}

static void test_path_is_cut_between_characters(void **state)
{
    (void)state;
    static const char *const ends[] = {"", "a", "ab"};
    for (size_t end = 0; end < COUNT_OF(ends); end++) {
        char path[1000];
        for (size_t i = 0; i < 300; i++)
            memcpy(path + 3 * i, "\xE2\x82\xAC", 4);
        memcpy(path + 900, ends[end], strlen(ends[end]) + 1);
        assert_true(glia__is_utf8(glia__shorten_path(path).text));
    }
}

static void test_message_about_a_long_path_still_says_what_is_wrong(void **state)
{
    (void)state;
    char path[5000];
    memset(path, 'd', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_status(glia__io_fail_at(path, (glia__place){3, 4}, "%s is wrong", "this"), GLIA_ERR_FORMAT);
    assert_message_has("ddd:3:4: this is wrong");
}

static void test_list_ends_with_dots_where_it_is_long(void **state)
{
    (void)state;
    glia__list list = {0};
    glia__list_add(&list, "first");
    assert_string_equal(list.text, "first");
    for (int i = 0; i < 200; i++)
        glia__list_add(&list, "another");
    assert_int_equal(strncmp(list.text, "first, another, another", 23), 0);
    assert_string_equal(list.text + strlen(list.text) - 12, "another, ...");
    glia__list wide = {0};
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    glia__list_add(&wide, name);
    assert_string_equal(wide.text, "...");
}

static void test_utf8_is_told_from_what_is_not(void **state)
{
    (void)state;
    static const char *const good[] = {"",
                                       "abc",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC2",
                                      "\xC2x",
                                      "\xE0\x9F\xBF",
                                      "\xE2\x82",
                                      "\xED\xA0\x80",
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF0\x90\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "a\xE2\x82z"};
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(glia__is_utf8(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(glia__is_utf8(bad[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quote_repeats_short_words),
        cmocka_unit_test(test_quote_cuts_long_words_between_characters),
        cmocka_unit_test(test_quote_replaces_what_is_not_utf8),
        cmocka_unit_test(test_path_keeps_its_end),
        cmocka_unit_test(test_path_is_cut_between_characters),
        cmocka_unit_test(test_message_about_a_long_path_still_says_what_is_wrong),
        cmocka_unit_test(test_list_ends_with_dots_where_it_is_long),
        cmocka_unit_test(test_utf8_is_told_from_what_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
