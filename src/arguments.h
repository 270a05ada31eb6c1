/* SPDX-License-Identifier: MIT */
/*
 * The command line of a subcommand: a table of its options, read into variables and checked against their ranges, the
 * files it names, and --help made from the same table.
 */
#ifndef GLIA_SRC_ARGUMENTS_H
#define GLIA_SRC_ARGUMENTS_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An option, and the one variable that its value goes to; the variable's first value is the default. */
typedef struct tool_option {
    const char *name;  /* "rows" for --rows */
    char letter;       /* 'o' for -o; 0: none */
    const char *value; /* what --help calls its value */
    const char *help;  /* what it does, default included */
    bool *flag;        /* set to true; takes no value */
    char **text;       /* owned by the arguments */
    uint64_t *count;   /* a whole number from `least` to `most` */
    double *number;    /* finite, 0 or more */
    uint64_t least, most;
} tool_option;

/* An option a line in the tables of the commands. */
static inline tool_option tool_flag(const char *name, char letter, const char *help, bool *flag)
{
    return (tool_option){.name = name, .letter = letter, .help = help, .flag = flag};
}

static inline tool_option tool_text(const char *name, char letter, const char *value, const char *help, char **text)
{
    return (tool_option){.name = name, .letter = letter, .value = value, .help = help, .text = text};
}

static inline tool_option tool_count(const char *name, const char *help, uint64_t *count, uint64_t least, uint64_t most)
{
    return (tool_option){.name = name, .value = "N", .help = help, .count = count, .least = least, .most = most};
}

static inline tool_option tool_number(const char *name, const char *help, double *number)
{
    return (tool_option){.name = name, .value = "X", .help = help, .number = number};
}

/* What a command line may hold and, once read, what it does. */
typedef struct tool_arguments {
    const char *usage; /* what follows the command's name: "MODEL DATA [OPTION...]" */
    const char *about; /* printed by --help above the options */
    const char *notes; /* printed below them, or NULL */
    const tool_option *options;
    size_t option_count;
    size_t file_count;        /* how many words there must be that are no options */
    const char *const *files; /* these; lent until tool_arguments_free() */
    struct poptOption *table;
    poptContext context;
} tool_arguments;

/* Read the command line. Answers TOOL_GO_ON, or the exit status: --help was printed, or a message. */
int tool_arguments_read(tool_arguments *arguments, int argc, const char **argv);

/* Read a whole number: digits and nothing else. Answers whether it is one. */
bool tool_parse_count(uint64_t *value, const char *text);

/* Free what was read, the texts of the options included. */
void tool_arguments_free(tool_arguments *arguments);

#endif
