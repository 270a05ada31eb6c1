/* SPDX-License-Identifier: MIT */
/* Files packed by gzip; see gzip_file.h. */
#include "gzip_file.h"

#include <zlib.h>

io_path io_write_gzip(const char *name, const void *bytes, size_t size)
{
    io_path path = io_path_of(name);
    gzFile file = gzopen(path.text, "wb");
    assert_non_null(file);
    if (size > 0)
        assert_int_equal(gzwrite(file, bytes, (unsigned)size), (int)size);
    assert_int_equal(gzclose(file), Z_OK);
    return path;
}
