/* SPDX-License-Identifier: MIT */
/* Writing a file so that there is always the old one or the new one, whole: a temporary file in the same folder,
 * flushed to disk and renamed, and then the folder flushed. */
#include "io/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glia/io.h>

#include "io/grow.h"
#include "io/io_status.h"

#define ATTEMPTS_MAX 1000 /* names that killed programs may have left behind */
#define LINKS_MAX    40   /* followed; more are a circle */

/* Whether something is there that is no regular file: renaming onto it would destroy a pipe or a device. */
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

/* How much of a path is the folder, its last slash included. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (int)(slash + 1 - path);
}

/* Find the file itself, so that a link stays a link: where links lead to, though there may be nothing yet. 0, or
 * errno. */
static int resolve(glia__replacement *replacement)
{
    char *path = replacement->path, *target = replacement->temporary; /* which has no name yet */
    if (snprintf(path, PATH_MAX, "%s", replacement->name) >= PATH_MAX)
        return ENAMETOOLONG;
    for (int links = 0; links < LINKS_MAX; links++) {
        ssize_t length = readlink(path, target, PATH_MAX - 1);
        if (length < 0)
            return errno == EINVAL || errno == ENOENT ? 0 : errno; /* it is no link; there is nothing */
        target[length] = '\0';
        int kept = target[0] == '/' ? 0 : folder_length(path);
        if (snprintf(path + kept, (size_t)(PATH_MAX - kept), "%s", target) >= PATH_MAX - kept)
            return ENAMETOOLONG;
    }
    return ELOOP;
}

/* Create a file under a number that is not a standard stream's: where those are closed, what others print would go into
 * it. The file that gets such a number keeps it until another has a higher one. */
static FILE *create_above_standard(const char *path)
{
    FILE *file = fopen(path, "wbxe"); /* x: only if it is new; e: closed by exec() */
    if (file == NULL || fileno(file) > STDERR_FILENO)
        return file;
    unlink(path);
    FILE *higher = create_above_standard(path);
    int error = errno;
    (void)fclose(file);
    errno = error;
    return higher;
}

/* Create a file in the folder of `path` that nobody else has; NULL and errno if that cannot be. */
static FILE *create_beside(char temporary[PATH_MAX], const char *path)
{
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        int length =
            snprintf(temporary, PATH_MAX, "%.*s.glia-%ld-%d.tmp", folder_length(path), path, (long)getpid(), attempt);
        if (length >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        FILE *file = create_above_standard(temporary);
        if (file != NULL || errno != EEXIST)
            return file;
    }
    return NULL;
}

/* The permissions of the file that is replaced; a file system without modes refuses, and has none to lose. */
static void keep_permissions(FILE *file, const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        (void)fchmod(fileno(file), old.st_mode & 0777);
}

static FILE *open_temporary(glia__replacement *replacement)
{
    int error = resolve(replacement);
    if (error != 0) {
        errno = error;
        return NULL;
    }
    FILE *file = create_beside(replacement->temporary, replacement->path);
    if (file != NULL)
        keep_permissions(file, replacement->path);
    return file;
}

glia_status glia__replacement_begin(glia__replacement **replacement, const char *path)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    glia__replacement *begun = glia__io_allocate(1, sizeof *begun);
    if (begun == NULL)
        return glia__io_fail_nomem();
    *begun = (glia__replacement){.name = is_standard ? "standard output" : path};
    if (is_standard)
        begun->file = stdout;
    else
        begun->file = is_special(path) ? fopen(path, "wbe") : open_temporary(begun);
    if (begun->file == NULL) {
        glia_status status = glia__io_fail_system(begun->name, "write", errno);
        free(begun);
        return status;
    }
    *replacement = begun;
    return GLIA_OK;
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
    glia_status status = error == 0 ? GLIA_OK : glia__io_fail_system(replacement->name, "write", error);
    free(replacement);
    return status;
}

glia_status glia_file_write(const char *path, const void *bytes, size_t size)
{
    if (bytes == NULL && size > 0)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_file_write: bytes must not be NULL");
    if (size > PTRDIFF_MAX)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_file_write: size is more than memory can hold in one piece");
    glia__replacement *replacement = NULL;
    glia_status status = glia__replacement_begin(&replacement, path);
    if (status != GLIA_OK)
        return status;
    if (size > 0 && fwrite(bytes, 1, size, replacement->file) < size)
        replacement->error = errno;
    return glia__replacement_finish(replacement);
}
