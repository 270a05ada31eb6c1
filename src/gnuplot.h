/* SPDX-License-Identifier: MIT */
/*
 * Pictures drawn by gnuplot, a child process. No shell is involved; a user's text goes between single quotes, where
 * gnuplot runs nothing.
 */
#ifndef GLIA_SRC_GNUPLOT_H
#define GLIA_SRC_GNUPLOT_H

#include <stdio.h>

/* Whether a path ends as a picture's does that can be drawn. TOOL_GO_ON, or the exit status after a message. */
int tool_gnuplot_check(const char *path);

/*
 * Begin the script of a picture of `width` x `height` pixels, PNG or SVG as the end of its path says, to which the
 * caller adds commands. They find their terminal set, and in the variable is_svg which it is: markers differ in size.
 * NULL after a message; else draw it.
 */
FILE *tool_gnuplot_begin(const char *path, int width, int height);

/* Draw the picture. TOOL_DONE, or the exit status after a message: then there is no new picture. */
int tool_gnuplot_draw(FILE *script, const char *path);

/* A text on one line as gnuplot's commands take it, quotes included; free() it. */
char *tool_gnuplot_text(const char *text);

#endif
