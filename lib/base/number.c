/* SPDX-License-Identifier: MIT */
/* Decimal to double and back, exact by whole numbers of many words: slow where that is needed, right always. */
#include "base/number.h"

#include <assert.h>
#include <float.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/big_integer.h"

/* A double is f 2^e: f has 53 bits (fewer where it is subnormal), e is at least MIN_EXPONENT. */
#define FRACTION_BITS 53
#define MIN_EXPONENT  (-1074)
#define HIDDEN_BIT    ((uint64_t)1 << (FRACTION_BITS - 1))
#define FIELD_MAX     0x7FF

/* No number midway between two doubles has more significant digits than 767: what comes after 768 only matters as being
 * there or not. */
#define DIGITS_KEPT 768

/* Digits of the double that needs most of them. */
#define DIGITS_WRITTEN 17

/* ---- reading ---- */

/* 0.d1 d2 ... d_count times 10^point, where neither d1 nor d_count is 0; 0 has no digits. */
typedef struct decimal {
    const char *digits; /* at d1; a '.' may stand among them */
    size_t count;
    int64_t point;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits and '.' that `text` begins with. Answers how many characters they are; 0: no digit among them. */
static size_t scan_digits(decimal *number, const char *text, size_t length)
{
    bool has_digit = false;
    bool has_point = false;
    size_t position = 0; /* digits since the first that is not 0, it included */
    size_t i = 0;

    *number = (decimal){NULL, 0, 0};
    for (; i < length; i++) {
        if (text[i] == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (!is_digit(text[i]))
            break;
        has_digit = true;
        if (number->digits == NULL && text[i] != '0')
            number->digits = text + i;
        bool is_leading_zero = number->digits == NULL;
        if (!is_leading_zero)
            position++;
        if (text[i] != '0')
            number->count = position;
        if (has_point == is_leading_zero)
            number->point += has_point ? -1 : 1;
    }
    return has_digit ? i : 0;
}

/* An exponent such as "e-7". Answers how many characters it takes; 0: there is none. */
static size_t scan_exponent(int64_t *exponent, const char *text, size_t length)
{
    const int64_t enough = 100000000000000000; /* beyond every text that fits into memory, with room to add */
    size_t i = 0;
    bool is_negative = false;

    *exponent = 0;
    if (length == 0 || (text[i] != 'e' && text[i] != 'E'))
        return 0;
    i++;
    if (i < length && (text[i] == '+' || text[i] == '-'))
        is_negative = text[i++] == '-';
    size_t first = i;
    for (; i < length && is_digit(text[i]); i++)
        if (*exponent < enough)
            *exponent = *exponent * 10 + (text[i] - '0');
    if (is_negative)
        *exponent = -*exponent;
    return i > first ? i : 0;
}

/* The next `count` digits from *p on as a number. */
static uint64_t take_digits(const char **p, size_t count)
{
    uint64_t value = 0;
    for (; count > 0; ++*p) {
        if (**p == '.')
            continue;
        value = value * 10 + (uint64_t)(**p - '0');
        count--;
    }
    return value;
}

/* The digits of `number`, as a whole number; those beyond DIGITS_KEPT as one 1. Answers how many were taken. */
static int take_all_digits(glia__big *value, const decimal *number)
{
    static const uint32_t ten_to[10] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
    const char *p = number->digits;
    size_t kept = number->count < DIGITS_KEPT ? number->count : DIGITS_KEPT;

    glia__big_set(value, 0);
    for (size_t left = kept; left > 0;) {
        size_t chunk = left < 9 ? left : 9;
        glia__big_multiply_add(value, ten_to[chunk], (uint32_t)take_digits(&p, chunk));
        left -= chunk;
    }
    if (kept < number->count) {
        glia__big_multiply_add(value, 10, 1);
        kept++;
    }
    return (int)kept;
}

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The double nearest to a / b 2^exponent, by long division in base 2. Uses up a and b. */
static double nearest_double(glia__big *a, glia__big *b, int exponent)
{
    int shift = glia__big_bits(a) - glia__big_bits(b);
    glia__big_shift_left(a, shift < 0 ? -shift : 0);
    glia__big_shift_left(b, shift > 0 ? shift : 0);
    if (glia__big_compare(a, b) < 0) {
        glia__big_shift_left(a, 1);
        shift--;
    }
    exponent += shift; /* now 1 <= a / b < 2 */
    if (exponent >= DBL_MAX_EXP)
        return from_bits((uint64_t)FIELD_MAX << (FRACTION_BITS - 1));

    int bits = exponent - MIN_EXPONENT + 1;
    if (bits < 0)
        return 0;
    if (bits > FRACTION_BITS)
        bits = FRACTION_BITS;
    uint64_t fraction = 0;
    for (int i = 0; i < bits; i++) {
        bool bit = glia__big_compare(a, b) >= 0;
        fraction = fraction << 1 | bit;
        if (bit)
            glia__big_subtract(a, b);
        glia__big_shift_left(a, 1);
    }
    int rest = glia__big_compare(a, b); /* twice what is left against the last bit */
    if (rest > 0 || (rest == 0 && fraction % 2 == 1))
        fraction++;

    /* The hidden bit, or a carry, counts the exponent's field up by one. */
    uint64_t field = bits < FRACTION_BITS ? 0 : (uint64_t)(exponent - FRACTION_BITS + 1 - MIN_EXPONENT);
    return from_bits((field << (FRACTION_BITS - 1)) + fraction);
}

/* The value of `number`: whole digits times or divided by a power of ten, in one rounding where both are exact doubles
 * (Clinger, 1990), otherwise by long division. */
static double decimal_value(const decimal *number)
{
    static const double ten_to[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number->count == 0 || number->point < DBL_MIN_10_EXP - DBL_DIG - 2)
        return 0;
    if (number->point > DBL_MAX_10_EXP + 1)
        return from_bits((uint64_t)FIELD_MAX << (FRACTION_BITS - 1));

    int64_t exponent = number->point - (int64_t)number->count;
    if (number->count <= DBL_DIG + 1 && exponent >= -22 && exponent <= 22) {
        const char *p = number->digits;
        uint64_t digits = take_digits(&p, number->count);
        if (digits <= (uint64_t)1 << FRACTION_BITS)
            return exponent < 0 ? (double)digits / ten_to[-exponent] : (double)digits * ten_to[exponent];
    }

    glia__big a;
    glia__big b;
    int power = (int)number->point - take_all_digits(&a, number);
    glia__big_set(&b, 1);
    glia__big_multiply_power_of_5(power < 0 ? &b : &a, power < 0 ? -power : power);
    return nearest_double(&a, &b, power);
}

size_t glia__number_read(double *value, const char *text, size_t length)
{
    decimal number;
    int64_t exponent;
    size_t sign = length > 0 && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    size_t digits = scan_digits(&number, text + sign, length - sign);
    if (digits == 0)
        return 0;
    size_t used = sign + digits;
    used += scan_exponent(&exponent, text + used, length - used);
    number.point += exponent;

    double magnitude = decimal_value(&number);
    *value = text[0] == '-' ? -magnitude : magnitude;
    return used;
}

/* ---- writing ---- */

/* value = v / unit, and every number between (v - below) / unit and (v + above) / unit reads back as it. */
typedef struct interval {
    glia__big v;
    glia__big below;
    glia__big above;
    glia__big unit;
    bool has_ends; /* the two ends read back, too: a tie goes to the even fraction */
} interval;

/* The interval of fraction 2^exponent. Above is half the distance to the next double; below a power of two the doubles
 * lie twice as close. */
static void set_interval(interval *in, uint64_t fraction, int exponent)
{
    bool is_closer_below = fraction == HIDDEN_BIT && exponent > MIN_EXPONENT;
    int up = exponent > 0 ? exponent : 0;
    int down = exponent < 0 ? -exponent : 0;
    in->has_ends = fraction % 2 == 0;
    glia__big_set(&in->v, fraction);
    glia__big_shift_left(&in->v, up + 2);
    glia__big_set(&in->below, 1);
    glia__big_shift_left(&in->below, up + (is_closer_below ? 0 : 1));
    glia__big_set(&in->above, 1);
    glia__big_shift_left(&in->above, up + 1);
    glia__big_set(&in->unit, 1);
    glia__big_shift_left(&in->unit, down + 2);
}

static bool reaches_down_to_zero(const interval *in)
{
    return glia__big_compare(&in->v, &in->below) < in->has_ends; /* <= with its ends */
}

static bool reaches_up_to_one(const interval *in)
{
    glia__big end = in->v;
    glia__big_add(&end, &in->above);
    return glia__big_compare(&end, &in->unit) > -in->has_ends; /* >= with its ends */
}

static void multiply_by_power_of_10(glia__big *a, int exponent)
{
    glia__big_multiply_power_of_5(a, exponent);
    glia__big_shift_left(a, exponent);
}

/* Divide by the smallest power of ten that leaves the whole interval below 1. Answers the power. */
static int scale_below_one(interval *in)
{
    /* 2^low <= value, so the power is at least low log10(2), cut towards 0; the loop adds what is missing. */
    int low = glia__big_bits(&in->v) - glia__big_bits(&in->unit);
    int power = low * 30103 / 100000;
    int up = power > 0 ? power : 0;
    int down = power < 0 ? -power : 0;
    multiply_by_power_of_10(&in->unit, up);
    multiply_by_power_of_10(&in->v, down);
    multiply_by_power_of_10(&in->below, down);
    multiply_by_power_of_10(&in->above, down);
    for (; reaches_up_to_one(in); power++)
        glia__big_multiply_add(&in->unit, 10, 0);
    return power;
}

/* Take the next digit off the interval. */
static int next_digit(interval *in)
{
    int digit = 0;
    glia__big_multiply_add(&in->v, 10, 0);
    glia__big_multiply_add(&in->below, 10, 0);
    glia__big_multiply_add(&in->above, 10, 0);
    for (; glia__big_compare(&in->v, &in->unit) >= 0; digit++)
        glia__big_subtract(&in->v, &in->unit);
    return digit;
}

/* Whether what follows `digit` rounds up, ties to even. Uses up v. */
static bool rounds_up(interval *in, int digit)
{
    glia__big_shift_left(&in->v, 1);
    int order = glia__big_compare(&in->v, &in->unit);
    return order > 0 || (order == 0 && digit % 2 == 1);
}

/* Digits until what is left may as well be 0 or 1 of the last one (Steele and White: How to print floating-point
 * numbers accurately; 1990). Answers how many; the number is 0.d1 d2 ... times 10^*point. */
static int shortest_digits(char digits[DIGITS_WRITTEN], int *point, uint64_t fraction, int exponent)
{
    interval in;
    set_interval(&in, fraction, exponent);
    *point = scale_below_one(&in);

    for (int count = 0;;) {
        int digit = next_digit(&in);
        bool may_end = reaches_down_to_zero(&in);
        bool may_end_above = reaches_up_to_one(&in);
        if (may_end_above && (!may_end || rounds_up(&in, digit)))
            digit++; /* never to 10: the digit before would have ended above */
        assert(count < DIGITS_WRITTEN && digit < 10);
        digits[count++] = (char)('0' + digit);
        if (may_end || may_end_above)
            return count;
    }
}

static char *put(char *p, const char *text, int count)
{
    memcpy(p, text, (size_t)count);
    return p + count;
}

static char *put_zeros(char *p, int count)
{
    for (; count > 0; count--)
        *p++ = '0';
    return p;
}

static char *put_plain(char *p, const char *digits, int count, int point)
{
    if (point >= count)
        return put_zeros(put(p, digits, count), point - count);
    if (point > 0) {
        p = put(put(p, digits, point), ".", 1);
        return put(p, digits + point, count - point);
    }
    p = put_zeros(put(p, "0.", 2), -point);
    return put(p, digits, count);
}

static char *put_with_exponent(char *p, const char *digits, int count, int exponent)
{
    *p++ = digits[0];
    if (count > 1)
        p = put(put(p, ".", 1), digits + 1, count - 1);
    *p++ = 'e';
    if (exponent < 0)
        *p++ = '-';
    int magnitude = exponent < 0 ? -exponent : exponent;
    for (int ten = magnitude >= 100 ? 100 : magnitude >= 10 ? 10 : 1; ten > 0; ten /= 10)
        *p++ = (char)('0' + magnitude / ten % 10);
    return p;
}

static char *put_magnitude(char *p, uint64_t bits)
{
    char digits[DIGITS_WRITTEN];
    int field = (int)(bits >> (FRACTION_BITS - 1));
    uint64_t fraction = bits & (HIDDEN_BIT - 1);
    int point;
    if (field == FIELD_MAX)
        return put(p, fraction == 0 ? "inf" : "nan", 3);
    if (bits == 0)
        return put(p, "0", 1);

    int exponent = MIN_EXPONENT + (field > 0 ? field - 1 : 0);
    int count = shortest_digits(digits, &point, field > 0 ? fraction | HIDDEN_BIT : fraction, exponent);
    bool is_plain = point > -4 && point <= 16;
    return is_plain ? put_plain(p, digits, count, point) : put_with_exponent(p, digits, count, point - 1);
}

size_t glia__number_write(char buffer[GLIA__NUMBER_SIZE], double value)
{
    uint64_t bits;
    char *p = buffer;
    memcpy(&bits, &value, sizeof bits);
    if (bits >> 63 == 1 && value == value) /* a NaN has no sign worth showing */
        *p++ = '-';
    p = put_magnitude(p, bits & (UINT64_MAX >> 1));
    *p = 0;
    return (size_t)(p - buffer);
}
