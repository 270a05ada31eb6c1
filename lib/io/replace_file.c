/* SPDX-License-Identifier: MIT */
/* Writing a file so that there is always the old one or the new one, whole: a temporary file in the same folder,
 * flushed to disk and renamed, and then the folder flushed. */
#include "io/replace_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glia/io.h>

#include "io/file_system.h"
#include "io/grow.h"
#include "io/io_status.h"

#define ATTEMPTS_MAX 1000 /* names that killed programs may have left behind */
#define LINKS_MAX    40   /* followed; more are a circle */

/* Find the file itself, so that a link stays a link: where links lead to, though there may be nothing yet. 0, or
 * errno. */
static int resolve(glia__replacement *replacement)
{
    char *path = replacement->path, *target = replacement->temporary; /* which has no name yet */
    if (snprintf(path, GLIA__IO_PATH_SIZE, "%s", replacement->name) >= GLIA__IO_PATH_SIZE)
        return ENAMETOOLONG;
    for (int links = 0; links < LINKS_MAX; links++) {
        if (glia__io_read_link(path, target) < 0)
            return errno == EINVAL || errno == ENOENT ? 0 : errno; /* it is no link; there is nothing */
        size_t kept = target[0] == '/' ? 0 : glia__io_folder_length(path), length = strlen(target);
        if (kept + length >= GLIA__IO_PATH_SIZE)
            return ENAMETOOLONG;
        memcpy(path + kept, target, length + 1);
    }
    return ELOOP;
}

/* Create a file in the folder of `path` that nobody else has; NULL and errno if that cannot be. */
static FILE *create_beside(char temporary[GLIA__IO_PATH_SIZE], const char *path)
{
    int times = 0;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        int length = snprintf(temporary, GLIA__IO_PATH_SIZE, "%.*s.glia-%ld-%d.tmp", (int)glia__io_folder_length(path),
                              path, glia__io_process(), attempt);
        if (length >= GLIA__IO_PATH_SIZE) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        FILE *file = glia__io_create(temporary);
        if (file != NULL || (errno != EEXIST && !glia__io_is_interrupted(&times)))
            return file;
    }
    return NULL;
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
        glia__io_keep_permissions(file, replacement->path);
    return file;
}

glia_status glia__replacement_begin(glia__replacement **replacement, const char *path)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    glia__replacement *begun = glia__io_allocate(1, sizeof *begun);
    if (begun == NULL)
        return glia__io_fail_nomem();
    *begun = (glia__replacement){.name = is_standard ? "standard output" : path};
    if (is_standard) {
        begun->file = stdout;
        begun->taken = glia__io_take_output();
    } else {
        begun->file = glia__io_is_special(path) ? glia__io_open_special(path) : open_temporary(begun);
    }
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

/* 0, or errno. Interrupted, it is closed nevertheless, and what it holds was flushed before. */
static int close_file(FILE *file)
{
    return fclose(file) == 0 || errno == EINTR ? 0 : errno;
}

/* The folder's entry is on disk once the folder is; not every file system can, and the file is in place anyhow. */
static void flush_folder(char *path)
{
    size_t length = glia__io_folder_length(path);
    path[length] = '\0';
    glia__io_flush_folder(length == 0 ? "." : path);
}

/* 0, or the errno of what kept the file from being put in place. */
static int put_in_place(glia__replacement *replacement)
{
    int error = flush(replacement);
    if (error == 0 && glia__io_flush(replacement->file) != 0)
        error = errno;
    int close_error = close_file(replacement->file);
    if (error == 0)
        error = close_error;
    if (error == 0 && glia__io_rename(replacement->temporary, replacement->path) != 0)
        error = errno;
    if (error == 0)
        flush_folder(replacement->path);
    else
        glia__io_remove(replacement->temporary);
    return error;
}

static int close_special(glia__replacement *replacement)
{
    int error = flush(replacement), close_error = 0;
    if (replacement->file == stdout)
        glia__io_give_output(replacement->taken);
    else
        close_error = close_file(replacement->file);
    return error != 0 ? error : close_error;
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
