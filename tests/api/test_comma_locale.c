/* SPDX-License-Identifier: MIT */
/* In a locale whose decimal point is a comma texts, files, messages and results are what they are in the locale "C". */
#include "comma_locale.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_folder.h"

#define ARCHITECTURE "input 2, standardize, dense 4 leaky_relu slope=0.30000000000000004, dropout 0.25, dense 2 softmax"

enum {
    ROWS = 8
};

static real inputs[2 * ROWS];
static int32_t classes[ROWS];

static int begin(void **state)
{
    harness_fill(inputs, COUNT_OF(inputs), 1);
    harness_fill_classes(classes, ROWS, 2, 2);
    return comma_locale_enter(state);
}

/* A network with every kind of number in its texts, trained for a while, as it is saved. */
static harness_file train_and_save(void)
{
    glia_samples rows = harness_with_classes(inputs, classes, ROWS);
    glia_net *net = harness_net(ARCHITECTURE, 7);
    assert_ok(glia_net_set_loss(net, "cross_entropy l1=0.0001 l2=1.5e-7"));
    assert_ok(glia_net_set_optimizer(net, "adamw learning_rate=0.0123 weight_decay=0.5"));
    assert_ok(glia_net_set_learning_rate(net, 0.1 + 0.2));
    assert_ok(glia_net_adapt(net, &rows));
    assert_ok(glia_net_fit(net, &rows, &rows, "epochs=3 batch=4", NULL, NULL));
    harness_file file = harness_save(net);
    glia_net_destroy(net);
    return file;
}

/* The same once more in the locale "C", and back. */
static harness_file train_and_save_in_c(void)
{
    char *name = setlocale(LC_ALL, NULL), *comma = malloc(strlen(name) + 1);
    assert_non_null(comma);
    strcpy(comma, name);
    assert_non_null(setlocale(LC_ALL, "C"));
    harness_file file = train_and_save();
    assert_non_null(setlocale(LC_ALL, comma));
    free(comma);
    return file;
}

static void test_network_is_trained_and_saved_alike(void **state)
{
    (void)state;
    comma_locale_need();
    harness_file plain = train_and_save_in_c(), file = train_and_save();
    assert_int_equal(file.size, plain.size);
    assert_memory_equal(file.bytes, plain.bytes, plain.size);
    harness_free(&file);
    harness_free(&plain);
}

static void test_file_is_written_and_loaded_alike(void **state)
{
    (void)state;
    comma_locale_need();
    char path[SCRATCH_PATH_SIZE];
    harness_file plain = train_and_save_in_c();
    glia_net *net = harness_load(plain), *loaded = NULL;
    assert_ok(glia_net_save(net, scratch_path(path, "locale.glia")));
    assert_ok(glia_net_load(&loaded, path, NULL));
    assert_saves(loaded, plain);
    glia_net_destroy(loaded);
    glia_net_destroy(net);
    harness_free(&plain);
}

static void test_canonical_text_has_points(void **state)
{
    (void)state;
    comma_locale_need();
    glia_net *net = harness_net(ARCHITECTURE, 1);
    assert_non_null(strstr(glia_net_architecture(net), "slope=0.30000000000000004"));
    assert_non_null(strstr(glia_net_architecture(net), "dropout 0.25"));
    glia_net_destroy(net);
}

static void test_number_with_a_comma_is_none(void **state)
{
    (void)state;
    comma_locale_need();
    glia_net *net = NULL;
    assert_status(glia_net_create(&net, "input 2, dropout 0,5", 1), GLIA_ERR_TEXT);
    assert_null(net);
}

static void test_messages_have_points(void **state)
{
    (void)state;
    comma_locale_need();
    glia_net *net = harness_net(ARCHITECTURE, 1);
    assert_status(glia_net_set_optimizer(net, "adam epsilon=-1.5"), GLIA_ERR_TEXT);
    assert_message_has("not '-1.5'");
    glia_net_destroy(net);
}

static void test_locale_of_the_caller_stays(void **state)
{
    (void)state;
    comma_locale_need();
    char text[16];
    harness_file file = train_and_save();
    harness_free(&file);
    snprintf(text, sizeof text, "%.1f", 0.5);
    assert_string_equal(text, "0,5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_network_is_trained_and_saved_alike),
        cmocka_unit_test(test_file_is_written_and_loaded_alike),
        cmocka_unit_test(test_canonical_text_has_points),
        cmocka_unit_test(test_number_with_a_comma_is_none),
        cmocka_unit_test(test_messages_have_points),
        cmocka_unit_test(test_locale_of_the_caller_stays),
    };
    return cmocka_run_group_tests(tests, begin, comma_locale_leave) != 0;
}
