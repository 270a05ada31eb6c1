/* SPDX-License-Identifier: MIT */
/* Pictures drawn by gnuplot, which reads its script from one temporary file and writes the picture to another. */
#include "gnuplot.h"

#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "format_text.h"
#include "output_file.h"
#include "report.h"

#define FONT   "DejaVu Sans,12"
#define ADVICE "install it, on Debian and Ubuntu with 'apt-get install gnuplot-nox fonts-dejavu-core'"

extern char **environ;

/* The commands that choose a format; a font's size is in points for PNG, but in pixels for SVG. */
static const struct format {
    const char *ending;
    const char *commands;
} formats[] = {
    {".png", "is_svg = 0\nset terminal pngcairo"},
    {".svg", "is_svg = 1\nset terminal svg fontscale 1.3"},
};

/* The format for a path, or NULL if its end names none. */
static const struct format *format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot != NULL && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(dot, formats[i].ending) == 0)
            return &formats[i];
    return NULL;
}

int tool_gnuplot_check(const char *path)
{
    if (format_of(path) == NULL)
        return tool_misuse("%s: the name of a picture ends with .png or .svg", path);
    return tool_output_check(path, NULL);
}

static FILE *open_temporary(void)
{
    FILE *file = tmpfile();
    if (file == NULL)
        tool_fail("no temporary file for gnuplot: %s", strerror(errno));
    return file;
}

FILE *tool_gnuplot_begin(const char *path, int width, int height)
{
    FILE *script = open_temporary();
    if (script != NULL)
        fprintf(script, "%s size %d,%d noenhanced font '%s' background '#ffffff'\n", format_of(path)->commands, width,
                height, FONT);
    return script;
}

/* Start gnuplot reading from `input` and writing the picture to `output`. Answers 0 or an errno. */
static int start(pid_t *process, int input, int output)
{
    static char name[] = "gnuplot";
    static char no_user_settings[] = "-d";
    static char from_input[] = "-";
    char *const arguments[] = {name, no_user_settings, from_input, NULL};
    posix_spawn_file_actions_t files;
    if (posix_spawn_file_actions_init(&files) != 0)
        return ENOMEM;
    int error = posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawnp(process, name, &files, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    return error;
}

/* Wait for a process; answers whether it ended well. */
static bool wait_for(pid_t process)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int run(FILE *script, FILE *picture)
{
    pid_t process;
    if (fflush(script) != 0 || ferror(script) || lseek(fileno(script), 0, SEEK_SET) != 0)
        return tool_fail("the temporary file for gnuplot: %s", strerror(errno));
    int error = start(&process, fileno(script), fileno(picture));
    if (error != 0)
        return tool_fail("gnuplot does not start: %s; %s", strerror(error), ADVICE);
    if (!wait_for(process))
        return tool_fail("gnuplot has failed to draw the picture; if it is older than 5.2, %s", ADVICE);
    return TOOL_GO_ON;
}

/* Copy a picture that is whole to where it is wanted. */
static int keep(FILE *picture, const char *path)
{
    tool_output output;
    char chunk[4096];
    size_t count;
    tool_output_begin(&output);
    rewind(picture);
    while ((count = fread(chunk, 1, sizeof chunk, picture)) > 0)
        fwrite(chunk, 1, count, output.stream);
    return tool_output_finish(&output, path);
}

int tool_gnuplot_draw(FILE *script, const char *path)
{
    FILE *picture = open_temporary();
    int outcome = picture != NULL ? run(script, picture) : TOOL_FAILED;
    if (outcome == TOOL_GO_ON)
        outcome = keep(picture, path);
    if (picture != NULL)
        fclose(picture);
    fclose(script);
    return outcome;
}

char *tool_gnuplot_text(const char *text)
{
    /* gnuplot takes a doubled quote for one, but at the beginning for an empty text: that one stands for itself. */
    char *quoted = text[0] == '\'' ? tool_gnuplot_text(text + 1) : tool_quote(text, '\'');
    if (text[0] == '\'') {
        char *rest = quoted;
        quoted = tool_format("\"'\" . %s", rest);
        free(rest);
    }
    for (char *at = quoted; *at != '\0'; at++)
        if ((unsigned char)*at < ' ') /* a line's end would end the command */
            *at = ' ';
    return quoted;
}
