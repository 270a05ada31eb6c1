/* SPDX-License-Identifier: MIT */
/* The bytes of a file, plain or gzip by its content. Nothing is sought, so that pipes will do. */
#include "io/source.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "io/file_system.h"
#include "io/grow.h"
#include "io/gunzip.h"
#include "io/io_status.h"

#define BUFFER_SIZE 65536

struct glia__source {
    const char *path;
    int file;
    glia__gunzip *gunzip; /* NULL: the file is plain */
    bool is_in_member;    /* of gzip data, whose end is still to come */
    bool is_at_end;       /* nothing is left to be read into the buffer */
    size_t begin, end;    /* what is in the buffer */
    unsigned char buffer[BUFFER_SIZE];
};

/* Read on until the buffer holds at least `wanted` bytes or the file ends. The buffer must be empty before, or begin at
 * its start. */
static glia_status fill(glia__source *source, size_t wanted)
{
    int times = 0;
    if (source->begin == source->end)
        source->begin = source->end = 0;
    while (source->end - source->begin < wanted && !source->is_at_end) {
        ptrdiff_t count = glia__io_read(source->file, source->buffer + source->end, BUFFER_SIZE - source->end);
        if (count < 0 && glia__io_is_interrupted(&times))
            continue;
        if (count < 0)
            return glia__io_fail_system(source->path, "read", errno);
        source->end += (size_t)count;
        source->is_at_end = count == 0;
    }
    return GLIA_OK;
}

static glia_status recognise_gzip(glia__source *source)
{
    static const unsigned char magic[] = {0x1F, 0x8B};
    glia_status status = fill(source, sizeof magic);
    if (status != GLIA_OK || source->end < sizeof magic || memcmp(source->buffer, magic, sizeof magic) != 0)
        return status;
    status = glia__gunzip_create(&source->gunzip);
    if (status == GLIA_ERR_UNSUPPORTED)
        return glia__io_fail(status, "%s: this is gzip, and libglia-io was built without zlib; unpack it with gunzip",
                             glia__shorten_path(source->path).text);
    source->is_in_member = true;
    return status;
}

glia_status glia__source_open(glia__source **source, const char *path)
{
    glia__source *opened = glia__io_allocate(1, sizeof *opened);
    if (opened == NULL)
        return glia__io_fail_nomem();
    memset(opened, 0, offsetof(glia__source, buffer));
    opened->path = path;
    int times = 0;
    do
        opened->file = glia__io_open(path);
    while (opened->file < 0 && glia__io_is_interrupted(&times));
    glia_status status = opened->file < 0 ? glia__io_fail_system(path, "open", errno) : recognise_gzip(opened);
    if (status != GLIA_OK) {
        glia__source_close(opened);
        return status;
    }
    *source = opened;
    return GLIA_OK;
}

static size_t take(glia__source *source, unsigned char *bytes, size_t size)
{
    size_t count = source->end - source->begin < size ? source->end - source->begin : size;
    memcpy(bytes, source->buffer + source->begin, count);
    source->begin += count;
    return count;
}

static glia_status unpack(glia__source *source, glia__gunzip_step *step)
{
    size_t available = step->input_size;
    glia__gunzip_state state = glia__gunzip_run(source->gunzip, step);
    source->begin += available - step->input_size;
    source->is_in_member = state != GLIA__GUNZIP_END;
    if (state == GLIA__GUNZIP_NOMEM)
        return glia__io_fail_nomem();
    if (state == GLIA__GUNZIP_DAMAGED)
        return glia__io_fail_format(source->path, "the gzip data are damaged; copy or download the file again");
    return GLIA_OK;
}

static glia_status read_gzip(glia__source *source, unsigned char *bytes, size_t size, size_t *count)
{
    glia__gunzip_step step = {.output = bytes, .output_size = size};
    glia_status status = GLIA_OK;
    while (step.output_size > 0 && status == GLIA_OK) {
        status = fill(source, 1);
        if (status != GLIA_OK)
            return status;
        if (source->begin == source->end && !source->is_in_member)
            break;
        if (source->begin == source->end)
            return glia__io_fail_format(source->path, "the gzip data are cut off; copy or download the file again");
        step.input = source->buffer + source->begin;
        step.input_size = source->end - source->begin;
        status = unpack(source, &step);
    }
    *count = size - step.output_size;
    return status;
}

static glia_status read_plain(glia__source *source, unsigned char *bytes, size_t size, size_t *count)
{
    *count = 0;
    while (*count < size) {
        glia_status status = fill(source, 1);
        if (status != GLIA_OK)
            return status;
        if (source->begin == source->end)
            break;
        *count += take(source, bytes + *count, size - *count);
    }
    return GLIA_OK;
}

glia_status glia__source_read(glia__source *source, void *bytes, size_t size, size_t *count)
{
    return source->gunzip != NULL ? read_gzip(source, bytes, size, count) : read_plain(source, bytes, size, count);
}

void glia__source_close(glia__source *source)
{
    if (source == NULL)
        return;
    if (source->file >= 0)
        glia__io_close(source->file);
    glia__gunzip_destroy(source->gunzip);
    free(source);
}
