/* SPDX-License-Identifier: MIT */
/* glia info: read and check a whole model file, and tell what is in it. */
#include <stdio.h>
#include <stdlib.h>

#include <glia/glia.h>

#include "arguments.h"
#include "command.h"
#include "data_source.h"
#include "format_text.h"
#include "report.h"

static int print_summary(const glia_net *net)
{
    size_t needed = 0;
    glia_net_summary(net, NULL, 0, &needed);
    char *summary = tool_allocate(needed, 1);
    glia_status status = glia_net_summary(net, summary, needed, NULL);
    if (status == GLIA_OK)
        printf("%s\n", summary);
    free(summary);
    return status == GLIA_OK ? TOOL_DONE : tool_fail("%s", glia_error_message());
}

/* "target     class", in columns as the summary's last lines. A text of somebody else's is printed on one line, without
 * what a terminal would obey. */
static void print_fact(const char *name, const char *text)
{
    char *line = tool_format("%-9s  %s", name, text);
    for (char *at = line; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = ' ';
    puts(line);
    free(line);
}

static void print_facts(const glia_net *net)
{
    const char *key;
    for (size_t i = 0; (key = glia_net_metadata_key(net, i)) != NULL; i++)
        print_fact(key, glia_net_metadata(net, key));
    print_fact("kernels", glia_cpu(net));
}

static int info(const void *context)
{
    const char *const *path = context;
    glia_net *net = NULL;
    int outcome = tool_model_load(&net, *path);
    if (outcome != TOOL_GO_ON)
        return outcome;
    printf("%s: whole and valid\n\n%s\n\n", *path, glia_net_architecture(net));
    outcome = print_summary(net);
    if (outcome == TOOL_DONE)
        print_facts(net);
    glia_net_destroy(net);
    return outcome;
}

static int run(int argc, const char **argv)
{
    const char *path = NULL;
    const tool_arguments arguments = {
        .usage = "MODEL",
        .about = "Read and check a whole model file, and tell what is in it.",
        .words = {&path},
    };
    return tool_arguments_run(&arguments, argc, argv, info, &path);
}

const tool_command tool_command_info = {
    .name = "info",
    .summary = "check a model file and tell what is in it",
    .run = run,
};
