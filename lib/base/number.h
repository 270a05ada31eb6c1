/* SPDX-License-Identifier: MIT */
/* Decimal numbers in texts, read and written exactly and whatever the locale. */
#ifndef GLIA_BASE_NUMBER_H
#define GLIA_BASE_NUMBER_H

#include <stddef.h>

/* Room for the longest number and its 0: "-2.2250738585072014e-308". */
#define GLIA__NUMBER_SIZE 25

/* Read the number that `text` begins with: an optional sign, digits with at most one '.' among, before or after them,
 * and an optional exponent; neither white space nor infinity, NaN or hexadecimal digits. The result is the nearest
 * double, ties to even, however many digits there are; too large a number becomes infinity.
 * Answers how many characters belong to the number (an 'e' without digits does not); 0: none, *value is as before. */
size_t glia__number_read(double *value, const char *text, size_t length);

/* Write the shortest decimal that reads back as `value`, and of those the nearest to it: "784", "0.001", "1e-8",
 * "1.5e20". Plain from 0.0001 up to 1e16, else with an exponent. "nan", "inf" and "-inf", which are for messages, do
 * not read back. Answers the length without the closing 0. */
size_t glia__number_write(char buffer[GLIA__NUMBER_SIZE], double value);

#endif
