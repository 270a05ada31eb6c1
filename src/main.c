/* SPDX-License-Identifier: MIT */
/* The tool `glia`: train, use and look at neural networks from a terminal. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glia/glia.h>

#include "command.h"
#include "format_text.h"
#include "report.h"

#define ABOUT "glia: neural networks from CSV and IDX files, trained, measured, used and drawn."

#define COMMAND_ADDRESS(name) &tool_command_##name,
static const tool_command *const commands[] = {TOOL_COMMANDS(COMMAND_ADDRESS) NULL};

static int run(int argc, const char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        printf("glia %s\n", glia_version());
        return TOOL_DONE;
    }
    return tool_command_dispatch(commands, ABOUT, argc, argv);
}

int main(int argc, char **argv)
{
    const char **arguments = tool_allocate((size_t)argc + 1, sizeof *arguments);
    arguments[0] = "glia";
    for (int i = 1; i < argc; i++)
        arguments[i] = argv[i];

    int status = run(argc, arguments);
    if (status == TOOL_DONE && (ferror(stdout) || fflush(stdout) != 0))
        status = tool_fail("standard output: %s", strerror(errno != 0 ? errno : EIO));
    free(arguments);
    return status;
}
