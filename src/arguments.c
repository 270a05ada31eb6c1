/* SPDX-License-Identifier: MIT */
/* The command line of a subcommand, read by popt. */
#include "arguments.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
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

static void print_help(const tool_arguments *arguments)
{
    printf("%s\n\n", arguments->about);
    poptSetOtherOptionHelp(arguments->context, arguments->usage);
    poptPrintHelp(arguments->context, stdout, 0);
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

static int read_options(tool_arguments *arguments)
{
    int found;
    while ((found = poptGetNextOpt(arguments->context)) > 0) {
        if (found == HELP) {
            print_help(arguments);
            return TOOL_DONE;
        }
        int outcome = read_option(&arguments->options[found - FIRST_OPTION], arguments->context);
        if (outcome != TOOL_GO_ON)
            return outcome;
    }
    if (found < -1)
        return tool_misuse("%s: %s", poptBadOption(arguments->context, POPT_BADOPTION_NOALIAS), poptStrerror(found));
    return TOOL_GO_ON;
}

static int read_files(tool_arguments *arguments)
{
    const char *const *files = (const char *const *)poptGetArgs(arguments->context);
    size_t count = 0;
    while (files != NULL && files[count] != NULL)
        count++;
    if (count > arguments->file_count)
        return tool_misuse("'%s' is one argument too many: %s", files[arguments->file_count], arguments->usage);
    if (count < arguments->file_count)
        return tool_misuse("an argument is missing: %s", arguments->usage);
    arguments->files = files;
    return TOOL_GO_ON;
}

int tool_arguments_read(tool_arguments *arguments, int argc, const char **argv)
{
    arguments->table = make_table(arguments);
    arguments->context = poptGetContext(NULL, argc, argv, arguments->table, 0);
    if (arguments->context == NULL)
        return tool_fail("out of memory");
    int outcome = read_options(arguments);
    return outcome == TOOL_GO_ON ? read_files(arguments) : outcome;
}

void tool_arguments_free(tool_arguments *arguments)
{
    for (size_t i = 0; i < arguments->option_count; i++) {
        const tool_option *option = &arguments->options[i];
        if (option->text == NULL)
            continue;
        free(*option->text);
        *option->text = NULL;
    }
    poptFreeContext(arguments->context);
    free(arguments->table);
}
