/* SPDX-License-Identifier: MIT */
/* Failing with a message. */
#include "base/status.h"
#include "base/utf8.h"

#include <pthread.h>
#include <string.h>

#include "api/harness.h"

#define MESSAGE_MAX 511

static void test_fail_answers_its_status_and_keeps_the_message(void **state)
{
    (void)state;
    assert_int_equal(glia__fail(GLIA_ERR_SHAPE, "%s has %zu rows", "batch", (size_t)7), GLIA_ERR_SHAPE);
    assert_string_equal(glia_error_message(), "batch has 7 rows");
}

static void test_message_may_quote_the_one_before(void **state)
{
    (void)state;
    glia__fail(GLIA_ERR_TEXT, "column 7");
    glia__fail(GLIA_ERR_FORMAT, "model: %s", glia_error_message());
    assert_string_equal(glia_error_message(), "model: column 7");
}

static void test_message_is_cut_at_511_bytes(void **state)
{
    (void)state;
    char text[2 * MESSAGE_MAX];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    glia__fail(GLIA_ERR_TEXT, "%s", text);
    assert_int_equal(strlen(glia_error_message()), MESSAGE_MAX);
    text[MESSAGE_MAX] = '\0';
    assert_string_equal(glia_error_message(), text);
}

/* Characters of 2, 3 and 4 bytes, with 0 to 5 of their bytes and the x behind within the limit. */
static void test_message_cut_in_a_character_is_still_utf8(void **state)
{
    (void)state;
    static const char *const characters[] = {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\xa7\xa0"};
    for (size_t i = 0; i < COUNT_OF(characters); i++) {
        size_t size = strlen(characters[i]);
        for (size_t room = 0; room <= size + 1; room++) {
            char text[MESSAGE_MAX + 8];
            size_t begin = MESSAGE_MAX - room;
            memset(text, 'x', sizeof text);
            memcpy(text + begin, characters[i], size);
            text[begin + size + 1] = '\0';
            glia__fail(GLIA_ERR_TEXT, "%s", text);
            assert_true(glia__utf8_is_valid(glia_error_message()));
            assert_int_equal(strlen(glia_error_message()), room <= size ? MESSAGE_MAX : begin + size + 1);
            assert_memory_equal(glia_error_message(), text, begin);
        }
    }
}

static void test_control_characters_become_spaces(void **state)
{
    (void)state;
    glia__fail(GLIA_ERR_TEXT, "a\nb\tc\x01"
                              "d\x7f"
                              "e\xc3\xa4");
    assert_string_equal(glia_error_message(), "a b c d e\xc3\xa4");
}

static void *fail_elsewhere(void *argument)
{
    (void)argument;
    size_t length_before = strlen(glia_error_message());
    glia__fail(GLIA_ERR_IO, "of another thread");
    return length_before == 0 ? NULL : "there was a message";
}

static void test_every_thread_has_its_own_message(void **state)
{
    (void)state;
    pthread_t thread;
    void *complaint;
    glia__fail(GLIA_ERR_TEXT, "of this thread");
    assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, NULL), 0);
    assert_int_equal(pthread_join(thread, &complaint), 0);
    assert_null(complaint);
    assert_string_equal(glia_error_message(), "of this thread");
}

static void test_every_status_has_a_text_of_its_own(void **state)
{
    (void)state;
    for (glia_status i = GLIA_OK; i <= GLIA_ERR_DIVERGED; i++) {
        assert_true(strlen(glia_status_text(i)) > 0);
        for (glia_status j = GLIA_OK; j < i; j++)
            assert_string_not_equal(glia_status_text(i), glia_status_text(j));
    }
}

static void test_status_out_of_range_has_a_text(void **state)
{
    (void)state;
    const glia_status bad[] = {-1, GLIA_ERR_DIVERGED + 1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_string_equal(glia_status_text(bad[i]), "unknown status");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_answers_its_status_and_keeps_the_message),
        cmocka_unit_test(test_message_may_quote_the_one_before),
        cmocka_unit_test(test_message_is_cut_at_511_bytes),
        cmocka_unit_test(test_message_cut_in_a_character_is_still_utf8),
        cmocka_unit_test(test_control_characters_become_spaces),
        cmocka_unit_test(test_every_thread_has_its_own_message),
        cmocka_unit_test(test_every_status_has_a_text_of_its_own),
        cmocka_unit_test(test_status_out_of_range_has_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
