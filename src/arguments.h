/* SPDX-License-Identifier: MIT */
/*
 * The command line of a subcommand: a table of its options, read into variables and checked against their ranges, its
 * other words, and --help made from the same table.
 */
#ifndef GLIA_SRC_ARGUMENTS_H
#define GLIA_SRC_ARGUMENTS_H

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
    char **text;       /* lent while the work is done */
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

#define TOOL_WORDS_MAX 2

/* What a command line may hold. */
typedef struct tool_arguments {
    const char *usage; /* what follows the command's name: "MODEL DATA [OPTION...]" */
    const char *about; /* printed by --help above the options */
    const char *notes; /* printed below them, or NULL */
    const tool_option *options;
    size_t option_count;
    const char **words[TOOL_WORDS_MAX]; /* the variables of the words that are no options; all of these there must be */
} tool_arguments;

/*
 * Read the command line into the variables of `request` and do the work that it asks for; --help prints what there is
 * instead. Answers the exit status.
 */
int tool_arguments_run(const tool_arguments *arguments, int argc, const char **argv, int (*work)(const void *request),
                       const void *request);

/* Read a whole number: digits and nothing else. Answers whether it is one. */
bool tool_parse_count(uint64_t *value, const char *text);

#endif
