/* SPDX-License-Identifier: MIT */
/* Statuses, the thread's error message, the version. */
#include "harness.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum {
    MESSAGE_BYTES = 511
};

static void test_status_values_are_fixed(void **state)
{
    (void)state;
    static const int32_t values[] = {GLIA_OK,         GLIA_STOPPED,         GLIA_ERR_ARGUMENT, GLIA_ERR_TEXT,
                                     GLIA_ERR_SHAPE,  GLIA_ERR_STATE,       GLIA_ERR_NOMEM,    GLIA_ERR_IO,
                                     GLIA_ERR_FORMAT, GLIA_ERR_UNSUPPORTED, GLIA_ERR_DIVERGED};
    for (int32_t i = 0; i < (int32_t)COUNT_OF(values); i++)
        assert_int_equal(values[i], i);
}

static void test_every_status_has_a_text_of_its_own(void **state)
{
    (void)state;
    for (glia_status i = GLIA_OK; i <= GLIA_ERR_DIVERGED; i++) {
        const char *text = glia_status_text(i);
        assert_non_null(text);
        assert_true(text[0] != '\0');
        for (glia_status j = GLIA_OK; j < i; j++)
            assert_string_not_equal(text, glia_status_text(j));
    }
}

static void test_unknown_status_has_a_text(void **state)
{
    (void)state;
    static const glia_status unknown[] = {-1, GLIA_ERR_DIVERGED + 1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < COUNT_OF(unknown); i++) {
        assert_non_null(glia_status_text(unknown[i]));
        assert_true(glia_status_text(unknown[i])[0] != '\0');
    }
}

static void test_error_set_answers_with_the_status(void **state)
{
    (void)state;
    assert_int_equal(glia_error_set(GLIA_ERR_IO, "moons.csv:3:7: no number"), GLIA_ERR_IO);
    assert_string_equal(glia_error_message(), "moons.csv:3:7: no number");
    assert_int_equal(glia_error_set(GLIA_ERR_FORMAT, NULL), GLIA_ERR_FORMAT);
    assert_string_equal(glia_error_message(), "");
}

static void test_error_set_copies_and_cuts(void **state)
{
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(glia_error_set(GLIA_ERR_TEXT, text), GLIA_ERR_TEXT);
    memset(text, 'y', sizeof text - 1);
    assert_int_equal(strlen(glia_error_message()), MESSAGE_BYTES);
    assert_int_equal(strspn(glia_error_message(), "x"), MESSAGE_BYTES);
}

static void test_error_set_makes_one_line(void **state)
{
    (void)state;
    assert_int_equal(glia_error_set(GLIA_ERR_TEXT, "a\nb\tc\rd\x01"
                                                   "e\x1f.\x7f"),
                     GLIA_ERR_TEXT);
    const char *message = glia_error_message();
    assert_int_equal(strlen(message), strlen("a b c d e .?"));
    for (const char *c = message; *c != '\0'; c++)
        assert_true(*c >= ' ');
    assert_memory_equal(message, "a b c d e .", strlen("a b c d e ."));
}

static void test_success_leaves_the_message(void **state)
{
    (void)state;
    assert_int_equal(glia_error_set(GLIA_ERR_TEXT, "stays"), GLIA_ERR_TEXT);
    glia_net *net = harness_net("input 2, dense 1", 1);
    assert_ok(glia_net_set_loss(net, "mse"));
    glia_net_destroy(net);
    assert_string_equal(glia_error_message(), "stays");
}

static void test_failure_replaces_the_message(void **state)
{
    (void)state;
    glia_net *net = NULL;
    assert_int_equal(glia_error_set(GLIA_ERR_TEXT, "goes"), GLIA_ERR_TEXT);
    assert_status(glia_net_create(&net, NULL, 1), GLIA_ERR_ARGUMENT);
    assert_string_not_equal(glia_error_message(), "goes");
}

/* What another thread sees before and after a failure of its own. */
typedef struct seen {
    char before[512], after[512];
} seen;

static void *fail_in_thread(void *user)
{
    seen *texts = user;
    glia_net *net = NULL;
    snprintf(texts->before, sizeof texts->before, "%s", glia_error_message());
    (void)glia_net_create(&net, "input 2, nonsense", 1);
    snprintf(texts->after, sizeof texts->after, "%s", glia_error_message());
    return NULL;
}

static void test_message_is_the_threads_own(void **state)
{
    (void)state;
    pthread_t thread;
    seen texts;
    assert_int_equal(glia_error_set(GLIA_ERR_TEXT, "of the first thread"), GLIA_ERR_TEXT);
    assert_int_equal(pthread_create(&thread, NULL, fail_in_thread, &texts), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_string_equal(texts.before, "");
    assert_non_null(strstr(texts.after, "nonsense"));
    assert_string_equal(glia_error_message(), "of the first thread");
}

static void test_message_of_a_long_text_is_cut_to_one_line(void **state)
{
    (void)state;
    static char text[100000];
    glia_net *net = NULL;
    memset(text, 'x', sizeof text - 1);
    assert_status(glia_net_create(&net, text, 1), GLIA_ERR_TEXT);
    assert_true(strlen(glia_error_message()) <= MESSAGE_BYTES);
    memset(text, '\n', 100);
    text[50] = '\x01';
    assert_status(glia_net_create(&net, text, 1), GLIA_ERR_TEXT);
    assert_true(strlen(glia_error_message()) <= MESSAGE_BYTES);
    assert_null(strpbrk(glia_error_message(), "\n\x01"));
}

static void test_version_is_that_of_the_header(void **state)
{
    (void)state;
    char text[64];
    snprintf(text, sizeof text, "%d.%d.%d", GLIA_VERSION_MAJOR, GLIA_VERSION_MINOR, GLIA_VERSION_PATCH);
    assert_string_equal(glia_version(), text);
    assert_int_equal(glia_version_number(), GLIA_VERSION_NUMBER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status_values_are_fixed),
        cmocka_unit_test(test_every_status_has_a_text_of_its_own),
        cmocka_unit_test(test_unknown_status_has_a_text),
        cmocka_unit_test(test_error_set_answers_with_the_status),
        cmocka_unit_test(test_error_set_copies_and_cuts),
        cmocka_unit_test(test_error_set_makes_one_line),
        cmocka_unit_test(test_success_leaves_the_message),
        cmocka_unit_test(test_failure_replaces_the_message),
        cmocka_unit_test(test_message_is_the_threads_own),
        cmocka_unit_test(test_message_of_a_long_text_is_cut_to_one_line),
        cmocka_unit_test(test_version_is_that_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
