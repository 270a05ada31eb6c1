/* SPDX-License-Identifier: MIT */
/* Writing a model into the file system: under another name in the same folder, flushed to disk, renamed, and the folder
 * flushed. Whatever fails or ends the process in between, the old file is there, whole, until the new one is. */
#include "model/model_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_SIZE  2048
#define PATH_SIZE    4096 /* no system takes longer ones */
#define LINKS_MAX    40   /* followed; more are a circle */
#define ATTEMPTS_MAX 1000 /* names that killed programs may have left behind */

/* Where a model goes. */
typedef struct destination {
    const glia__file_calls *calls;
    mode_t mode;               /* of the file */
    bool is_old;               /* there is a file, whose mode this is */
    char path[PATH_SIZE];      /* of the file itself, links followed */
    char temporary[PATH_SIZE]; /* beside it */
} destination;

/* A sink into a file, buffered. */
typedef struct file_sink {
    glia__sink base;
    const glia__file_calls *calls;
    int file;
    int error; /* errno of the write that failed */
    size_t buffered;
    unsigned char buffer[BUFFER_SIZE];
} file_sink;

static void write_all(file_sink *sink, const unsigned char *bytes, size_t size)
{
    int times = 0;
    while (size > 0) {
        ssize_t written = sink->calls->write(sink->file, bytes, size);
        if (written < 0 && glia__is_interrupted(&times))
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

static void flush_buffer(file_sink *sink)
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
            flush_buffer(sink);
    }
}

/* 0, or the errno of what kept the file or folder from being brought to disk. */
static int flush(const glia__file_calls *calls, int file)
{
    int times = 0, answer;
    do
        answer = calls->flush(file);
    while (answer != 0 && glia__is_interrupted(&times));
    return answer == 0 ? 0 : errno;
}

/* Put what a link says in the place of its path, which is looked at from the link's folder; false: it is too long. */
static bool replace_link(char path[PATH_SIZE], const char *target)
{
    size_t kept = target[0] == '/' ? 0 : glia__folder_length(path), length = strlen(target);
    if (kept + length >= PATH_SIZE)
        return false;
    memcpy(path + kept, target, length + 1);
    return true;
}

/* Follow symbolic links, so that a link stays one and the file is replaced that it names, or made where there is none
 * yet. 0, or errno. */
static int follow_links(destination *to)
{
    for (int links = 0; links < LINKS_MAX; links++) {
        char *target = to->temporary; /* which has no name yet */
        ssize_t length = to->calls->read_link(to->path, target, PATH_SIZE - 1);
        if (length < 0)
            return errno == EINVAL || errno == ENOENT ? 0 : errno; /* it is no link; there is nothing */
        target[length] = '\0';
        if (!replace_link(to->path, target))
            return ENAMETOOLONG;
    }
    return ELOOP;
}

/* What is there so far: only a regular file may be replaced. */
static glia_status look_at_old(destination *to, const char *path)
{
    struct stat old;
    to->is_old = to->calls->look(path, &old) == 0;
    if (!to->is_old && errno != ENOENT)
        return glia__file_fail("write", errno);
    if (to->is_old && !S_ISREG(old.st_mode))
        return glia__fail(GLIA_ERR_IO, "cannot write: there is something that is no regular file");
    to->mode = to->is_old ? old.st_mode & 0777 : 0666;
    return GLIA_OK;
}

static glia_status find_destination(destination *to, const char *path)
{
    size_t length = strlen(path);
    if (length >= PATH_SIZE)
        return glia__file_fail("write", ENAMETOOLONG);
    glia_status status = look_at_old(to, path);
    if (status != GLIA_OK)
        return status;
    memcpy(to->path, path, length + 1);
    int error = follow_links(to);
    return error == 0 ? GLIA_OK : glia__file_fail("write", error);
}

/* Create a file in the folder that nobody else has. Its name is short, whatever the other's. -1 and errno: it cannot
 * be. */
static int create_temporary(destination *to)
{
    int times = 0;
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        int length = snprintf(to->temporary, PATH_SIZE, "%.*s.glia-%ld-%d.tmp", (int)glia__folder_length(to->path),
                              to->path, (long)getpid(), attempt);
        if (length >= PATH_SIZE) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int file = to->calls->create(to->temporary, to->mode);
        if (file >= 0 || (errno != EEXIST && !glia__is_interrupted(&times)))
            return file;
    }
    return -1;
}

static glia_status write_model(const glia__model *model, int file, const glia__file_calls *calls)
{
    uint64_t size;
    uint32_t checksum = glia__model_checksum(model, &size);
    file_sink sink = {.base = {.write = write_buffered}, .calls = calls, .file = file};
    glia__model_encode(model, checksum, &sink.base);
    flush_buffer(&sink);
    if (sink.base.status != GLIA_OK)
        return glia__file_fail("write", sink.error);
    int error = flush(calls, file);
    return error == 0 ? GLIA_OK : glia__file_fail("flush", error);
}

/* Write the temporary file; it is gone if that fails. */
static glia_status write_temporary(const glia__model *model, destination *to)
{
    const glia__file_calls *calls = to->calls;
    int file = create_temporary(to);
    if (file < 0)
        return glia__file_fail("create a file beside it", errno);
    if (to->is_old)
        (void)calls->set_mode(file, to->mode); /* what the umask took; a file system without modes has none to lose */
    glia_status status = write_model(model, file, calls);
    if (calls->close(file) != 0 && errno != EINTR && status == GLIA_OK) /* interrupted, it is closed nevertheless */
        status = glia__file_fail("close", errno);
    if (status != GLIA_OK)
        calls->remove(to->temporary);
    return status;
}

/* Bring the new name to disk, where a folder may be opened and flushed: not all file systems let it be. */
static glia_status flush_folder(destination *to)
{
    size_t length = glia__folder_length(to->path);
    int times = 0, file;
    to->path[length] = '\0';
    do
        file = to->calls->open(length == 0 ? "." : to->path);
    while (file < 0 && glia__is_interrupted(&times));
    if (file < 0)
        return errno == EACCES || errno == EPERM ? GLIA_OK : glia__file_fail("flush the folder", errno);
    int error = flush(to->calls, file);
    to->calls->close(file);
    bool is_done = error == 0 || error == EINVAL || error == ENOTSUP || error == EROFS;
    return is_done ? GLIA_OK : glia__file_fail("flush the folder", error);
}

static glia_status put_in_place(destination *to)
{
    if (to->calls->rename(to->temporary, to->path) == 0)
        return flush_folder(to);
    int error = errno;
    to->calls->remove(to->temporary);
    return glia__file_fail("put the new file in place", error);
}

glia_status glia__model_file_write(const glia__model *model, const char *path, const glia__file_calls *calls)
{
    const glia__allocator *allocator = &model->network->allocator;
    destination *to = glia__allocate(allocator, sizeof *to);
    if (to == NULL)
        return GLIA_ERR_NOMEM;
    to->calls = calls;
    glia_status status = find_destination(to, path);
    if (status == GLIA_OK)
        status = write_temporary(model, to);
    if (status == GLIA_OK)
        status = put_in_place(to);
    glia__release(allocator, to, sizeof *to);
    return status;
}
