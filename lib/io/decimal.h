/* SPDX-License-Identifier: MIT */
/* Decimal numbers in data files, read and written exactly and whatever the locale. */
#ifndef GLIA_IO_DECIMAL_H
#define GLIA_IO_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* Room for "-2.2250738585072014e-308" and its 0. */
#define GLIA__DECIMAL_SIZE 25

/* Read a number that is all of `text`: an optional sign, digits with at most one '.' among, before or after them, and
 * an optional exponent. The result is the nearest double; too large a number becomes infinity. False: this is no
 * number. */
bool glia__decimal_read(double *value, const char *text);

/* Write a finite number with as few digits as read back as the same double. */
void glia__decimal_write(char buffer[GLIA__DECIMAL_SIZE], double value);

/* Write a finite number with as few digits as read back as the same float. */
void glia__decimal_write_float(char buffer[GLIA__DECIMAL_SIZE], float value);

#endif
