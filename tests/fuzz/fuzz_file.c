/* SPDX-License-Identifier: MIT */
/* Files for the targets that read files; see fuzz_file.h. */
#include "fuzz/fuzz_file.h"

#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#include "fuzz/target.h"

enum {
    FILES = 2,
    PATH_SIZE = 256
};

static struct {
    int file; /* 0: not there yet */
    char path[PATH_SIZE];
} files[FILES];

static void remove_files(void)
{
    for (size_t i = 0; i < FILES; i++)
        if (files[i].file > 0)
            unlink(files[i].path);
}

/* In memory where the system has such a folder: a disk is a hundred times slower. */
static void make_file(size_t number)
{
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(files[number].path, PATH_SIZE, "%s/glia-fuzz-XXXXXX", folder);
    files[number].file = mkstemp(files[number].path);
    REQUIRE(files[number].file > 0);
}

const char *fuzz_file_write(size_t number, const uint8_t *bytes, size_t size)
{
    REQUIRE(number < FILES);
    if (files[0].file == 0)
        REQUIRE(atexit(remove_files) == 0);
    if (files[number].file == 0)
        make_file(number);
    REQUIRE(pwrite(files[number].file, bytes, size, 0) == (ssize_t)size);
    REQUIRE(ftruncate(files[number].file, (off_t)size) == 0);
    return files[number].path;
}
