/* SPDX-License-Identifier: MIT */
/* What libglia-io asks of the system's files, beyond the C library: of POSIX or of Windows, with paths in UTF-8. A call
 * that fails answers -1, or NULL, and sets errno. */
#ifndef GLIA_IO_FILE_SYSTEM_H
#define GLIA_IO_FILE_SYSTEM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define GLIA__IO_PATH_SIZE 4096 /* no system takes longer ones */

/* Whether to try a call again, since a signal came between. Nobody waits for ever: `times` counts up to a limit. */
static inline bool glia__io_is_interrupted(int *times)
{
    return errno == EINTR && ++*times < 1000;
}

/* Reading: a number for the open file, then at most `size` bytes of it, 0 at its end. */
int glia__io_open(const char *path);
ptrdiff_t glia__io_read(int file, void *bytes, size_t size);
void glia__io_close(int file);

/* Whether there is a regular file, or something that is none, such as a pipe or a device. */
bool glia__io_is_regular(const char *path);
bool glia__io_is_special(const char *path);

/* How much of a path is the folder, its last separator included. */
size_t glia__io_folder_length(const char *path);

/* Where the symbolic link leads, ended by '\0'; -1 and EINVAL or ENOENT: it is none, or nothing is there. */
ptrdiff_t glia__io_read_link(const char *path, char target[GLIA__IO_PATH_SIZE]);

/* Writing: a file that must be new, under a number that is not a standard stream's; something special; or standard
 * output, which takes bytes as they are until glia__io_give_output(). */
FILE *glia__io_create(const char *path);
FILE *glia__io_open_special(const char *path);
int glia__io_take_output(void);
void glia__io_give_output(int taken);

/* The number of this process, for names that nobody else takes. */
long glia__io_process(void);

/* Give a file the permissions of the one at `path`, if there is one. */
void glia__io_keep_permissions(FILE *file, const char *path);

int glia__io_flush(FILE *file); /* to the disk */
int glia__io_rename(const char *from, const char *to);
void glia__io_remove(const char *path);

/* Bring the entries of a folder to disk, where the system can. */
void glia__io_flush_folder(const char *folder);

/* What the system calls an errno, in English whatever the locale. */
void glia__io_reason(char *text, size_t size, int error);

#endif
