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

/* A text of somebody else's is printed on one line, without what a terminal would obey. */
static void print_text(const char *text)
{
    for (; *text != '\0'; text++)
        putchar((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
}

static void print_metadata(const glia_net *net)
{
    const char *key;
    for (size_t i = 0; (key = glia_net_metadata_key(net, i)) != NULL; i++) {
        print_text(key);
        fputs(": ", stdout);
        print_text(glia_net_metadata(net, key));
        putchar('\n');
    }
}

static int info(const char *path)
{
    glia_net *net = NULL;
    int outcome = tool_model_load(&net, path);
    if (outcome != TOOL_GO_ON)
        return outcome;
    printf("%s: whole and valid\n\n%s\n\n", path, glia_net_architecture(net));
    outcome = print_summary(net);
    if (outcome == TOOL_DONE) {
        print_metadata(net);
        printf("kernels: %s\n", glia_cpu(net));
    }
    glia_net_destroy(net);
    return outcome;
}

static int run(int argc, const char **argv)
{
    tool_arguments arguments = {
        .usage = "MODEL",
        .about = "Read and check a whole model file, and tell what is in it.",
        .file_count = 1,
    };
    int outcome = tool_arguments_read(&arguments, argc, argv);
    if (outcome == TOOL_GO_ON)
        outcome = info(arguments.files[0]);
    tool_arguments_free(&arguments);
    return outcome;
}

const tool_command tool_command_info = {
    .name = "info",
    .summary = "check a model file and tell what is in it",
    .run = run,
};
