/* SPDX-License-Identifier: MIT */
/* A model in the file system (POSIX). */
#include "model/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_SIZE 2048
#define SUFFIX_SIZE 48  /* ".glia-<process>-<attempt>.tmp" */
#define ATTEMPTS    100 /* names that another writer of the same path may have taken */

/* "path: what was tried: why not" */
static glia_status fail_errno(const char *path, const char *what, int error)
{
    char why[96] = "";
    if (strerror_r(error, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", error);
    return glia__fail(GLIA_ERR_IO, "%.300s: cannot %s: %s", path, what, why);
}

/* A sink into a file, buffered. */
typedef struct file_sink {
    glia__sink base;
    int file;
    int error; /* errno of the write that failed */
    size_t buffered;
    unsigned char buffer[BUFFER_SIZE];
} file_sink;

static void write_all(file_sink *sink, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(sink->file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            sink->error = written < 0 ? errno : EIO;
            sink->base.status = GLIA_ERR_IO;
            return;
        }
        bytes += written;
        size -= (size_t)written;
    }
}

static void flush(file_sink *sink)
{
    if (sink->base.status == GLIA_OK)
        write_all(sink, sink->buffer, sink->buffered);
    sink->buffered = 0;
}

static void write_buffered(glia__sink *base, const void *bytes, size_t size)
{
    file_sink *sink = (file_sink *)base;
    const unsigned char *from = bytes;
    while (size > 0 && base->status == GLIA_OK) {
        size_t room = BUFFER_SIZE - sink->buffered;
        size_t part = size < room ? size : room;
        memcpy(sink->buffer + sink->buffered, from, part);
        sink->buffered += part;
        from += part;
        size -= part;
        if (sink->buffered == BUFFER_SIZE)
            flush(sink);
    }
}

/* A new file beside `path`; its name goes to `name`, strlen(path) + SUFFIX_SIZE bytes. */
static int create_beside(const char *path, mode_t mode, char *name, size_t name_size)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        snprintf(name, name_size, "%s.glia-%ld-%d.tmp", path, (long)getpid(), attempt);
        int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

/* Encode into the open file and bring it to disk. */
static glia_status write_model(const glia__model *model, int file, const char *path)
{
    uint64_t size;
    uint32_t checksum = glia__model_checksum(model, &size);
    file_sink sink = {.base = {.write = write_buffered}, .file = file};
    glia__model_encode(model, checksum, &sink.base);
    flush(&sink);
    if (sink.base.status != GLIA_OK)
        return fail_errno(path, "write", sink.error);
    if (fsync(file) != 0)
        return fail_errno(path, "flush", errno);
    return GLIA_OK;
}

/* Bring the new name to disk, where the system lets a folder be opened for that. `path` is cut at its last slash. */
static glia_status flush_folder(char *path)
{
    char *slash = strrchr(path, '/');
    const char *folder = slash == NULL ? "." : slash == path ? "/" : path;
    if (slash != NULL && slash != path)
        *slash = '\0';
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return GLIA_OK;
    bool is_failed = fsync(file) != 0 && errno == EIO;
    close(file);
    return is_failed ? fail_errno(folder, "flush", EIO) : GLIA_OK;
}

/* `name` is that of the temporary file, and used up. */
static glia_status write_and_rename(const glia__model *model, int file, const char *path, char *name)
{
    glia_status status = write_model(model, file, path);
    if (close(file) != 0 && status == GLIA_OK)
        status = fail_errno(path, "close", errno);
    if (status == GLIA_OK && rename(name, path) != 0)
        status = fail_errno(path, "put the new file in place", errno);
    if (status != GLIA_OK) {
        unlink(name);
        return status;
    }
    return flush_folder(name);
}

/* What stands at the path, if anything does; GLIA_ERR_IO for what a file cannot replace. */
static glia_status look_at_old(const char *path, struct stat *old, bool *is_there)
{
    *is_there = stat(path, old) == 0;
    if (*is_there && !S_ISREG(old->st_mode))
        return glia__fail(GLIA_ERR_IO, "%.300s: cannot write: there is something that is no regular file", path);
    return GLIA_OK;
}

glia_status glia__model_file_write(const glia__model *model, const char *path)
{
    const glia__allocator *allocator = &model->network->allocator;
    struct stat old;
    bool is_old;
    glia_status status = look_at_old(path, &old, &is_old);
    if (status != GLIA_OK)
        return status;
    size_t name_size = strlen(path) + SUFFIX_SIZE;
    char *name = glia__allocate(allocator, name_size);
    if (name == NULL)
        return GLIA_ERR_NOMEM;
    mode_t mode = is_old ? old.st_mode & 0777 : 0666;
    int file = create_beside(path, mode, name, name_size);
    if (file >= 0 && is_old)
        (void)fchmod(file,
                     mode); /* what the umask took away; a file system without modes refuses, and has none to lose */
    status = file < 0 ? fail_errno(path, "create a file beside it", errno) : write_and_rename(model, file, path, name);
    glia__release(allocator, name, name_size);
    return status;
}

static glia_status read_all(int file, char *bytes, size_t size, const char *path)
{
    while (size > 0) {
        ssize_t count = read(file, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail_errno(path, "read", errno);
        if (count == 0)
            return glia__fail(GLIA_ERR_IO, "%.300s: cannot read: it became shorter", path);
        bytes += count;
        size -= (size_t)count;
    }
    return GLIA_OK;
}

static glia_status read_open_file(glia__block *content, size_t *size, int file, const char *path,
                                  const glia__allocator *allocator)
{
    struct stat there;
    if (fstat(file, &there) != 0)
        return fail_errno(path, "read", errno);
    if (!S_ISREG(there.st_mode))
        return glia__fail(GLIA_ERR_IO, "%.300s: cannot read: it is no regular file", path);
    if ((uintmax_t)there.st_size > SIZE_MAX)
        return glia__fail(GLIA_ERR_NOMEM, "%.300s: it is larger than memory can count", path);
    *size = (size_t)there.st_size;
    glia_status status = glia__block_reserve(content, allocator, *size);
    return status != GLIA_OK ? status : read_all(file, content->bytes, *size, path);
}

glia_status glia__model_file_read(glia__block *content, size_t *size, const char *path,
                                  const glia__allocator *allocator)
{
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a FIFO must not make us wait */
    if (file < 0)
        return fail_errno(path, "open", errno);
    glia_status status = read_open_file(content, size, file, path, allocator);
    close(file);
    return status;
}
