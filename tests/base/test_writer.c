/* SPDX-License-Identifier: MIT */
/* Texts built in a buffer: what fits is written, all is counted. */
#include "base/writer.h"

#include <string.h>

#include "api/harness.h"

static void write_all(glia__writer *writer)
{
    glia__write_text(writer, "units ");
    glia__write_count(writer, 784);
    glia__write_text(writer, ", rate ");
    glia__write_number(writer, 0.001);
    glia__write_bytes(writer, "...", 1);
}

static const char whole[] = "units 784, rate 0.001.";

static void test_without_capacity_it_only_counts(void **state)
{
    (void)state;
    glia__writer writer = {0};
    write_all(&writer);
    assert_int_equal(writer.length, strlen(whole));
}

static void test_every_capacity_gets_what_fits_and_a_0(void **state)
{
    (void)state;
    for (size_t capacity = 1; capacity <= sizeof whole + 2; capacity++) {
        char buffer[sizeof whole + 3];
        memset(buffer, '#', sizeof buffer);
        glia__writer writer = {.buffer = buffer, .capacity = capacity};
        write_all(&writer);
        size_t length = capacity <= strlen(whole) ? capacity - 1 : strlen(whole);
        assert_int_equal(writer.length, strlen(whole));
        assert_int_equal(strlen(buffer), length);
        assert_memory_equal(buffer, whole, length);
        for (size_t i = length + 1; i < sizeof buffer; i++)
            assert_int_equal(buffer[i], '#');
    }
}

static void assert_count(uint64_t number, const char *expected)
{
    char buffer[32];
    glia__writer writer = {.buffer = buffer, .capacity = sizeof buffer};
    glia__write_count(&writer, number);
    assert_string_equal(buffer, expected);
}

static void test_counts_have_no_leading_zeros(void **state)
{
    (void)state;
    assert_count(0, "0");
    assert_count(7, "7");
    assert_count(10, "10");
    assert_count(1000000, "1000000");
    assert_count(UINT64_MAX, "18446744073709551615");
}

static void test_numbers_are_the_shortest_that_read_back(void **state)
{
    (void)state;
    const double numbers[] = {0.1, 1.0 / 3, 1e-8, 784, -2.5};
    const char *const expected[] = {"0.1", "0.3333333333333333", "1e-8", "784", "-2.5"};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        char buffer[32];
        glia__writer writer = {.buffer = buffer, .capacity = sizeof buffer};
        glia__write_number(&writer, numbers[i]);
        assert_string_equal(buffer, expected[i]);
    }
}

static void test_padding_fills_up_to_a_column(void **state)
{
    (void)state;
    char buffer[64];
    glia__writer writer = {.buffer = buffer, .capacity = sizeof buffer};
    glia__write_text(&writer, "a\n");
    size_t line = writer.length;
    glia__write_text(&writer, "bc");
    glia__write_padding(&writer, line, 5);
    glia__write_text(&writer, "d");
    glia__write_padding(&writer, line, 3);
    assert_string_equal(buffer, "a\nbc   d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_capacity_it_only_counts),
        cmocka_unit_test(test_every_capacity_gets_what_fits_and_a_0),
        cmocka_unit_test(test_counts_have_no_leading_zeros),
        cmocka_unit_test(test_numbers_are_the_shortest_that_read_back),
        cmocka_unit_test(test_padding_fills_up_to_a_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
