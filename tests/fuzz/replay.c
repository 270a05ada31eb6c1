/* SPDX-License-Identifier: MIT */
/* Gives all files of some folders to a target, one after the other, where there is no fuzzer to do it:
 * replay_TARGET FOLDER... It fails where there is not one file. */
#include <dirent.h>
#include <stdio.h>

#include "fuzz/target.h"

/* A whole file in memory of exactly its size, so that a byte too far is found; NULL: it cannot be read. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    long end = file != NULL && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    uint8_t *bytes = end < 0 ? NULL : malloc(end > 0 ? (size_t)end : 1);
    if (bytes != NULL) {
        rewind(file);
        *size = fread(bytes, 1, (size_t)end, file);
    }
    if (file != NULL)
        fclose(file);
    return bytes;
}

static int replay_file(const char *folder, const char *name)
{
    char path[1024];
    size_t size;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    uint8_t *bytes = read_file(path, &size);
    if (bytes == NULL) {
        fprintf(stderr, "cannot read %s\n", path);
        return 1;
    }
    printf("%s\n", path);
    fflush(stdout); /* the last line names the one that did it */
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 0;
}

/* Adds its files to `count`. */
static int replay_folder(const char *folder, int *count)
{
    int failed = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return 0; /* nothing was ever found */
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (entry->d_name[0] == '.')
            continue;
        failed |= replay_file(folder, entry->d_name);
        ++*count;
    }
    closedir(directory);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0, count = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay_folder(argv[i], &count);
    if (count == 0)
        fprintf(stderr, "there is no file to replay\n");
    return failed || count == 0;
}
