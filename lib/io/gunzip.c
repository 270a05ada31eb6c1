/* SPDX-License-Identifier: MIT */
/* Unpacking gzip, piece by piece, by zlib's inflate: its gzread() would be shorter to use, but passes silently over
 * what follows the packed data, and the file is read without zlib too. */
#include "io/gunzip.h"

#ifndef GLIA_HAVE_ZLIB

glia_status glia__gunzip_create(glia__gunzip **gunzip)
{
    (void)gunzip;
    return GLIA_ERR_UNSUPPORTED;
}

glia__gunzip_state glia__gunzip_run(glia__gunzip *gunzip, glia__gunzip_step *step)
{
    (void)gunzip, (void)step;
    return GLIA__GUNZIP_DAMAGED;
}

void glia__gunzip_destroy(glia__gunzip *gunzip)
{
    (void)gunzip;
}

#else

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#define ZLIB_CONST /* input is not written to */
#include <zlib.h>

#include "io/grow.h"
#include "io/io_status.h"

struct glia__gunzip {
    z_stream stream;
    bool is_at_end; /* of a member */
};

#define GZIP_ONLY (16 + MAX_WBITS) /* of inflateInit2(): header and checksum of gzip, the largest window */

glia_status glia__gunzip_create(glia__gunzip **gunzip)
{
    glia__gunzip *made = glia__io_allocate(1, sizeof *made);
    if (made == NULL)
        return glia__io_fail_nomem();
    *made = (glia__gunzip){0};
    if (inflateInit2(&made->stream, GZIP_ONLY) != Z_OK) {
        free(made);
        return glia__io_fail_nomem();
    }
    *gunzip = made;
    return GLIA_OK;
}

static unsigned limited(size_t size)
{
    return size <= UINT_MAX ? (unsigned)size : UINT_MAX;
}

glia__gunzip_state glia__gunzip_run(glia__gunzip *gunzip, glia__gunzip_step *step)
{
    z_stream *stream = &gunzip->stream;
    if (gunzip->is_at_end)
        inflateReset(stream);
    unsigned input_size = limited(step->input_size), output_size = limited(step->output_size);
    stream->next_in = step->input;
    stream->avail_in = input_size;
    stream->next_out = step->output;
    stream->avail_out = output_size;
    int answer = inflate(stream, Z_NO_FLUSH);

    step->input += input_size - stream->avail_in;
    step->input_size -= input_size - stream->avail_in;
    step->output += output_size - stream->avail_out;
    step->output_size -= output_size - stream->avail_out;
    gunzip->is_at_end = answer == Z_STREAM_END;
    if (answer == Z_STREAM_END)
        return GLIA__GUNZIP_END;
    if (answer == Z_MEM_ERROR)
        return GLIA__GUNZIP_NOMEM;
    return answer == Z_OK || answer == Z_BUF_ERROR ? GLIA__GUNZIP_MORE : GLIA__GUNZIP_DAMAGED;
}

void glia__gunzip_destroy(glia__gunzip *gunzip)
{
    if (gunzip == NULL)
        return;
    inflateEnd(&gunzip->stream);
    free(gunzip);
}

#endif
