/* SPDX-License-Identifier: MIT */
/* Files by POSIX; see file_system.h. */
#include "io/file_system.h"

#if !defined _WIN32

#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int glia__io_open(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
}

ptrdiff_t glia__io_read(int file, void *bytes, size_t size)
{
    return read(file, bytes, size);
}

void glia__io_close(int file)
{
    close(file);
}

bool glia__io_is_regular(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

bool glia__io_is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

size_t glia__io_folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash + 1 - path);
}

ptrdiff_t glia__io_read_link(const char *path, char target[GLIA__IO_PATH_SIZE])
{
    ssize_t length = readlink(path, target, GLIA__IO_PATH_SIZE - 1);
    if (length >= 0)
        target[length] = '\0';
    return length;
}

/* Where the standard streams are closed, what others print would go into the file. The file that gets such a number
 * keeps it until another has a higher one. */
FILE *glia__io_create(const char *path)
{
    FILE *file = fopen(path, "wbxe"); /* x: only if it is new; e: closed by exec() */
    if (file == NULL || fileno(file) > STDERR_FILENO)
        return file;
    unlink(path);
    FILE *higher = glia__io_create(path);
    int error = errno;
    (void)fclose(file);
    errno = error;
    return higher;
}

FILE *glia__io_open_special(const char *path)
{
    return fopen(path, "wbe");
}

int glia__io_take_output(void)
{
    return 0; /* bytes are bytes */
}

void glia__io_give_output(int taken)
{
    (void)taken;
}

long glia__io_process(void)
{
    return getpid();
}

/* A file system without modes refuses, and has none to lose. */
void glia__io_keep_permissions(FILE *file, const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        (void)fchmod(fileno(file), old.st_mode & 0777);
}

static int flush(int file)
{
    int times = 0, answer;
    do
        answer = fsync(file);
    while (answer != 0 && glia__io_is_interrupted(&times));
    return answer;
}

int glia__io_flush(FILE *file)
{
    return flush(fileno(file));
}

int glia__io_rename(const char *from, const char *to)
{
    return rename(from, to);
}

void glia__io_remove(const char *path)
{
    unlink(path);
}

void glia__io_flush_folder(const char *folder)
{
    int times = 0, file;
    do
        file = open(folder, O_RDONLY | O_CLOEXEC);
    while (file < 0 && glia__io_is_interrupted(&times));
    if (file < 0)
        return;
    flush(file);
    close(file);
}

void glia__io_reason(char *text, size_t size, int error)
{
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    snprintf(text, size, "%s", plain == (locale_t)0 ? "the system refused" : strerror_l(error, plain));
    if (plain != (locale_t)0)
        freelocale(plain);
}

#endif
