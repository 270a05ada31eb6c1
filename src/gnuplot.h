/* SPDX-License-Identifier: MIT */
/*
 * Pictures drawn by gnuplot, a child process that reads its commands from a pipe and writes the picture to the file.
 * No shell is involved; a user's text goes between single quotes, where gnuplot runs nothing.
 */
#ifndef GLIA_SRC_GNUPLOT_H
#define GLIA_SRC_GNUPLOT_H

#include <stddef.h>

/* Whether a path ends as a picture's does that can be drawn. TOOL_GO_ON, or the exit status after a message. */
int tool_gnuplot_check(const char *path);

/*
 * Draw a picture of `width` x `height` pixels, PNG or SVG as the end of the path says, by a script of commands, which
 * finds its terminal set, and in the variable is_svg which it is: markers differ in size. TOOL_DONE, or the exit status after a message: then there is no new picture.
 */
int tool_gnuplot_draw(const char *path, int width, int height, const char *script, size_t script_bytes);

/* A text on one line as gnuplot's commands take it, quotes included; free() it. */
char *tool_gnuplot_text(const char *text);

#endif
