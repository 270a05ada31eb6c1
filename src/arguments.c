/* SPDX-License-Identifier: MIT */
/* The command line of a subcommand, read by popt. */
#include "arguments.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format_text.h"
#include "report.h"

#define HELP         1 /* what popt answers for --help */
#define FIRST_OPTION 2 /* and for the first option of ours */

/* Every value is a text to popt, whose conversions accept nan, inf and negative counts; its own --help would exit. */
static struct poptOption *make_table(const tool_arguments *arguments)
{
    size_t count = arguments->option_count;
    struct poptOption *table = tool_allocate(count + 2, sizeof *table); /* ends with a row of zeros */
    for (size_t i = 0; i < count; i++) {
        const tool_option *option = &arguments->options[i];
        table[i] = (struct poptOption){
            .longName = option->name,
            .shortName = option->letter,
            .argInfo = option->flag != NULL ? POPT_ARG_NONE : POPT_ARG_STRING,
            .val = FIRST_OPTION + (int)i,
            .descrip = option->help,
            .argDescrip = option->value,
        };
    }
    table[count] = (struct poptOption){
        .longName = "help", .shortName = 'h', .argInfo = POPT_ARG_NONE, .val = HELP, .descrip = "show this help"};
    return table;
}

static void print_help(const tool_arguments *arguments, poptContext context)
{
    printf("%s\n\n", arguments->about);
    poptSetOtherOptionHelp(context, arguments->usage);
    poptPrintHelp(context, stdout, 0);
    if (arguments->notes != NULL)
        printf("\n%s\n", arguments->notes);
}

bool tool_parse_count(uint64_t *value, const char *text)
{
    errno = 0;
    *value = strtoull(text, NULL, 10);
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text) && errno == 0;
}

static int read_count(const tool_option *option, const char *text)
{
    uint64_t value = 0;
    if (!tool_parse_count(&value, text) || value < option->least || value > option->most)
        return tool_misuse("--%s: '%s' is not a whole number from %" PRIu64 " to %" PRIu64, option->name, text,
                           option->least, option->most);
    *option->count = value;
    return TOOL_GO_ON;
}

static int read_number(const tool_option *option, const char *text)
{
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value) || value < 0)
        return tool_misuse("--%s: '%s' is not a number, 0 or more", option->name, text);
    *option->number = value;
    return TOOL_GO_ON;
}

/* Take the value of an option; the last one counts if it is given twice. */
static int read_option(const tool_option *option, poptContext context)
{
    if (option->flag != NULL) {
        *option->flag = true;
        return TOOL_GO_ON;
    }
    char *text = poptGetOptArg(context);
    if (text == NULL)
        return tool_misuse("--%s: a value is missing", option->name);
    if (option->text != NULL) {
        free(*option->text);
        *option->text = text;
        return TOOL_GO_ON;
    }
    int outcome = option->count != NULL ? read_count(option, text) : read_number(option, text);
    free(text);
    return outcome;
}

static int read_options(const tool_arguments *arguments, poptContext context)
{
    int found;
    while ((found = poptGetNextOpt(context)) > 0) {
        if (found == HELP) {
            print_help(arguments, context);
            return TOOL_DONE;
        }
        int outcome = read_option(&arguments->options[found - FIRST_OPTION], context);
        if (outcome != TOOL_GO_ON)
            return outcome;
    }
    if (found < -1)
        return tool_misuse("%s: %s", poptBadOption(context, POPT_BADOPTION_NOALIAS), poptStrerror(found));
    return TOOL_GO_ON;
}

static int read_words(const tool_arguments *arguments, poptContext context, const char *command)
{
    for (size_t i = 0; i < TOOL_WORDS_MAX && arguments->words[i] != NULL; i++) {
        *arguments->words[i] = poptGetArg(context);
        if (*arguments->words[i] == NULL)
            return tool_misuse("an argument is missing; usage: %s %s", command, arguments->usage);
    }
    const char *surplus = poptGetArg(context);
    if (surplus != NULL)
        return tool_misuse("'%s' is one argument too many; usage: %s %s", surplus, command, arguments->usage);
    return TOOL_GO_ON;
}

/* Free the texts that the options have brought. */
static void free_texts(const tool_arguments *arguments)
{
    for (size_t i = 0; i < arguments->option_count; i++) {
        if (arguments->options[i].text == NULL)
            continue;
        free(*arguments->options[i].text);
        *arguments->options[i].text = NULL;
    }
}

int tool_arguments_run(const tool_arguments *arguments, int argc, const char **argv, int (*work)(const void *request),
                       const void *request)
{
    struct poptOption *table = make_table(arguments);
    poptContext context = poptGetContext(NULL, argc, argv, table, 0);
    if (context == NULL)
        exit(tool_fail("out of memory"));
    int outcome = read_options(arguments, context);
    if (outcome == TOOL_GO_ON)
        outcome = read_words(arguments, context, argv[0]);
    if (outcome == TOOL_GO_ON)
        outcome = work(request);
    free_texts(arguments);
    poptFreeContext(context);
    free(table);
    return outcome;
}
