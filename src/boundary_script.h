/* SPDX-License-Identifier: MIT */
/* The gnuplot script that draws the plane of two inputs with the regions of a network's classes. */
#ifndef GLIA_SRC_BOUNDARY_SCRIPT_H
#define GLIA_SRC_BOUNDARY_SCRIPT_H

#include <stdio.h>

#include <glia/glia.h>

#include "outputs.h"

#define TOOL_GRID_COLUMNS 240 /* finer than an eye finds, with some interpolation by the renderer */
#define TOOL_GRID_ROWS    180

typedef struct tool_range {
    double low, high;
} tool_range;

/* Everything that the picture shows; all is lent. */
typedef struct tool_boundary {
    const tool_outputs *outputs;
    const float *answers; /* [TOOL_GRID_ROWS][TOOL_GRID_COLUMNS][outputs]: at the points of the grid */
    tool_range x, y;
    glia_samples points; /* classes may be NULL */
    const char *title, *subtitle;
    const char *x_name, *y_name;
    const char *target; /* what the classes are classes of, or NULL */
} tool_boundary;

/* The inputs at a point of the grid. */
double tool_boundary_x(const tool_boundary *boundary, size_t column);
double tool_boundary_y(const tool_boundary *boundary, size_t row);

void tool_boundary_write(FILE *script, const tool_boundary *boundary);

#endif
