/* SPDX-License-Identifier: MIT */
/**
 * @file
 * libglia-io: data sets for glia, from CSV and IDX files and from generators, and files written whole or not at all.
 *
 * A ::glia_data holds rows of inputs, and classes or targets for them, with the names of columns and classes. Errors
 * are ::glia_status values; glia_error_message() says `file:line:column: what is wrong`, where lines are those of the
 * file and columns are counted in cells, both from 1. Nothing depends on the locale, nothing is dropped silently.
 *
 * CSV needs libcsv, gzip needs zlib, and JSON arrays of names need jansson when libglia-io is built; without them those
 * calls answer ::GLIA_ERR_UNSUPPORTED, and without jansson there is no metadata `columns` and `classes`. No call takes
 * more than 32 KiB of stack.
 */
#ifndef GLIA_IO_H
#define GLIA_IO_H

#include <glia/glia.h>
#include <glia/glia64.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A data set. One thread at a time. */
typedef struct glia_data glia_data;

/**
 * Read a CSV file (RFC 4180, UTF-8 with or without byte order mark, plain or gzip).
 *
 * Options are `key=value`, a value with spaces in double quotes (`target="final class"`, a quote in it doubled):
 * - `target=NAME` the column to predict (by number, from 1, in a file without header); without it every column is an
 *   input
 * - `target_type=auto` `classes` or `numbers`; auto: classes if all values are whole numbers or some are no numbers;
 *   numbers with fractions among names are refused, since one misspelt number would make classes of all
 * - `target_optional=no` or `yes`: a target that the file lacks is left out rather than refused
 * - `header=auto` `yes` or `no`; auto: there is one if no cell of the first row is a number
 * - `delimiter=,` one character that is no part of a number, or `tab`
 *
 * Spaces and tabs around a cell are no part of it unless they are quoted. Lines end with LF, CRLF or CR; empty lines
 * may only stand at the end. A number is decimal: `-12`, `.5`, `1e-3`, but neither `nan`, `inf` nor `0x10`.
 *
 * Classes are numbered in ascending order of their names: as numbers if all are whole numbers, else by bytes. Without
 * header the inputs are called x1, x2, ... and the target is called `class` or `target`.
 *
 * @param data     set on success only; destroy it with glia_data_destroy()
 * @param path     the file
 * @param options  the text, or NULL
 *
 * @retval GLIA_ERR_ARGUMENT     a NULL
 * @retval GLIA_ERR_TEXT         the options
 * @retval GLIA_ERR_IO           the system refused
 * @retval GLIA_ERR_FORMAT       a cell that is missing, an input that is no finite number, rows of different lengths,
 *                               no rows, no inputs, no such column, a column without name or one that occurs twice, a
 *                               name that is not UTF-8, a quote out of place, a zero byte, a cell of more than 1 MiB:
 *                               the message says where
 * @retval GLIA_ERR_NOMEM        no memory
 * @retval GLIA_ERR_UNSUPPORTED  built without libcsv, or gzip without zlib
 */
GLIA_API glia_status glia_data_read_csv(glia_data **data, const char *path, const char *options);

/**
 * Read a CSV file for a network that was trained on another: with a header the inputs are taken by name and in the
 * network's order, and other columns are passed over; without header there must be as many inputs. Classes get the
 * network's numbers. All else is as in glia_data_read_csv().
 *
 * @param data     set on success only
 * @param path     the file
 * @param options  the text, or NULL
 * @param columns  the inputs as a JSON array of strings, as in a network's metadata `columns`; NULL: as the file has
 *                 them
 * @param classes  the classes likewise, as in `classes`; NULL: numbered from the file
 *
 * @retval GLIA_ERR_TEXT         also: `target_type=numbers` with classes
 * @retval GLIA_ERR_FORMAT       also: a column is not there, a class is not among `classes`; the arrays
 * @retval GLIA_ERR_UNSUPPORTED  also: an array, built without jansson
 */
GLIA_API glia_status glia_data_read_csv_as(glia_data **data, const char *path, const char *options, const char *columns,
                                           const char *classes);

/**
 * Read IDX files of unsigned bytes, the format of MNIST, plain or gzip. Each byte is divided by 255, which the metadata
 * `scale` records.
 *
 * @param data         set on success only
 * @param images_path  [rows][...]: whatever follows the rows is one row of inputs
 * @param labels_path  [rows] classes, called "0", "1", ... up to the largest; NULL: none
 *
 * @retval GLIA_ERR_ARGUMENT     `data` or `images_path` is NULL
 * @retval GLIA_ERR_IO           the system refused
 * @retval GLIA_ERR_FORMAT       not such a file, shorter or longer than it says, or numbers of rows that differ
 * @retval GLIA_ERR_NOMEM        no memory
 * @retval GLIA_ERR_UNSUPPORTED  gzip, built without zlib
 */
GLIA_API glia_status glia_data_read_idx(glia_data **data, const char *images_path, const char *labels_path);

/** Whether a regular file is IDX, by its content, plain or gzip: 1 or 0; 0 too if it cannot be read. */
GLIA_API int32_t glia_data_is_idx(const char *path);

/**
 * Make a data set.
 *
 * - `moons rows=200 noise=0.2`: two half circles, columns x1, x2, class. Class 0: (cos a, sin a), class 1: (1 - cos a,
 *   0.5 - sin a), a in even steps from 0 to pi; rows / 2 points of class 0, the rest of class 1; rows shuffled; normal
 *   noise of that standard deviation on both coordinates.
 *
 * @param data       set on success only
 * @param generator  its name and settings, which have the defaults above
 * @param seed       same seed, same data
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL
 * @retval GLIA_ERR_TEXT      unknown name or setting, value out of range
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_data_generate(glia_data **data, const char *generator, uint64_t seed);

/**
 * Cut a data set in two, in the order of its rows: the last `fraction` of them (rounded, but neither part empty) go to
 * `second`. Shuffle first if the order means anything.
 *
 * @param first     set on success only; a data set of its own
 * @param second    set on success only; a data set of its own
 * @param data      unchanged
 * @param fraction  above 0, below 1
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, `first` and `second` the same, or the fraction
 * @retval GLIA_ERR_SHAPE     there are fewer than 2 rows
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_data_split(glia_data **first, glia_data **second, const glia_data *data, double fraction);

/**
 * Put the rows into an order that depends on the seed and their number alone. Arrays that were lent show it.
 *
 * @retval GLIA_ERR_ARGUMENT  NULL
 */
GLIA_API glia_status glia_data_shuffle(glia_data *data, uint64_t seed);

/**
 * Lend the arrays as float, converted when first asked for.
 *
 * @param data     the data set; owns the arrays, which stay until destroy
 * @param samples  filled; its struct_size is the caller's; row_weights are NULL
 *
 * @retval GLIA_ERR_ARGUMENT  a NULL, or struct_size
 * @retval GLIA_ERR_FORMAT    a number is too large for a float
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_data_samples(glia_data *data, glia_samples *samples);

/** As glia_data_samples(), as double. */
GLIA_API glia_status glia_data_samples64(glia_data *data, glia64_samples *samples);

/** Rows in the data set; 0 if `data` is NULL. */
GLIA_API size_t glia_data_rows(const glia_data *data);

/** Inputs in a row; 0 if `data` is NULL. */
GLIA_API size_t glia_data_input_size(const glia_data *data);

/** Targets in a row; 0 if there are classes instead, or neither. */
GLIA_API size_t glia_data_target_size(const glia_data *data);

/** How many classes there are names for; 0 if there are none. */
GLIA_API size_t glia_data_class_count(const glia_data *data);

/** The name of a class; lent until destroy. NULL: past the end. */
GLIA_API const char *glia_data_class_name(const glia_data *data, size_t index);

/** The name of a column, inputs first, then the target; lent until destroy. NULL: past the end, or no names (IDX). */
GLIA_API const char *glia_data_column_name(const glia_data *data, size_t index);

/**
 * What a network trained on this data should keep as metadata: `columns` (of the inputs) and `classes` (JSON arrays of
 * names), `target` (a name), `scale` (what inputs were divided by). Lent until destroy. NULL: no such key.
 */
GLIA_API const char *glia_data_metadata(const glia_data *data, const char *key);

/** The key of metadata at an index, to list them; static. NULL: past the end. */
GLIA_API const char *glia_data_metadata_key(const glia_data *data, size_t index);

/**
 * Write a data set as CSV with a header, as glia_file_write() writes. Numbers have the digits that it takes to read the
 * same double (float, for IDX) again; text is quoted where it must be.
 *
 * @param data  the data set
 * @param path  the file; NULL or "-": standard output
 *
 * @retval GLIA_ERR_ARGUMENT  `data` is NULL
 * @retval GLIA_ERR_IO        the system refused
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_data_write_csv(const glia_data *data, const char *path);

/** Free a data set and all that it lent. NULL is fine. */
GLIA_API void glia_data_destroy(glia_data *data);

/**
 * Write a file whole or not at all, in place of the one that is there: under another name in the same folder, flushed
 * to disk and renamed, and the folder flushed. Its permissions stay. A link stays one, and the file that it names is
 * replaced, or made where there is none. What is no regular file (a pipe, a device, standard output) is written to
 * directly.
 *
 * @param path   the file; NULL or "-": standard output
 * @param bytes  what is to be in it; NULL if `size` is 0
 * @param size   how many bytes
 *
 * @retval GLIA_ERR_ARGUMENT  `bytes` is NULL and `size` is not 0, or `size` is more than memory can hold
 * @retval GLIA_ERR_IO        the system refused, and what was there before is there still
 * @retval GLIA_ERR_NOMEM     no memory
 */
GLIA_API glia_status glia_file_write(const char *path, const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif
