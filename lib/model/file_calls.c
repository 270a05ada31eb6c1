/* SPDX-License-Identifier: MIT */
/* The calls on files, of POSIX. */
#include "model/file_calls.h"

#if !defined _WIN32

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

glia_status glia__file_fail(const char *what, int error)
{
    char why[96] = "";
    if (strerror_r(error, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", error);
    return glia__fail(GLIA_ERR_IO, "cannot %s: %s", what, why);
}

size_t glia__folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash + 1 - path);
}

/* Open a file under a number that is not a standard stream's. Where those are closed, the system gives their numbers to
 * the next files, and what anybody prints would go into the model. A file that gets such a number keeps it only until
 * another has a higher one; a new one is made anew, since something may be in it already. */
static int open_above_standard(const char *path, int flags, mode_t mode)
{
    int file = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
    if (file < 0 || file > STDERR_FILENO)
        return file;
    if ((flags & O_CREAT) != 0)
        unlink(path);
    int higher = open_above_standard(path, flags, mode);
    int error = errno;
    close(file);
    errno = error;
    return higher;
}

static int create_file(const char *path, mode_t mode)
{
    return open_above_standard(path, O_WRONLY | O_CREAT | O_EXCL, mode);
}

static int open_file(const char *path)
{
    return open_above_standard(path, O_RDONLY | O_NONBLOCK, 0);
}

const glia__file_calls glia__system_files = {
    .look = stat,
    .read_link = readlink,
    .create = create_file,
    .open = open_file,
    .look_at_open = fstat,
    .set_mode = fchmod,
    .write = write,
    .read = pread,
    .flush = fsync,
    .close = close,
    .rename = rename,
    .remove = unlink,
};

#endif
