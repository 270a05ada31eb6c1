/* SPDX-License-Identifier: MIT */
/* Files packed by gzip, for the tests that read such. */
#ifndef GLIA_IO_GZIP_FILE_H
#define GLIA_IO_GZIP_FILE_H

#include "io_harness.h"

/* As io_write(), packed. */
io_path io_write_gzip(const char *name, const void *bytes, size_t size);

#endif
