/* SPDX-License-Identifier: MIT */
/* The rows and cells of a CSV file, by libcsv. It tells no places and passes over empty lines, so it is given the file
 * line by line, and the lines are counted here. */
#include "io/csv_rows.h"

#ifndef GLIA_HAVE_LIBCSV

glia_status glia__csv_rows(const char *path, char delimiter, const glia__csv_visitor *visitor)
{
    (void)delimiter, (void)visitor;
    return glia__io_fail(GLIA_ERR_UNSUPPORTED, "%s: libglia-io was built without libcsv and reads no CSV",
                         glia__shorten_path(path).text);
}

#else

#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "io/grow.h"
#include "io/source.h"

#define CHUNK_SIZE     65536
#define CELL_BYTES_MAX ((size_t)1 << 20) /* a quote left open must not take the rest of a large file into memory */

typedef struct reader {
    const char *path;
    const glia__csv_visitor *visitor;
    struct csv_parser parser;
    glia_status status;
    size_t line;       /* that is being read */
    size_t cell_line;  /* on which the cell begins that is being read */
    size_t cells;      /* of this row, so far */
    size_t cell_bytes; /* of this cell, but for those in the piece that it began in */
    size_t empty_line; /* the first; 0: none so far */
    char last;         /* byte before those that come */
} reader;

static glia__place place_of_cell(const reader *in)
{
    return (glia__place){.line = in->cell_line, .column = in->cells + 1};
}

/* libcsv has read a cell. */
static void take_cell(void *text, size_t length, void *context)
{
    reader *in = context;
    (void)length;
    if (in->status == GLIA_OK && in->empty_line != 0)
        in->status = glia__io_fail_at(in->path, (glia__place){in->empty_line, 1}, "an empty line; remove it");
    if (in->status == GLIA_OK)
        in->status = in->visitor->cell(in->visitor->context, place_of_cell(in), text);
    in->cells++;
    in->cell_bytes = 0;
    in->cell_line = in->line;
}

/* libcsv has met the end of a line outside of quotes. CRLF is two such ends, the second after no cell. */
static void take_line_end(int end, void *context)
{
    reader *in = context;
    (void)end;
    bool is_second_end = in->cell_line > in->line;
    if (in->cells == 0 && in->empty_line == 0 && !is_second_end)
        in->empty_line = in->line;
    if (in->cells > 0 && in->status == GLIA_OK)
        in->status = in->visitor->row_end(in->visitor->context, place_of_cell(in));
    in->cells = 0;
    in->cell_bytes = 0;
    in->cell_line = in->line + 1;
}

static glia_status fail_parse(reader *in)
{
    if (csv_error(&in->parser) != CSV_EPARSE)
        return glia__io_fail_nomem();
    return glia__io_fail_at(in->path, place_of_cell(in),
                            "a quote that neither begins nor ends the cell; put the cell in quotes and double those in "
                            "it, as \"5\"\" disk\"");
}

/* Read bytes of one line, the last of which may be its end. */
static glia_status parse(reader *in, const char *bytes, size_t size)
{
    if (in->last == '\r' && *bytes != '\n')
        in->line++;
    in->cell_bytes += size;
    size_t parsed = csv_parse(&in->parser, bytes, size, take_cell, take_line_end, in);
    in->last = bytes[size - 1];
    if (in->last == '\n')
        in->line++;

    if (in->status == GLIA_OK && parsed != size)
        return fail_parse(in);
    if (in->status == GLIA_OK && in->cell_bytes > CELL_BYTES_MAX)
        return glia__io_fail_at(in->path, place_of_cell(in), "a cell of more than 1 MiB; is a closing quote missing?");
    return in->status;
}

/* How many of the bytes belong together: up to the first end of a line, or before a zero byte. */
static size_t piece_size(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\n' || bytes[i] == '\r')
            return i + 1;
        if (bytes[i] == '\0')
            return i;
    }
    return size;
}

static glia_status parse_chunk(reader *in, const char *bytes, size_t size)
{
    glia_status status = GLIA_OK;
    while (size > 0 && status == GLIA_OK) {
        size_t piece = piece_size(bytes, size);
        if (piece == 0)
            return glia__io_fail_at(in->path, place_of_cell(in),
                                    "a zero byte; this is no CSV file, which is UTF-8 text");
        status = parse(in, bytes, piece);
        bytes += piece;
        size -= piece;
    }
    return status;
}

/* The end of the file: a last line without end is a row too. */
static glia_status finish(reader *in)
{
    int answer = csv_fini(&in->parser, take_cell, take_line_end, in);
    if (in->status == GLIA_OK && answer != 0)
        return glia__io_fail_at(in->path, place_of_cell(in), "the closing quote of this cell is missing");
    return in->status;
}

static glia_status read_all(reader *in, glia__source *source, char *chunk)
{
    static const char byte_order_mark[] = {'\xEF', '\xBB', '\xBF'};
    bool is_first = true;
    size_t count = CHUNK_SIZE;
    while (count == CHUNK_SIZE) {
        glia_status status = glia__source_read(source, chunk, CHUNK_SIZE, &count);
        if (status != GLIA_OK)
            return status;
        bool has_mark =
            is_first && count >= sizeof byte_order_mark && memcmp(chunk, byte_order_mark, sizeof byte_order_mark) == 0;
        size_t skipped = has_mark ? sizeof byte_order_mark : 0;
        status = parse_chunk(in, chunk + skipped, count - skipped);
        if (status != GLIA_OK)
            return status;
        is_first = false;
    }
    return finish(in);
}

glia_status glia__csv_rows(const char *path, char delimiter, const glia__csv_visitor *visitor)
{
    glia__source *source = NULL;
    char *chunk = NULL;
    reader in = {.path = path, .visitor = visitor, .line = 1, .cell_line = 1};
    csv_init(&in.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL);
    csv_set_delim(&in.parser, (unsigned char)delimiter);

    glia_status status = glia__source_open(&source, path);
    if (status != GLIA_OK)
        goto cleanup;
    chunk = glia__io_allocate(CHUNK_SIZE, 1);
    status = chunk == NULL ? glia__io_fail_nomem() : read_all(&in, source, chunk);

cleanup:
    csv_free(&in.parser);
    free(chunk);
    glia__source_close(source);
    return status;
}

#endif
