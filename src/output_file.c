/* SPDX-License-Identifier: MIT */
/* Files that a command writes. */
#include "output_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glia/io.h>

#include "format_text.h"
#include "report.h"

/* The folder that a path is in; free() it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return tool_format(".");
    return tool_format("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

static int check_folder(const char *path)
{
    char *folder = folder_of(path);
    int outcome = TOOL_GO_ON;
    if (access(folder, F_OK) != 0)
        outcome = tool_fail("%s: there is no folder %s; make it first", path, folder);
    else if (access(folder, W_OK | X_OK) != 0)
        outcome = tool_fail("%s: cannot write to folder %s: %s", path, folder, strerror(errno));
    free(folder);
    return outcome;
}

static bool is_standard_output(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

static bool is_same_file(const struct stat *there, const char *path)
{
    struct stat other;
    return path != NULL && stat(path, &other) == 0 && other.st_dev == there->st_dev && other.st_ino == there->st_ino;
}

int tool_output_check(const char *path, const char *input)
{
    struct stat there;
    if (is_standard_output(path))
        return TOOL_GO_ON;
    if (path[0] == '\0')
        return tool_misuse("the name of the output is empty");
    if (stat(path, &there) != 0)
        return check_folder(path);
    if (S_ISDIR(there.st_mode))
        return tool_fail("%s: is a folder; give the name of a file", path);
    if (!S_ISREG(there.st_mode))
        return TOOL_GO_ON;
    if (is_same_file(&there, input))
        return tool_misuse("%s: is read, and would be lost; give the output another name", path);
    return check_folder(path);
}

int tool_output_check_model(const char *path, const char *input)
{
    struct stat there;
    if (is_standard_output(path))
        return tool_misuse("a network cannot go to standard output; name a file with -o, as in -o model.glia");
    int outcome = tool_output_check(path, input);
    if (outcome == TOOL_GO_ON && stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        outcome = tool_fail("%s: is no regular file, as a network needs", path);
    return outcome;
}

void tool_output_begin(tool_output *output)
{
    *output = (tool_output){0};
    output->stream = open_memstream(&output->bytes, &output->size);
    if (output->stream == NULL)
        exit(tool_fail("out of memory"));
}

int tool_output_finish(tool_output *output, const char *path)
{
    bool is_whole = ferror(output->stream) == 0;
    is_whole = fclose(output->stream) == 0 && is_whole;
    int outcome = TOOL_DONE;
    if (!is_whole)
        outcome = tool_fail("out of memory");
    else if (glia_file_write(path, output->bytes, output->size) != GLIA_OK)
        outcome = tool_fail("%s", glia_error_message());
    free(output->bytes);
    return outcome;
}
