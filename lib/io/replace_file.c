/* SPDX-License-Identifier: MIT */
/* Writing a file so that there is always the old one or the new one, whole: a temporary file in the same folder,
 * flushed to disk and renamed, and then the folder flushed. */
#define _XOPEN_SOURCE 700 /* realpath() is not in every POSIX */
#include "io/replace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/grow.h"
#include "io/io_status.h"

#define ATTEMPTS_MAX 1000

/* Whether something is there that is no regular file: renaming onto it would destroy a pipe or a device. */
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

/* Where the file itself is: a link stays a link. */
static char *resolve(const char *path)
{
    char resolved[PATH_MAX];
    const char *found = realpath(path, resolved) != NULL ? resolved : path;
    return glia__io_copy_text(found, strlen(found));
}

/* Create a file in the folder of replacement->path that nobody else has; -1 and errno if that cannot be. */
static int create_beside(glia__replacement *replacement, size_t size)
{
    const char *slash = strrchr(replacement->path, '/');
    int folder_length = slash == NULL ? 0 : (int)(slash + 1 - replacement->path);
    int file = -1;
    for (int attempt = 0; file < 0 && attempt < ATTEMPTS_MAX; attempt++) {
        snprintf(replacement->temporary, size, "%.*s.glia-%ld-%d.tmp", folder_length, replacement->path, (long)getpid(),
                 attempt);
        file = open(replacement->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    return file;
}

static glia_status open_temporary(glia__replacement *replacement)
{
    size_t size = strlen(replacement->path) + sizeof ".glia--9223372036854775808-1000.tmp";
    replacement->temporary = glia__io_allocate(size, 1);
    if (replacement->temporary == NULL)
        return glia__io_fail_nomem();
    int file = create_beside(replacement, size);
    if (file >= 0)
        replacement->file = fdopen(file, "wb");
    if (replacement->file != NULL)
        return GLIA_OK;
    glia_status status = glia__io_fail_system(replacement->name, "write", errno);
    if (file >= 0) {
        close(file);
        unlink(replacement->temporary);
    }
    return status;
}

static glia_status open_special(glia__replacement *replacement)
{
    replacement->file = fopen(replacement->name, "wb");
    return replacement->file != NULL ? GLIA_OK : glia__io_fail_system(replacement->name, "write", errno);
}

glia_status glia__replacement_begin(glia__replacement *replacement, const char *path)
{
    *replacement = (glia__replacement){.name = path};
    if (path == NULL || strcmp(path, "-") == 0) {
        replacement->name = "standard output";
        replacement->file = stdout;
        return GLIA_OK;
    }
    if (is_special(path))
        return open_special(replacement);
    replacement->path = resolve(path);
    glia_status status = replacement->path == NULL ? glia__io_fail_nomem() : open_temporary(replacement);
    if (status != GLIA_OK) {
        free(replacement->path);
        free(replacement->temporary);
    }
    return status;
}

/* 0, or the errno of what kept a byte from being written. */
static int flush(FILE *file)
{
    if (fflush(file) != 0)
        return errno;
    return ferror(file) ? EIO : 0;
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
    int error = flush(replacement->file);
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

static int close_special(FILE *file)
{
    int error = flush(file);
    if (file != stdout && fclose(file) != 0 && error == 0)
        error = errno;
    return error;
}

glia_status glia__replacement_finish(glia__replacement *replacement)
{
    int error = replacement->path == NULL ? close_special(replacement->file) : put_in_place(replacement);
    free(replacement->path);
    free(replacement->temporary);
    return error == 0 ? GLIA_OK : glia__io_fail_system(replacement->name, "write", error);
}
