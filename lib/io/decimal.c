/* SPDX-License-Identifier: MIT */
/* Decimal numbers in data files. The C library rounds them right, but only if the thread's locale is "C" meanwhile and
 * only where the text is one that we want; short numbers, the most of them, need neither. */
#include "io/decimal.h"

#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a text says, as far as it can be held: +-digits x 10^exponent. */
typedef struct decimal {
    uint64_t digits; /* without leading zeros; no more than fit are kept */
    int digit_count;
    int exponent;
    bool is_negative;
    bool is_short; /* digits and exponent are all there is */
} decimal;

#define DIGITS_KEPT     15 /* 10^15 < 2^53: every such number is a double */
#define EXPONENT_LIMIT  22 /* 10^22 is the largest power of ten that is a double */
#define EXPONENT_DIGITS 4  /* more are not held */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Go over digits. Answers how many there are. */
static size_t scan_digits(decimal *number, const char **at)
{
    const char *begin = *at;
    for (; is_digit(**at); ++*at) {
        if (number->digits == 0 && **at == '0')
            continue;
        if (++number->digit_count <= DIGITS_KEPT)
            number->digits = number->digits * 10 + (uint64_t)(**at - '0');
    }
    return (size_t)(*at - begin);
}

/* Go over "e-12", if it stands here; false if an e has no digits. */
static bool scan_exponent(decimal *number, const char **at)
{
    if (**at != 'e' && **at != 'E')
        return true;
    ++*at;
    bool is_negative = **at == '-';
    if (**at == '-' || **at == '+')
        ++*at;
    const char *begin = *at;
    int exponent = 0;
    for (; is_digit(**at); ++*at)
        if (*at - begin < EXPONENT_DIGITS)
            exponent = exponent * 10 + (**at - '0');
    number->exponent += is_negative ? -exponent : exponent;
    number->is_short = *at - begin <= EXPONENT_DIGITS;
    return *at > begin;
}

/* Check the syntax of `text` and take in what it says. */
static bool scan(decimal *number, const char *text)
{
    *number = (decimal){.is_negative = *text == '-', .is_short = true};
    if (*text == '-' || *text == '+')
        text++;
    size_t count = scan_digits(number, &text);
    size_t fraction_count = 0;
    if (*text == '.') {
        text++;
        fraction_count = scan_digits(number, &text);
    }
    if (count + fraction_count == 0 || !scan_exponent(number, &text) || *text != '\0')
        return false;
    if (fraction_count > EXPONENT_LIMIT || number->digit_count > DIGITS_KEPT)
        number->is_short = false;
    else
        number->exponent -= (int)fraction_count;
    return true;
}

/* Digits and power of ten are doubles, so that one rounding gives the nearest double to the result (Clinger: How to
 * read floating point numbers accurately; 1990). */
static bool convert_short(double *value, const decimal *number)
{
    static const double powers[EXPONENT_LIMIT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (!number->is_short || number->exponent < -EXPONENT_LIMIT || number->exponent > EXPONENT_LIMIT)
        return false;
    double digits = (double)number->digits;
    double magnitude = number->exponent < 0 ? digits / powers[-number->exponent] : digits * powers[number->exponent];
    *value = number->is_negative ? -magnitude : magnitude;
    return true;
}

#if defined _WIN32

/* There are no locales of a thread alone: what the C library has written gets a point afterwards, and what it is to
 * read gets what the locale has for one. */
typedef const char *plain_locale;

static plain_locale enter_plain_locale(void)
{
    return localeconv()->decimal_point;
}

static void leave_plain_locale(plain_locale point, char *written)
{
    char *found = strcmp(point, ".") == 0 ? NULL : strstr(written, point);
    if (found != NULL) {
        size_t length = strlen(point);
        memmove(found + 1, found + length, strlen(found + length) + 1);
        *found = '.';
    }
}

static bool convert_long(double *value, const char *text)
{
    const char *point = localeconv()->decimal_point, *dot = strchr(text, '.');
    if (dot == NULL || strcmp(point, ".") == 0) {
        *value = strtod(text, NULL);
        return true;
    }
    size_t before = (size_t)(dot - text), length = strlen(point), behind = strlen(dot + 1) + 1;
    char *translated = malloc(before + length + behind);
    if (translated == NULL)
        return false;
    memcpy(translated, text, before);
    memcpy(translated + before, point, length);
    memcpy(translated + before + length, dot + 1, behind);
    *value = strtod(translated, NULL);
    free(translated);
    return true;
}

#else

/* This thread in the locale "C", until leave_plain_locale(). */
typedef struct plain_locale {
    locale_t plain;
    locale_t before;
} plain_locale;

static plain_locale enter_plain_locale(void)
{
    plain_locale scope = {.plain = newlocale(LC_ALL_MASK, "C", (locale_t)0)};
    scope.before = uselocale(scope.plain); /* the present one stays if there was no memory for another */
    return scope;
}

static void leave_plain_locale(plain_locale scope, char *written)
{
    (void)written;
    uselocale(scope.before);
    if (scope.plain != (locale_t)0)
        freelocale(scope.plain);
}

static bool convert_long(double *value, const char *text)
{
    char *end;
    plain_locale scope = enter_plain_locale();
    *value = strtod(text, &end);
    leave_plain_locale(scope, NULL);
    return *end == '\0'; /* always, but where there was no memory for the locale and the point has another sign */
}

#endif

bool glia__decimal_read(double *value, const char *text)
{
    decimal number;
    if (!scan(&number, text))
        return false;
    return convert_short(value, &number) || convert_long(value, text);
}

/* Every double needs no more than 17 digits, and keeps any 15. */
void glia__decimal_write(char buffer[GLIA__DECIMAL_SIZE], double value)
{
    plain_locale scope = enter_plain_locale();
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, GLIA__DECIMAL_SIZE, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    leave_plain_locale(scope, buffer);
}

/* Every float needs no more than 9 digits, and keeps any 6. */
void glia__decimal_write_float(char buffer[GLIA__DECIMAL_SIZE], float value)
{
    plain_locale scope = enter_plain_locale();
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(buffer, GLIA__DECIMAL_SIZE, "%.*g", digits, (double)value);
        if (strtof(buffer, NULL) == value)
            break;
    }
    leave_plain_locale(scope, buffer);
}
