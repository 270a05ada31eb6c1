/* SPDX-License-Identifier: MIT */
/* The calls on files, some of which go wrong; see faulty_files.h. */
#include "model/faulty_files.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

faulty_files faults;

/* Note a call; whether it goes wrong. */
static bool goes_wrong(char letter)
{
    if (faults.calls + 1 < sizeof faults.trace)
        faults.trace[faults.calls] = letter;
    faults.calls++;
    return faults.calls >= faults.first && faults.calls <= faults.last && (faults.only == 0 || faults.only == letter);
}

/* Let a call go wrong. */
static int fail(void)
{
#if !defined _WIN32
    if (faults.fault != FAULT_ERROR)
        raise(SIGKILL);
#endif
    errno = faults.error;
    return -1;
}

static size_t limited(size_t size)
{
    return faults.most != 0 && size > faults.most ? faults.most : size;
}

static int look(const char *path, struct stat *about)
{
    return goes_wrong('L') ? fail() : glia__system_files.look(path, about);
}

static ssize_t read_link(const char *path, char *target, size_t size)
{
    return goes_wrong('F') ? fail() : glia__system_files.read_link(path, target, size);
}

static int create_file(const char *path, mode_t mode)
{
    return goes_wrong('C') ? fail() : glia__system_files.create(path, mode);
}

static int open_file(const char *path)
{
    return goes_wrong('O') ? fail() : glia__system_files.open(path);
}

static int look_at_open(int file, struct stat *about)
{
    return goes_wrong('K') ? fail() : glia__system_files.look_at_open(file, about);
}

static int set_mode(int file, mode_t mode)
{
    return goes_wrong('M') ? fail() : glia__system_files.set_mode(file, mode);
}

static ssize_t write_some(int file, const void *bytes, size_t size)
{
    bool is_wrong = goes_wrong('W');
    if (is_wrong && faults.fault == FAULT_KILL_INSIDE)
        (void)!glia__system_files.write(file, bytes, size / 2);
    return is_wrong ? fail() : glia__system_files.write(file, bytes, limited(size));
}

static ssize_t read_some(int file, void *bytes, size_t size, off_t begin)
{
    return goes_wrong('R') ? fail() : glia__system_files.read(file, bytes, limited(size), begin);
}

static int flush(int file)
{
    return goes_wrong('D') ? fail() : glia__system_files.flush(file);
}

/* Whatever a close answers, the file is closed. */
static int close_file(int file)
{
    if (!goes_wrong('X'))
        return glia__system_files.close(file);
    if (faults.fault == FAULT_ERROR)
        glia__system_files.close(file);
    return fail();
}

static int rename_file(const char *from, const char *to)
{
    return goes_wrong('N') ? fail() : glia__system_files.rename(from, to);
}

static int remove_file(const char *path)
{
    return goes_wrong('V') ? fail() : glia__system_files.remove(path);
}

const glia__file_calls faulty_calls = {
    .look = look,
    .read_link = read_link,
    .create = create_file,
    .open = open_file,
    .look_at_open = look_at_open,
    .set_mode = set_mode,
    .write = write_some,
    .read = read_some,
    .flush = flush,
    .close = close_file,
    .rename = rename_file,
    .remove = remove_file,
};
