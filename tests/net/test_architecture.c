/* SPDX-License-Identifier: MIT */
/* From the text of a network to its items and back: the canonical text, and widths that the text leaves out. */
#include "net/architecture.h"

#include <string.h>

#include "base/counted_allocator.h"
#include "net/network_harness.h"

enum {
    TEXT_SIZE = 512
};

/* Read a text with the widths of the options, and write it in canonical form. */
static glia_status read_with(char canonical[TEXT_SIZE], const char *text, size_t input_size, size_t output_size)
{
    glia__network_setup setup = network_setup();
    glia__architecture architecture;
    setup.input_size = input_size;
    setup.output_size = output_size;
    glia_status status = glia__architecture_read(&architecture, text, &setup);
    glia__writer writer = {.buffer = canonical, .capacity = TEXT_SIZE};
    if (status == GLIA_OK)
        glia__architecture_write(&writer, &architecture);
    return status;
}

static void assert_canonical(const char *text, const char *expected)
{
    char canonical[TEXT_SIZE];
    assert_ok(read_with(canonical, text, 0, 0));
    assert_string_equal(canonical, expected);
}

static void test_canonical_text_spells_out_every_setting(void **state)
{
    (void)state;
    assert_canonical(
        "input 2, dense 3 tanh, dense 2 softmax",
        "input 2, dense 3 tanh init=glorot_uniform bias=yes, dense 2 softmax init=glorot_uniform bias=yes");
    assert_canonical("input 2\ndense 3", "input 2, dense 3 identity init=lecun_normal bias=yes");
    assert_canonical("input width=2, dense bias=no units=3 init=he_uniform activation=relu",
                     "input 2, dense 3 relu init=he_uniform bias=no");
    assert_canonical("input 2, dense 3 leaky_relu", "input 2, dense 3 leaky_relu init=he_normal bias=yes slope=0.01");
    assert_canonical("input 2, dense 3 leaky_relu slope=.25",
                     "input 2, dense 3 leaky_relu init=he_normal bias=yes slope=0.25");
    assert_canonical("input 1e1 # ten\n\nstandardize, dropout .5\n leaky_relu\tslope=1e-1 # small\nidentity",
                     "input 10, standardize, dropout 0.5, leaky_relu slope=0.1, identity");
}

static void test_canonical_text_reads_back_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "input 784, dense 128 relu, dropout 0.2, dense 10 softmax",
        "input 3, standardize, dense 4 leaky_relu slope=0.30000000000000004, step",
        "input 4294967295, identity, sigmoid, tanh, relu, leaky_relu, softmax",
        "input 1, dense 7 sigmoid init=uniform bias=no, dropout 0",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char canonical[TEXT_SIZE], again[TEXT_SIZE];
        assert_ok(read_with(canonical, texts[i], 0, 0));
        assert_ok(read_with(again, canonical, 0, 0));
        assert_string_equal(again, canonical);
    }
}

static void test_widths_left_out_come_from_the_options(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t input_size, output_size;
        const char *expected;
    } cases[] = {
        {"tanh", 4, 0, "input 4, tanh"},
        {"input, tanh", 4, 0, "input 4, tanh"},
        {"input 4, tanh", 4, 4, "input 4, tanh"},
        {"dense", 4, 3, "input 4, dense 3 identity init=lecun_normal bias=yes"},
        {"dense relu init=zeros", 4, 3, "input 4, dense 3 relu init=zeros bias=yes"},
        {"input 4, dense, dropout 0.5, tanh", 0, 3,
         "input 4, dense 3 identity init=lecun_normal bias=yes, dropout 0.5, "
         "tanh"},
        {"dense 5, dense", 4, 3,
         "input 4, dense 5 identity init=lecun_normal bias=yes, "
         "dense 3 identity init=lecun_normal bias=yes"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char canonical[TEXT_SIZE];
        assert_ok(read_with(canonical, cases[i].text, cases[i].input_size, cases[i].output_size));
        assert_string_equal(canonical, cases[i].expected);
    }
}

static void test_widths_that_are_missing_or_contradict_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t input_size, output_size;
        const char *message;
    } cases[] = {
        {"dense 3", 0, 3, "architecture, column 1: the width of the input is not known; begin with 'input WIDTH'"},
        {"input, dense 3", 0, 3, "architecture, column 1: the width of this layer is missing"},
        {"input, tanh", 0, 3, "architecture, column 1: the width of this layer is missing"},
        {"input 2, dense", 2, 0, "architecture, column 10: the width of this layer is missing"},
        {"input 2, dense, dense 3", 2, 3, "architecture, column 10: the width of this layer is missing"},
        {"input 2, dense 3", 4, 0, "architecture, column 1: this width should be 4"},
        {"dense 3, dropout 0.5", 2, 5, "architecture, column 1: this width should be 5"},
        {"input 2\ndense 3\ndense 4", 2, 5, "architecture, line 3, column 1: this width should be 5"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char canonical[TEXT_SIZE];
        assert_status(read_with(canonical, cases[i].text, cases[i].input_size, cases[i].output_size), GLIA_ERR_SHAPE);
        assert_string_equal(glia_error_message(), cases[i].message);
    }
}

static void test_texts_that_are_no_network_are_refused(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "architecture, column 1: expected: layer, as 'dense 10 softmax'"},
        {"input 2", "architecture, column 8: expected: layer, as 'dense 10 softmax'"},
        {"input 2,", "architecture, column 9: expected: layer"},
        {"input 2, tanh, input 2", "architecture, column 16: 'input' may only stand first"},
        {"input 2, dnese 3", "architecture, column 10: unknown layer 'dnese'; accepted: input, dense, dropout, "
                             "standardize, identity, step, sigmoid, tanh, relu, leaky_relu, softmax"},
        {"input 2, dense 3 tahn", "architecture, column 18: activation wants one of identity, step, sigmoid, tanh, "
                                  "relu, leaky_relu, softmax, not 'tahn'"},
        {"input 2, dense 3 init=best", "architecture, column 18: init wants one of lecun_normal, glorot_uniform, "
                                       "glorot_normal, he_uniform, he_normal, uniform, zeros, not 'best'"},
        {"input 2, dense 3 tanh slope=0.1", "architecture, column 23: unknown setting 'slope'; accepted: units, "
                                            "activation, init=, bias="},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char canonical[TEXT_SIZE];
        assert_status(read_with(canonical, cases[i][0], 0, 0), GLIA_ERR_TEXT);
        assert_string_equal(glia_error_message(), cases[i][1]);
    }
}

static void test_text_that_begins_without_input_takes_no_other(void **state)
{
    (void)state;
    char canonical[TEXT_SIZE];
    assert_status(read_with(canonical, "dense 3, input 2", 2, 0), GLIA_ERR_TEXT);
    assert_message_has("'input' may only stand first");
}

/* It may be longer than all that a network of its kind ever needs. */
static void test_reading_takes_no_memory(void **state)
{
    (void)state;
    counted_memory memory = {0};
    char canonical[TEXT_SIZE];
    glia__network_setup setup = network_setup();
    glia__architecture architecture;
    glia__writer writer = {.buffer = canonical, .capacity = sizeof canonical};
    setup.allocator = counted_allocator(&memory);
    assert_ok(glia__architecture_read(&architecture, "input 2, dense 3 tanh, dense 2 softmax", &setup));
    glia__architecture_write(&writer, &architecture);
    assert_int_equal(memory.calls, 0);
}

static void test_items_come_again_from_the_first(void **state)
{
    (void)state;
    static const char *const names[] = {"input", "dense", "dropout", "tanh"};
    glia__network_setup setup = network_setup();
    glia__architecture architecture;
    glia__item item;
    setup.input_size = 3;
    assert_ok(glia__architecture_read(&architecture, "dense 2 relu, dropout 0.5, tanh", &setup));
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT_OF(names); i++) {
            assert_true(glia__architecture_next(&architecture, &item));
            assert_string_equal(item.self.entry->name, names[i]);
        }
        assert_false(glia__architecture_next(&architecture, &item));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_text_spells_out_every_setting),
        cmocka_unit_test(test_canonical_text_reads_back_the_same),
        cmocka_unit_test(test_widths_left_out_come_from_the_options),
        cmocka_unit_test(test_widths_that_are_missing_or_contradict_are_refused),
        cmocka_unit_test(test_texts_that_are_no_network_are_refused),
        cmocka_unit_test(test_text_that_begins_without_input_takes_no_other),
        cmocka_unit_test(test_reading_takes_no_memory),
        cmocka_unit_test(test_items_come_again_from_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
