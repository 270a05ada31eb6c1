/* SPDX-License-Identifier: MIT */
/* The calls on files, of Windows, with paths in UTF-8. Symbolic links are not followed here: the system does so where a
 * file is opened, and renaming onto a link replaces it. */
#include "model/file_calls.h"

#if defined _WIN32

#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

#define PATH_UNITS 1024 /* longer ones need preparations that few programs have made */

glia_status glia__file_fail(const char *what, int error)
{
    char why[96] = "";
    if (strerror_s(why, sizeof why, error) != 0)
        snprintf(why, sizeof why, "error %d", error);
    return glia__fail(GLIA_ERR_IO, "cannot %s: %s", what, why);
}

size_t glia__folder_length(const char *path)
{
    size_t length = strlen(path);
    while (length > 0 && strchr("/\\:", path[length - 1]) == NULL)
        length--;
    return length;
}

/* The path as Windows wants it; false, and errno, if it is none. */
static bool widen(wchar_t wide[PATH_UNITS], const char *path)
{
    if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, PATH_UNITS) > 0)
        return true;
    errno = GetLastError() == ERROR_INSUFFICIENT_BUFFER ? ENAMETOOLONG : ENOENT;
    return false;
}

/* -1, and errno for what the system answered last. */
static int fail_as_system(void)
{
    switch (GetLastError()) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
        errno = ENOENT;
        break;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        errno = ENOSPC;
        break;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_WRITE_PROTECT:
        errno = EACCES;
        break;
    default:
        errno = EIO;
    }
    return -1;
}

/* The same file under a number that is not a standard stream's. Where those are closed, the system gives their numbers
 * to the next files, and what anybody prints would go into the model. */
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

static int look(const char *path, struct stat *about)
{
    wchar_t wide[PATH_UNITS];
    return widen(wide, path) ? _wstat64(wide, about) : -1;
}

static ssize_t read_link(const char *path, char *target, size_t size)
{
    (void)path;
    (void)target;
    (void)size;
    errno = EINVAL; /* it is no link */
    return -1;
}

static int create_file(const char *path, mode_t mode)
{
    wchar_t wide[PATH_UNITS];
    (void)mode;
    if (!widen(wide, path))
        return -1;
    return above_standard(
        _wopen(wide, _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE));
}

/* A folder cannot be opened as a file; its entries are on disk once the renaming is. */
static int open_file(const char *path)
{
    wchar_t wide[PATH_UNITS];
    if (!widen(wide, path))
        return -1;
    DWORD attributes = GetFileAttributesW(wide);
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) {
        errno = EACCES;
        return -1;
    }
    return above_standard(_wopen(wide, _O_RDONLY | _O_BINARY | _O_NOINHERIT));
}

static int look_at_open(int file, struct stat *about)
{
    return _fstat64(file, about);
}

static int set_mode(int file, mode_t mode)
{
    (void)file;
    (void)mode;
    errno = ENOSYS; /* permissions come from the folder */
    return -1;
}

static unsigned limited(size_t size)
{
    return size < INT_MAX ? (unsigned)size : INT_MAX;
}

static ssize_t write_some(int file, const void *bytes, size_t size)
{
    return _write(file, bytes, limited(size));
}

static ssize_t read_some(int file, void *bytes, size_t size, off_t begin)
{
    return _lseeki64(file, begin, SEEK_SET) < 0 ? -1 : _read(file, bytes, limited(size));
}

static int replace(const char *from, const char *to)
{
    wchar_t wide_from[PATH_UNITS], wide_to[PATH_UNITS];
    if (!widen(wide_from, from) || !widen(wide_to, to))
        return -1;
    if (MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) == 0)
        return fail_as_system();
    return 0;
}

static int remove_file(const char *path)
{
    wchar_t wide[PATH_UNITS];
    return widen(wide, path) ? _wunlink(wide) : -1;
}

const glia__file_calls glia__system_files = {
    .look = look,
    .read_link = read_link,
    .create = create_file,
    .open = open_file,
    .look_at_open = look_at_open,
    .set_mode = set_mode,
    .write = write_some,
    .read = read_some,
    .flush = _commit,
    .close = _close,
    .rename = replace,
    .remove = remove_file,
};

#endif
