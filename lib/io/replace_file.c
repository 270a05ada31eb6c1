/* SPDX-License-Identifier: MIT */
/* Writing a file so that there is always the old one or the new one, whole: a temporary file in the same folder,
 * flushed to disk and renamed, and then the folder flushed. */
#define _XOPEN_SOURCE 700 /* realpath() is not in every POSIX */
#include "io/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glia/io.h>

#include "io/io_status.h"

#define ATTEMPTS_MAX 1000 /* names that killed programs may have left behind */

/* Whether something is there that is no regular file: renaming onto it would destroy a pipe or a device. */
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

/* Where the file itself is, so that a link stays a link, or `path` if there is none yet; false: it is too long. */
static bool resolve(char resolved[PATH_MAX], const char *path)
{
    return realpath(path, resolved) != NULL || snprintf(resolved, PATH_MAX, "%s", path) < PATH_MAX;
}

/* Create a file in the folder of `path` that nobody else has; NULL and errno if that cannot be. */
static FILE *create_beside(char temporary[PATH_MAX], const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder_length = slash == NULL ? 0 : (int)(slash + 1 - path);
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        int length =
            snprintf(temporary, PATH_MAX, "%.*s.glia-%ld-%d.tmp", folder_length, path, (long)getpid(), attempt);
        if (length >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        FILE *file = fopen(temporary, "wbxe"); /* x: only if it is new; e: closed by exec() */
        if (file != NULL || errno != EEXIST)
            return file;
    }
    return NULL;
}

static FILE *open_temporary(glia__replacement *replacement)
{
    if (resolve(replacement->path, replacement->name))
        return create_beside(replacement->temporary, replacement->path);
    errno = ENAMETOOLONG;
    return NULL;
}

glia_status glia__replacement_begin(glia__replacement *replacement, const char *path)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    *replacement = (glia__replacement){.name = is_standard ? "standard output" : path};
    if (is_standard)
        replacement->file = stdout;
    else
        replacement->file = is_special(path) ? fopen(path, "wbe") : open_temporary(replacement);
    return replacement->file != NULL ? GLIA_OK : glia__io_fail_system(replacement->name, "write", errno);
}

/* 0, or the errno of what kept a byte from being written. */
static int flush(const glia__replacement *replacement)
{
    if (replacement->error != 0)
        return replacement->error;
    if (fflush(replacement->file) != 0)
        return errno;
    return ferror(replacement->file) ? EIO : 0;
}

/* The folder's entry is on disk once the folder is; not every file system can, and the file is in place anyhow. */
static void flush_folder(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash != NULL)
        slash[slash == path ? 1 : 0] = '\0';
    int folder = open(slash != NULL ? path : ".", O_RDONLY | O_CLOEXEC);
    if (folder < 0)
        return;
    (void)fsync(folder);
    close(folder);
}

/* 0, or the errno of what kept the file from being put in place. */
static int put_in_place(glia__replacement *replacement)
{
    int error = flush(replacement);
    if (error == 0 && fsync(fileno(replacement->file)) != 0)
        error = errno;
    if (fclose(replacement->file) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(replacement->temporary, replacement->path) != 0)
        error = errno;
    if (error == 0)
        flush_folder(replacement->path);
    else
        unlink(replacement->temporary);
    return error;
}

static int close_special(glia__replacement *replacement)
{
    int error = flush(replacement);
    if (replacement->file != stdout && fclose(replacement->file) != 0 && error == 0)
        error = errno;
    return error;
}

glia_status glia__replacement_finish(glia__replacement *replacement)
{
    bool is_beside = replacement->temporary[0] != '\0';
    int error = is_beside ? put_in_place(replacement) : close_special(replacement);
    return error == 0 ? GLIA_OK : glia__io_fail_system(replacement->name, "write", error);
}

glia_status glia_file_write(const char *path, const void *bytes, size_t size)
{
    if (bytes == NULL && size > 0)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_file_write: bytes must not be NULL");
    glia__replacement replacement;
    glia_status status = glia__replacement_begin(&replacement, path);
    if (status != GLIA_OK)
        return status;
    if (size > 0 && fwrite(bytes, 1, size, replacement.file) < size)
        replacement.error = errno;
    return glia__replacement_finish(&replacement);
}
