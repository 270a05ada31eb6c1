/* SPDX-License-Identifier: MIT */
/* Pictures drawn by gnuplot. */
#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
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

typedef struct child {
    pid_t process;
    FILE *input; /* what it reads */
} child;

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
    return tool_output_check(path);
}

/* Start gnuplot reading from `input` and writing the picture to `output`. */
static int spawn(pid_t *process, int input, int output)
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

static int start(child *gnuplot, FILE *picture)
{
    int ends[2];
    if (pipe(ends) != 0)
        return tool_fail("no pipe to gnuplot: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC); /* it must not hold the other end of its own input */
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int error = spawn(&gnuplot->process, ends[0], fileno(picture));
    close(ends[0]);
    if (error != 0) {
        close(ends[1]);
        return tool_fail("gnuplot does not start: %s; %s", strerror(error), ADVICE);
    }
    gnuplot->input = fdopen(ends[1], "w");
    if (gnuplot->input == NULL)
        close(ends[1]); /* it ends when it finds its input empty */
    return TOOL_GO_ON;
}

static bool send_script(const child *gnuplot, const struct format *format, int width, int height, const char *script,
                        size_t script_bytes)
{
    if (gnuplot->input == NULL)
        return false;
    fprintf(gnuplot->input, "%s size %d,%d noenhanced font '%s' background '#ffffff'\n", format->commands, width,
            height, FONT);
    bool is_sent = fwrite(script, 1, script_bytes, gnuplot->input) == script_bytes;
    return fclose(gnuplot->input) == 0 && is_sent;
}

/* Whether it ended well. */
static bool wait_for(pid_t process)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Have the picture written; a gnuplot that ends before it has read everything must not end the tool. */
static int draw(FILE *picture, const struct format *format, int width, int height, const char *script,
                size_t script_bytes)
{
    child gnuplot = {0};
    int outcome = start(&gnuplot, picture);
    if (outcome != TOOL_GO_ON)
        return outcome;
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before);
    bool is_sent = send_script(&gnuplot, format, width, height, script, script_bytes);
    sigaction(SIGPIPE, &before, NULL);
    bool is_drawn = wait_for(gnuplot.process);
    if (!is_sent || !is_drawn)
        return tool_fail("gnuplot has failed to draw the picture; if it is older than 5.2, %s", ADVICE);
    return TOOL_GO_ON;
}

int tool_gnuplot_draw(const char *path, int width, int height, const char *script, size_t script_bytes)
{
    tool_output picture;
    int outcome = tool_output_begin(&picture, path);
    if (outcome != TOOL_GO_ON)
        return outcome;
    outcome = draw(picture.stream, format_of(path), width, height, script, script_bytes);
    if (outcome == TOOL_GO_ON)
        return tool_output_finish(&picture);
    tool_output_discard(&picture);
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
