/* SPDX-License-Identifier: MIT */
/* Finding and running a subcommand by its name. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format_text.h"
#include "report.h"

static void print_commands(const tool_command *const *commands, const char *about, const char *name)
{
    printf("%s\n\nUsage: %s COMMAND ...\n\n", about, name);
    for (; *commands != NULL; commands++)
        printf("  %-10s %s\n", (*commands)->name, (*commands)->summary);
    printf("\n'%s COMMAND --help' tells more. The exit status is 1 if a file or the system is at fault, 2 for wrong\n"
           "use; nothing half done is left behind then.\n",
           name);
}

/* "generate, train, ..."; free() it. */
static char *list_names(const tool_command *const *commands)
{
    char *list = tool_format("%s", (*commands)->name);
    while (*++commands != NULL) {
        char *longer = tool_format("%s, %s", list, (*commands)->name);
        free(list);
        list = longer;
    }
    return list;
}

static int run_command(const tool_command *command, int argc, const char **argv)
{
    char *name = tool_format("%s %s", argv[0], command->name);
    const char *parent = argv[0];
    argv[1] = name;
    tool_report_as(name);
    int status = command->run(argc - 1, argv + 1);
    tool_report_as(parent);
    free(name);
    return status;
}

int tool_command_dispatch(const tool_command *const *commands, const char *about, int argc, const char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_commands(commands, about, argv[0]);
        return TOOL_DONE;
    }
    for (const tool_command *const *command = commands; argc > 1 && *command != NULL; command++)
        if (strcmp(argv[1], (*command)->name) == 0)
            return run_command(*command, argc, argv);

    char *names = list_names(commands);
    int status =
        argc > 1 ? tool_misuse("'%s' is not one of: %s", argv[1], names) : tool_misuse("what to do? One of: %s", names);
    free(names);
    return status;
}
