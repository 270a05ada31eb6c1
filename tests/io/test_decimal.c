/* SPDX-License-Identifier: MIT */
/* Decimal numbers: read to the nearest double, written as short as they can be. */
#include "io_harness.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/decimal.h"

static void assert_reads(const char *text, double expected)
{
    double value = 42;
    if (!glia__decimal_read(&value, text) || memcmp(&value, &expected, sizeof value) != 0)
        print_error("'%s' is read as %.17g, not %.17g\n", text, value, expected);
    assert_memory_equal(&value, &expected, sizeof value);
}

static void test_decimal_reads_every_form(void **state)
{
    (void)state;
    assert_reads("0", 0);
    assert_reads("-0", -0.0);
    assert_reads("+0.0", 0);
    assert_reads("007", 7);
    assert_reads("5.", 5);
    assert_reads(".5", 0.5);
    assert_reads("-.5e1", -5);
    assert_reads("1E+3", 1000);
    assert_reads("1e-3", 0.001);
    assert_reads("1e00000000000000000000003", 1000);
    assert_reads("000000000000000000000000000000012.5", 12.5);
    assert_reads("0.00000000000000000000000000000000000000012", 1.2e-40);
    assert_reads("123456789012345678901234567890", 1.2345678901234568e29);
}

static void test_decimal_rounds_to_the_nearest(void **state)
{
    (void)state;
    assert_reads("9007199254740993", 9007199254740992); /* halfway between two: to the even one */
    assert_reads("9007199254740993.00000000000000000000000000000000000000000001", 9007199254740994);
    assert_reads("999999999999999e22", 999999999999999e22);
    assert_reads("999999999999999e-22", 999999999999999e-22);
    assert_reads("2.2250738585072011e-308", 2.2250738585072011e-308);
    assert_reads("4.9406564584124654e-324", DBL_TRUE_MIN);
}

static void test_decimal_too_large_is_infinite_and_too_small_is_zero(void **state)
{
    (void)state;
    assert_reads("1e400", (double)INFINITY);
    assert_reads("-1e99999999999999999999", (double)-INFINITY);
    assert_reads("1e-400", 0);
    assert_reads("-1e-99999999999999999999", -0.0);
    assert_reads("0e99999", 0);
}

static void test_decimal_refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const bad[] = {"",     " ",   ".",    "+",     "-",        "e5",       ".e5",
                                      "1e",   "1e+", "1e-",  "1 ",    " 1",       "1,5",      "1.2.3",
                                      "--1",  "+-1", "0x10", "1p3",   "nan",      "inf",      "infinity",
                                      "-inf", "1d3", "1f",   "1e5.0", "\xD9\xA1", "1\xC2\xA0"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        double value = 42;
        assert_false(glia__decimal_read(&value, bad[i]));
    }
}

/* The C library is right in the locale "C", in which a test begins. */
static void test_decimal_reads_as_the_c_library(void **state)
{
    (void)state;
    uint64_t random = 1;
    print_message("seed %llu\n", (unsigned long long)random);
    for (int round = 0; round < 200000; round++) {
        char text[64];
        uint64_t digits = io_next_random(&random) >> (io_next_random(&random) % 64);
        int exponent = (int)(io_next_random(&random) % 60) - 30;
        if (round % 2 == 0)
            snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);
        else
            snprintf(text, sizeof text, "-%llu.%llu", (unsigned long long)(digits >> 32),
                     (unsigned long long)(digits % 1000000007));
        assert_reads(text, strtod(text, NULL));
    }
}

static void assert_writes(double value, const char *expected)
{
    char text[GLIA__DECIMAL_SIZE];
    glia__decimal_write(text, value);
    assert_string_equal(text, expected);
}

static void test_decimal_writes_few_digits(void **state)
{
    (void)state;
    assert_writes(0, "0");
    assert_writes(-0.0, "-0");
    assert_writes(0.1, "0.1");
    assert_writes(0.1 + 0.2, "0.30000000000000004");
    assert_writes(200, "200");
    assert_writes(-DBL_MIN, "-2.2250738585072014e-308");
    char text[GLIA__DECIMAL_SIZE];
    glia__decimal_write_float(text, 0.1f);
    assert_string_equal(text, "0.1");
    glia__decimal_write_float(text, 1.0f / 255.0f);
    assert_string_equal(text, "0.003921569");
}

static void test_decimal_written_reads_back(void **state)
{
    (void)state;
    uint64_t random = 2;
    print_message("seed %llu\n", (unsigned long long)random);
    for (int round = 0; round < 50000; round++) {
        uint64_t bits = io_next_random(&random);
        uint32_t float_bits = (uint32_t)bits;
        char text[GLIA__DECIMAL_SIZE];
        double value;
        float float_value;
        memcpy(&value, &bits, sizeof value);
        memcpy(&float_value, &float_bits, sizeof float_value);
        if (!isfinite(value) || !isfinite(float_value))
            continue;
        glia__decimal_write(text, value);
        assert_reads(text, value);
        glia__decimal_write_float(text, float_value);
        double read;
        assert_true(glia__decimal_read(&read, text));
        assert_true((float)read == float_value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal_reads_every_form),
        cmocka_unit_test(test_decimal_rounds_to_the_nearest),
        cmocka_unit_test(test_decimal_too_large_is_infinite_and_too_small_is_zero),
        cmocka_unit_test(test_decimal_refuses_what_is_no_number),
        cmocka_unit_test(test_decimal_reads_as_the_c_library),
        cmocka_unit_test(test_decimal_writes_few_digits),
        cmocka_unit_test(test_decimal_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
