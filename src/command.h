/* SPDX-License-Identifier: MIT */
/* The subcommands: a file command_NAME.c each, which defines tool_command_NAME, and one line here. */
#ifndef GLIA_SRC_COMMAND_H
#define GLIA_SRC_COMMAND_H

typedef struct tool_command {
    const char *name;
    const char *summary;                     /* its line in the list of commands */
    int (*run)(int argc, const char **argv); /* argv[0] is the full name, "glia train"; answers the exit status */
} tool_command;

/* In the order in which --help lists them. */
#define TOOL_COMMANDS(X)                                                                                               \
    X(generate)                                                                                                        \
    X(train)                                                                                                           \
    X(evaluate)                                                                                                        \
    X(predict)                                                                                                         \
    X(info)                                                                                                            \
    X(plot)

/* The pictures that `glia plot` makes: a file plot_NAME.c each, which defines tool_plot_NAME. */
#define TOOL_PLOTS(X) X(boundary)

#define TOOL_DECLARE_COMMAND(name) extern const tool_command tool_command_##name;
#define TOOL_DECLARE_PLOT(name)    extern const tool_command tool_plot_##name;
TOOL_COMMANDS(TOOL_DECLARE_COMMAND)
TOOL_PLOTS(TOOL_DECLARE_PLOT)
#undef TOOL_DECLARE_COMMAND
#undef TOOL_DECLARE_PLOT

/*
 * Run the command that argv[1] names with the arguments after it, or print `about` and the list of them for --help.
 * `commands` ends with NULL; argv[0] is the name so far, "glia" or "glia plot". Answers the exit status.
 */
int tool_command_dispatch(const tool_command *const *commands, const char *about, int argc, const char **argv);

#endif
