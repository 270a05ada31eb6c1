/* SPDX-License-Identifier: MIT */
/* Files by Windows; see file_system.h. Symbolic links are not followed here: the system does so where a file is opened,
 * and renaming onto a link replaces it. */
#include "io/file_system.h"

#if defined _WIN32

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

#define PATH_UNITS 1024 /* longer ones need preparations that few programs have made */

/* The path as Windows wants it; false, and errno, if it is none. */
static bool widen(wchar_t wide[PATH_UNITS], const char *path)
{
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, PATH_UNITS) > 0)
        return true;
    errno = GetLastError() == ERROR_INSUFFICIENT_BUFFER ? ENAMETOOLONG : ENOENT;
    return false;
}

static int open_as(const char *path, int flags)
{
    wchar_t wide[PATH_UNITS];
    return widen(wide, path) ? _wopen(wide, flags | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE) : -1;
}

int glia__io_open(const char *path)
{
    return open_as(path, _O_RDONLY);
}

ptrdiff_t glia__io_read(int file, void *bytes, size_t size)
{
    return _read(file, bytes, size < INT_MAX ? (unsigned)size : INT_MAX);
}

void glia__io_close(int file)
{
    _close(file);
}

static bool look(const char *path, struct stat *about)
{
    wchar_t wide[PATH_UNITS];
    return widen(wide, path) && _wstat64(wide, about) == 0;
}

bool glia__io_is_regular(const char *path)
{
    struct stat about;
    return look(path, &about) && S_ISREG(about.st_mode);
}

bool glia__io_is_special(const char *path)
{
    struct stat about;
    return look(path, &about) && !S_ISREG(about.st_mode);
}

size_t glia__io_folder_length(const char *path)
{
    size_t length = strlen(path);
    while (length > 0 && strchr("/\\:", path[length - 1]) == NULL)
        length--;
    return length;
}

ptrdiff_t glia__io_read_link(const char *path, char target[GLIA__IO_PATH_SIZE])
{
    (void)path;
    target[0] = '\0';
    errno = EINVAL; /* it is no link */
    return -1;
}

/* The same file under a number that is not a standard stream's: where those are closed, what others print would go
 * into it. */
static int above_standard(int file)
{
    if (file < 0 || file > 2)
        return file;
    int higher = above_standard(_dup(file));
    int error = errno;
    _close(file);
    errno = error;
    return higher;
}

static FILE *stream_of(int file)
{
    FILE *stream = file < 0 ? NULL : _fdopen(file, "wb");
    if (file >= 0 && stream == NULL)
        _close(file);
    return stream;
}

FILE *glia__io_create(const char *path)
{
    return stream_of(above_standard(open_as(path, _O_WRONLY | _O_CREAT | _O_EXCL)));
}

FILE *glia__io_open_special(const char *path)
{
    return stream_of(open_as(path, _O_WRONLY));
}

int glia__io_take_output(void)
{
    (void)fflush(stdout); /* what the program has written so far is text */
    return _setmode(_fileno(stdout), _O_BINARY);
}

void glia__io_give_output(int taken)
{
    if (taken != -1)
        _setmode(_fileno(stdout), taken);
}

long glia__io_process(void)
{
    return (long)GetCurrentProcessId();
}

void glia__io_keep_permissions(FILE *file, const char *path)
{
    (void)file;
    (void)path; /* they come from the folder */
}

int glia__io_flush(FILE *file)
{
    return _commit(_fileno(file));
}

/* The errno for what the system answered last. */
static int system_error(void)
{
    switch (GetLastError()) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
        return ENOENT;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return ENOSPC;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return EACCES;
    default:
        return EIO;
    }
}

int glia__io_rename(const char *from, const char *to)
{
    wchar_t wide_from[PATH_UNITS], wide_to[PATH_UNITS];
    if (!widen(wide_from, from) || !widen(wide_to, to))
        return -1;
    if (MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0)
        return 0;
    errno = system_error();
    return -1;
}

void glia__io_remove(const char *path)
{
    wchar_t wide[PATH_UNITS];
    if (widen(wide, path))
        _wunlink(wide);
}

void glia__io_flush_folder(const char *folder)
{
    (void)folder; /* MOVEFILE_WRITE_THROUGH has done it */
}

void glia__io_reason(char *text, size_t size, int error)
{
    if (strerror_s(text, size, error) != 0)
        snprintf(text, size, "error %d", error);
}

#endif
