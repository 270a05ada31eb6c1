/* SPDX-License-Identifier: MIT */
/* A folder of its own for a test that writes files; see scratch_folder.h. */
#include "scratch_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "glia-test-XXXXXX";

#if defined _WIN32
int scratch_folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "glia-test-%06x", (unsigned)getpid() & 0xFFFFFF);
    return mkdir(folder);
}
#else
int scratch_folder_make(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}
#endif

const char *scratch_path(char path[SCRATCH_PATH_SIZE], const char *name)
{
    snprintf(path, SCRATCH_PATH_SIZE, "%s/%s", folder, name);
    return path;
}

/* Count the files, and remove them if wanted. */
static size_t walk(int removes)
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        char path[SCRATCH_PATH_SIZE];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (removes && remove(scratch_path(path, entry->d_name)) != 0)
            (void)rmdir(path);
    }
    closedir(directory);
    return count;
}

int scratch_folder_remove(void **state)
{
    (void)state;
    walk(1);
    return rmdir(folder) != 0;
}

size_t scratch_file_count(void)
{
    return walk(0);
}

int scratch_next_descriptor(void)
{
#if defined _WIN32
    int file = open("NUL", O_RDONLY);
#else
    int file = open(".", O_RDONLY);
#endif
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    return file;
}

void scratch_write(const char *path, harness_file file)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(file.bytes, 1, file.size, out), file.size);
    assert_int_equal(fclose(out), 0);
}

harness_file scratch_read(const char *path)
{
    harness_file file = {NULL, 0};
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    file.size = (size_t)ftell(in);
    rewind(in);
    file.bytes = malloc(file.size + 1);
    assert_non_null(file.bytes);
    assert_int_equal(fread(file.bytes, 1, file.size, in), file.size);
    fclose(in);
    file.bytes[file.size] = '\0';
    return file;
}
