/* SPDX-License-Identifier: MIT */
/* glia plot: draw a picture; which ones there are stands in command.h. */
#include <stddef.h>

#include "command.h"

#define PLOT_ADDRESS(name) &tool_plot_##name,
static const tool_command *const plots[] = {TOOL_PLOTS(PLOT_ADDRESS) NULL};

static int run(int argc, const char **argv)
{
    return tool_command_dispatch(plots, "Draw a picture with gnuplot, as PNG or SVG.", argc, argv);
}

const tool_command tool_command_plot = {
    .name = "plot",
    .summary = "draw a picture",
    .run = run,
};
