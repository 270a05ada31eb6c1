/* SPDX-License-Identifier: MIT */
/* Files that appear whole or not at all. */
#define _XOPEN_SOURCE 700 /* for realpath() */
#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format_text.h"
#include "report.h"

#define NAMES_TRIED 100 /* files that a killed run left behind may have the first names */

static int fail_system(const char *path, int error)
{
    return tool_fail("%s: %s", path, strerror(error));
}

/* The folder that a path is in; free() it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return tool_format(".");
    return tool_format("%.*s", slash == path ? 1 : (int)(slash - path), path);
}

int tool_output_check(const char *path)
{
    struct stat found;
    if (path[0] == '\0')
        return tool_misuse("the name of the output is empty");
    if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
        return tool_fail("%s: is a folder; give the name of a file", path);
    char *folder = folder_of(path);
    int outcome = TOOL_GO_ON;
    if (stat(folder, &found) != 0)
        outcome = tool_fail("%s: %s; the folder must be there before", folder, strerror(errno));
    else if (access(folder, W_OK | X_OK) != 0)
        outcome = fail_system(folder, errno);
    free(folder);
    return outcome;
}

bool tool_output_is_special(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode);
}

/* Where the file itself is, so that a link stays a link; free() it. */
static char *resolve(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved != NULL ? resolved : tool_format("%s", path);
}

/* Create the file under its temporary name, which nobody else has. */
static int create_temporary(tool_output *output)
{
    int file = -1;
    for (int i = 0; i < NAMES_TRIED && file < 0; i++) {
        free(output->temporary);
        output->temporary = tool_format("%s.%ld-%d.tmp", output->place, (long)getpid(), i);
        file = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file < 0 && errno != EEXIST)
            break;
    }
    return file;
}

static void forget(tool_output *output)
{
    free(output->name);
    free(output->place);
    free(output->temporary);
    *output = (tool_output){0};
}

static int open_file(tool_output *output, const char *path)
{
    if (tool_output_is_special(path))
        return open(path, O_WRONLY | O_CLOEXEC);
    output->place = resolve(path);
    return create_temporary(output);
}

int tool_output_begin(tool_output *output, const char *path)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    int outcome = is_standard ? TOOL_GO_ON : tool_output_check(path);
    if (outcome != TOOL_GO_ON)
        return outcome;
    *output = (tool_output){.name = tool_format("%s", is_standard ? "standard output" : path)};
    if (is_standard) {
        output->stream = stdout;
        return TOOL_GO_ON;
    }
    int file = open_file(output, path);
    output->stream = file >= 0 ? fdopen(file, "w") : NULL;
    if (output->stream != NULL)
        return TOOL_GO_ON;
    outcome = fail_system(path, errno);
    if (file >= 0)
        close(file);
    if (file >= 0 && output->temporary != NULL)
        unlink(output->temporary);
    forget(output);
    return outcome;
}

/* 0, or the errno of what went wrong; a write that failed earlier has left its own. */
static int flush(const tool_output *output)
{
    if (fflush(output->stream) != 0)
        return errno;
    if (ferror(output->stream))
        return errno != 0 ? errno : EIO;
    if (output->temporary != NULL && fsync(fileno(output->stream)) != 0)
        return errno;
    return 0;
}

static int put_in_place(const tool_output *output)
{
    int error = flush(output);
    if (output->stream != stdout && fclose(output->stream) != 0 && error == 0)
        error = errno;
    if (output->temporary == NULL)
        return error;
    if (error == 0 && rename(output->temporary, output->place) != 0)
        error = errno;
    if (error != 0)
        unlink(output->temporary);
    return error;
}

int tool_output_finish(tool_output *output)
{
    int error = put_in_place(output);
    int outcome = error == 0 ? TOOL_DONE : fail_system(output->name, error);
    forget(output);
    return outcome;
}

void tool_output_discard(tool_output *output)
{
    if (output->stream != NULL && output->stream != stdout)
        fclose(output->stream);
    if (output->temporary != NULL)
        unlink(output->temporary);
    forget(output);
}
