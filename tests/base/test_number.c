/* SPDX-License-Identifier: MIT */
/* Decimals read and written: what counts as a number, the nearest double for every text, the shortest text for every
 * double. Random cases come from SEED. The C library is a witness in the "C" locale, in which every program begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/random.h"

#define SEED 20240607

enum {
    LONGEST = 1200 /* characters of a text made here, at most */
};

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t draw(uint32_t stream, int index)
{
    return glia__random(SEED, stream, 0, (uint64_t)index);
}

/* The whole text is a number and reads as `expected`, sign of zero included. */
static void assert_reads_as(const char *text, double expected)
{
    double value = -12345;
    size_t used = glia__number_read(&value, text, strlen(text));
    if (used != strlen(text) || bits_of(value) != bits_of(expected))
        fail_msg("seed %d: \"%.60s\" reads as %a, %zu characters, instead of %a", SEED, text, value, used, expected);
}

static void assert_writes_as(double value, const char *expected)
{
    char text[GLIA__NUMBER_SIZE];
    size_t length = glia__number_write(text, value);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void test_read_takes_the_forms_of_a_number(void **state)
{
    (void)state;
    assert_reads_as("0", 0.0);
    assert_reads_as("-0", -0.0);
    assert_reads_as("+7", 7);
    assert_reads_as("1.", 1);
    assert_reads_as(".5", 0.5);
    assert_reads_as("-00012.50", -12.5);
    assert_reads_as("1e-3", 0.001);
    assert_reads_as("1E+3", 1000);
    assert_reads_as("2.e01", 20);
    assert_reads_as("1000000000000000000000", 1e21);
    assert_reads_as("0.000000000000000000001", 1e-21);
}

static void test_read_takes_no_more_than_the_number(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t used;
        double value;
    } cases[] = {
        {"1e", 1, 1},      {"1e+", 1, 1},     {"1.5e-x", 3, 1.5}, {"1..2", 2, 1},    {"1.2.3", 3, 1.2},
        {"1,5", 1, 1},     {"0x10", 1, 0},    {"3 4", 1, 3},      {"1e5.5", 3, 1e5}, {"1e1e1", 3, 10},
        {"12relu", 2, 12}, {"5e3%", 3, 5000}, {"7-3", 1, 7},      {".5.5", 2, 0.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double value = -1;
        assert_int_equal(glia__number_read(&value, cases[i].text, strlen(cases[i].text)), cases[i].used);
        assert_true(value == cases[i].value);
    }
}

static void test_read_refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {"",    "+",   "-",        ".",   "-.",  "e5", ".e5", "+-1", "--1", " 1",
                                        "inf", "nan", "infinity", "NaN", "abc", ",5", "\t1", "_1",  "e",   "/0"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 42;
        assert_int_equal(glia__number_read(&value, texts[i], strlen(texts[i])), 0);
        assert_true(value == 42);
    }
}

/* Each beginning of a number in a block of its own size, for AddressSanitizer to watch. */
static void test_read_stays_within_the_length(void **state)
{
    (void)state;
    static const char text[] = "+12.5e+34";
    static const size_t used[] = {0, 0, 2, 3, 4, 5, 5, 5, 8, 9};
    for (size_t length = 0; length < sizeof text; length++) {
        double value;
        char *block = malloc(length + 1); /* never of 0 bytes; the number is at its end */
        assert_non_null(block);
        memcpy(block + 1, text, length);
        assert_int_equal(glia__number_read(&value, block + 1, length), used[length]);
        free(block);
    }
}

static void test_read_rounds_hard_cases_right(void **state)
{
    (void)state;
    assert_reads_as("9007199254740993", 0x1p53);
    assert_reads_as("9007199254740993.00000000000000000000000000000000000001", 0x1.0000000000001p53);
    assert_reads_as("9007199254740995", 0x1.0000000000002p53);
    assert_reads_as("1e22", 0x1.0f0cf064dd592p73);
    assert_reads_as("1e23", 0x1.52d02c7e14af6p76);
    assert_reads_as("6929495644600919.5", 0x1.89e56ee5e7a58p52);
    assert_reads_as("3.518437208883201171875e13", 0x1.0000000000002p45);
    assert_reads_as("62.5364939768271845828", 0x1.f44abd5aa7ca4p5);
    assert_reads_as("8.10109172351e-10", 0x1.bd5cbaef0fd0cp-31);
    assert_reads_as("1.50000000000000011102230246251565", 0x1.8p0);
    assert_reads_as("3.7455744005952583e15", 0x1.a9d28ff412a75p51);
    assert_reads_as("1.00000000000000011102230246251565404236316680908203125", 0x1p0);
    assert_reads_as("1.00000000000000033306690738754696212708950042724609375", 0x1.0000000000002p0);
}

static void test_read_is_right_at_the_ends_of_the_range(void **state)
{
    (void)state;
    assert_reads_as("1.7976931348623157e308", DBL_MAX);
    assert_reads_as("1.7976931348623158e308", DBL_MAX);
    assert_reads_as("1.7976931348623159e308", (double)INFINITY);
    assert_reads_as("-1e400", -(double)INFINITY);
    assert_reads_as("1e99999999999999999999999", (double)INFINITY);
    assert_reads_as("2.2250738585072014e-308", DBL_MIN);
    assert_reads_as("2.2250738585072012e-308", DBL_MIN);
    assert_reads_as("2.2250738585072011e-308", 0x0.fffffffffffffp-1022);
    assert_reads_as("5e-324", 0x1p-1074);
    assert_reads_as("2.4703282292062328e-324", 0x1p-1074); /* half of it is 2.47032822920623272...e-324 */
    assert_reads_as("2.4703282292062327e-324", 0.0);
    assert_reads_as("-1e-400", -0.0);
    assert_reads_as("1e-99999999999999999999999", 0.0);
    assert_reads_as("0e99999999999999999999999", 0.0);
}

/* 1 and 1.5 with a hundred thousand zeros in each place where zeros may stand. */
static void test_read_takes_digits_without_end(void **state)
{
    (void)state;
    const size_t zeros = 100000;
    static const struct {
        const char *before, *after;
        double value;
    } cases[] = {
        {"", "1.5", 1.5},
        {"1", "e-100000", 1},
        {"0.", "15e100001", 1.5},
        {"1.5", "", 1.5},
        {"1.5", "1", 1.5},
        {"1.5e", "1", 15},
        {"-1.5e-", "1", -0.15},
        {"9007199254740993.", "1", 0x1p53 + 2},
        {"9007199254740993.", "", 0x1p53},
    };
    char *text = malloc(zeros + 40);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].before);
        memcpy(text, cases[i].before, length);
        memset(text + length, '0', zeros);
        strcpy(text + length + zeros, cases[i].after);
        assert_reads_as(text, cases[i].value);
    }
    free(text);
}

/* Write whole / 2^halvings, every digit of it: a '.' and as many digits after it as there are halvings. */
static void write_exact(char text[LONGEST], uint64_t whole, int halvings)
{
    int length = snprintf(text, LONGEST, "%" PRIu64, whole);
    int point = length;
    for (int i = 0; i < halvings; i++) {
        int rest = 0;
        text[length++] = '0';
        for (int k = 0; k < length; k++) {
            int value = rest * 10 + (text[k] - '0');
            text[k] = (char)('0' + value / 2);
            rest = value % 2;
        }
    }
    memmove(text + point + 1, text + point, (size_t)(length - point));
    text[point] = '.';
    text[length + 1] = 0;
}

/* The number midway between f 2^e and the next double is (2 f + 1) 2^(e - 1): exactly there, a little above, below. */
static void assert_rounds_to_even_at(uint64_t f, int e)
{
    char text[LONGEST];
    double lower = ldexp((double)f, e);
    double upper = ldexp((double)(f + 1), e);
    write_exact(text, 2 * f + 1, 1 - e);
    size_t length = strlen(text);

    assert_reads_as(text, f % 2 == 0 ? lower : upper);
    strcpy(text + length, "000000000000000000001");
    assert_reads_as(text, upper);
    strcpy(text + length - 1, "4999999999"); /* the last digit was a 5 */
    assert_reads_as(text, lower);
}

static void test_read_rounds_halfway_to_even(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        uint64_t random = draw(1, i);
        uint64_t fraction = random >> 12;
        int e = -(int)(random % 1075);
        assert_rounds_to_even_at(fraction | (uint64_t)1 << 52, e);
        assert_rounds_to_even_at(fraction >> random % 52, -1074); /* subnormal */
    }
    assert_rounds_to_even_at(0, -1074);
    assert_rounds_to_even_at(((uint64_t)1 << 52) - 1, -1074); /* up to the smallest normal number */
    assert_rounds_to_even_at(((uint64_t)1 << 53) - 1, -52);   /* up to a power of two */
}

/* Random text of up to 40 digits with a '.' somewhere and an exponent that leads beyond both ends of the range. */
static void random_text(char text[LONGEST], int index)
{
    uint64_t random = draw(2, index);
    int n_digits = 1 + (int)(random % 40);
    int point = (int)(random / 64 % 48);
    int exponent = (int)(random / 4096 % 720) - 360;
    int length = 0;
    if (random >> 63 == 1)
        text[length++] = '-';
    for (int i = 0; i < n_digits; i++) {
        if (i == point)
            text[length++] = '.';
        text[length++] = (char)('0' + glia__random(SEED, 3, (uint64_t)index, (uint64_t)i) % 10);
    }
    if ((random >> 62) % 2 == 1)
        exponent /= 16;
    snprintf(text + length, (size_t)(LONGEST - length), "e%d", exponent);
}

static void test_read_agrees_with_strtod(void **state)
{
    (void)state;
    char text[LONGEST];
    print_message("seed %d\n", SEED);
    for (int i = 0; i < 100000; i++) {
        random_text(text, i);
        assert_reads_as(text, strtod(text, NULL));
    }
}

static void test_write_is_plain_from_a_ten_thousandth_to_1e16(void **state)
{
    (void)state;
    assert_writes_as(0.0, "0");
    assert_writes_as(-0.0, "-0");
    assert_writes_as(784, "784");
    assert_writes_as(-1.5, "-1.5");
    assert_writes_as(0.001, "0.001");
    assert_writes_as(0.0001, "0.0001");
    assert_writes_as(0.00012345, "0.00012345");
    assert_writes_as(100, "100");
    assert_writes_as(1e15, "1000000000000000");
    assert_writes_as(9999999999999998.0, "9999999999999998");
    assert_writes_as(123456.789, "123456.789");
    assert_writes_as(0.1 + 0.2, "0.30000000000000004");
}

static void test_write_has_an_exponent_beyond(void **state)
{
    (void)state;
    assert_writes_as(0.00001, "1e-5");
    assert_writes_as(1e-8, "1e-8");
    assert_writes_as(-1.25e-10, "-1.25e-10");
    assert_writes_as(1e16, "1e16");
    assert_writes_as(1.5e20, "1.5e20");
    assert_writes_as(1e100, "1e100");
    assert_writes_as(123456789012345680.0, "1.2345678901234568e17");
}

static void test_write_is_right_at_the_ends_of_the_range(void **state)
{
    (void)state;
    assert_writes_as(DBL_MAX, "1.7976931348623157e308");
    assert_writes_as(-DBL_MIN, "-2.2250738585072014e-308"); /* as long as any */
    assert_int_equal(strlen("-2.2250738585072014e-308") + 1, GLIA__NUMBER_SIZE);
    assert_writes_as(0x1p-1074, "5e-324");
    assert_writes_as(0x2p-1074, "1e-323");
    assert_writes_as(0x3p-1074, "1.5e-323");
}

/* Below a power of two the doubles lie twice as close, so the nearest 16 digits do not read back, but others do. */
static void test_write_is_shortest_at_powers_of_2(void **state)
{
    (void)state;
    assert_writes_as(0x1p-44, "5.684341886080802e-14");
    assert_writes_as(0x1p-24, "5.960464477539063e-8");
    assert_writes_as(0x1p89, "6.189700196426902e26");
}

/* 1350554947671947.75 lies as near to ...47.7 as to ...47.8, and both read back. */
static void test_write_takes_the_even_digit_of_two_as_near(void **state)
{
    (void)state;
    assert_writes_as(1350554947671947.75, "1350554947671947.8");
    assert_writes_as(1350554947671947.25, "1350554947671947.2");
    assert_writes_as(0x1.8p-23, "1.7881393432617188e-7");
}

static void test_write_names_what_is_no_number(void **state)
{
    (void)state;
    assert_writes_as((double)INFINITY, "inf");
    assert_writes_as(-(double)INFINITY, "-inf");
    assert_writes_as((double)NAN, "nan");
    assert_writes_as(copysign((double)NAN, -1), "nan");
}

/* A random finite double: half of them any bits, half of moderate size with few digits. */
static double random_double(int index)
{
    static const double units[] = {1, 10, 100, 1000, 1e6, 1e9, 1e-3, 1e-20};
    uint64_t random = draw(4, index);
    if (index % 2 == 0)
        return (double)(int64_t)(random >> 44) / units[random % 8];
    double value = from_bits(random);
    return value - value == 0 ? value : from_bits(random & ~((uint64_t)1 << 62));
}

static void test_written_numbers_read_back_the_same(void **state)
{
    (void)state;
    char text[GLIA__NUMBER_SIZE];
    print_message("seed %d\n", SEED);
    for (int i = 0; i < 100000; i++) {
        double value = random_double(i);
        glia__number_write(text, value);
        assert_reads_as(text, value);
    }
    for (int field = 0; field < 2047; field++) /* every power of two, and the neighbours of each */
        for (int offset = -1; offset <= 1; offset++) {
            double value = from_bits(((uint64_t)field << 52) + (uint64_t)(field > 0 ? offset : 1));
            glia__number_write(text, value);
            assert_reads_as(text, value);
        }
}

/* The digits of a number without sign, point, exponent and zeros at either end. */
static int significant_digits(char digits[LONGEST], const char *text)
{
    int count = 0;
    for (; *text != 0 && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    while (count > 0 && digits[count - 1] == '0')
        count--;
    digits[count] = 0;
    return count;
}

/* The C library rounds to one digit fewer: another number. To as many: the same digits, if that reads back at all. */
static void test_written_numbers_are_the_shortest_and_nearest(void **state)
{
    (void)state;
    print_message("seed %d\n", SEED);
    for (int i = 0; i < 20000; i++) {
        char text[GLIA__NUMBER_SIZE];
        char ours[LONGEST];
        char theirs[LONGEST];
        char rounded[LONGEST];
        double value = random_double(i);
        if (value == 0)
            continue;
        glia__number_write(text, value);
        int count = significant_digits(ours, text);
        if (count > 1) {
            snprintf(rounded, sizeof rounded, "%.*e", count - 2, value);
            assert_true(strtod(rounded, NULL) != value);
        }
        snprintf(rounded, sizeof rounded, "%.*e", count - 1, value);
        significant_digits(theirs, rounded);
        if (strtod(rounded, NULL) == value)
            assert_string_equal(ours, theirs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read_takes_the_forms_of_a_number),
        cmocka_unit_test(test_read_takes_no_more_than_the_number),
        cmocka_unit_test(test_read_refuses_what_is_no_number),
        cmocka_unit_test(test_read_stays_within_the_length),
        cmocka_unit_test(test_read_rounds_hard_cases_right),
        cmocka_unit_test(test_read_is_right_at_the_ends_of_the_range),
        cmocka_unit_test(test_read_takes_digits_without_end),
        cmocka_unit_test(test_read_rounds_halfway_to_even),
        cmocka_unit_test(test_read_agrees_with_strtod),
        cmocka_unit_test(test_write_is_plain_from_a_ten_thousandth_to_1e16),
        cmocka_unit_test(test_write_has_an_exponent_beyond),
        cmocka_unit_test(test_write_is_right_at_the_ends_of_the_range),
        cmocka_unit_test(test_write_is_shortest_at_powers_of_2),
        cmocka_unit_test(test_write_takes_the_even_digit_of_two_as_near),
        cmocka_unit_test(test_write_names_what_is_no_number),
        cmocka_unit_test(test_written_numbers_read_back_the_same),
        cmocka_unit_test(test_written_numbers_are_the_shortest_and_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
