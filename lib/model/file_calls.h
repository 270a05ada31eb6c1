/* SPDX-License-Identifier: MIT */
/* What saving and loading ask of the system, a call each: the one place to change for another system, and the seam at
 * which tests let every call fail. They answer as POSIX has it: -1, and errno, for a failure. */
#ifndef GLIA_MODEL_FILE_CALLS_H
#define GLIA_MODEL_FILE_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/status.h"

typedef struct glia__file_calls {
    int (*look)(const char *path, struct stat *about);
    ssize_t (*read_link)(const char *path, char *target, size_t size);
    int (*create)(const char *path, mode_t mode); /* for writing, and only if it is new */
    int (*open)(const char *path);                /* for reading, without waiting for a writer; a folder too */
    int (*look_at_open)(int file, struct stat *about);
    int (*set_mode)(int file, mode_t mode);
    ssize_t (*write)(int file, const void *bytes, size_t size);
    ssize_t (*read)(int file, void *bytes, size_t size, off_t begin);
    int (*flush)(int file); /* to the disk */
    int (*close)(int file);
    int (*rename)(const char *from, const char *to);
    int (*remove)(const char *path);
} glia__file_calls;

extern const glia__file_calls glia__system_files;

/* Whether to try a call again, since a signal came between. Nobody waits for ever: `times` counts up to a limit. */
static inline bool glia__is_interrupted(int *times)
{
    return errno == EINTR && ++*times < 1000;
}

/* How much of a path is the folder, its last separator included. */
size_t glia__folder_length(const char *path);

/* GLIA_ERR_IO: "cannot write: No space left on device". */
glia_status glia__file_fail(const char *what, int error);

#endif
