/* SPDX-License-Identifier: MIT */
/* UTF-8 as the Unicode standard has it in table 3-7. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include "api/harness.h"

/* The first and last character of every row of the table. */
static void test_every_row_of_the_table_is_valid(void **state)
{
    (void)state;
    static const char *const valid[] = {
        "",
        "\x01",
        "plain text\x7f",
        "\xc2\x80",
        "\xdf\xbf",
        "\xe0\xa0\x80",
        "\xe0\xbf\xbf",
        "\xe1\x80\x80",
        "\xec\xbf\xbf",
        "\xed\x80\x80",
        "\xed\x9f\xbf",
        "\xee\x80\x80",
        "\xef\xbf\xbf",
        "\xf0\x90\x80\x80",
        "\xf0\xbf\xbf\xbf",
        "\xf1\x80\x80\x80",
        "\xf3\xbf\xbf\xbf",
        "\xf4\x80\x80\x80",
        "\xf4\x8f\xbf\xbf",
        "a\xc3\xa4\xe2\x82\xac\xf0\x9f\xa7\xa0z",
    };
    for (size_t i = 0; i < COUNT_OF(valid); i++)
        if (!glia__utf8_is_valid(valid[i]))
            fail_msg("text %zu is refused", i);
}

static void test_what_is_outside_the_table_is_invalid(void **state)
{
    (void)state;
    static const char *const invalid[] = {
        "\x80", /* continuations without a beginning */
        "\xbf",
        "a\x80",
        "\xc3\xa4\x80",
        "\xc0\x80", /* longer than need be */
        "\xc0\xaf",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80", /* surrogates */
        "\xed\xbf\xbf",
        "\xed\xa0\xbd\xed\xb2\xa9",
        "\xf4\x90\x80\x80", /* above the last character */
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xfc\x84\x80\x80\x80\x80",
        "\xfe", /* bytes that never occur */
        "\xff",
        "\xc3\x41", /* another byte where a continuation should be */
        "\xe2\x41\xac",
        "\xe2\x82\x41",
        "\xf0\x41\xa7\xa0",
        "\xf0\x9f\x41\xa0",
        "\xf0\x9f\xa7\x41",
        "\xe2\x82\xc3",
    };
    for (size_t i = 0; i < COUNT_OF(invalid); i++)
        if (glia__utf8_is_valid(invalid[i]))
            fail_msg("text %zu is accepted", i);
}

/* In a block of its own, so that AddressSanitizer sees a look behind the closing 0. */
static void test_cut_characters_are_invalid(void **state)
{
    (void)state;
    static const char *const whole[] = {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\xa7\xa0"};
    for (size_t i = 0; i < COUNT_OF(whole); i++) {
        for (size_t length = 1; length < strlen(whole[i]); length++) {
            char *cut = calloc(length + 1, 1);
            assert_non_null(cut);
            memcpy(cut, whole[i], length);
            assert_false(glia__utf8_is_valid(cut));
            free(cut);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_of_the_table_is_valid),
        cmocka_unit_test(test_what_is_outside_the_table_is_invalid),
        cmocka_unit_test(test_cut_characters_are_invalid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
