/* SPDX-License-Identifier: MIT */
/* Messages on standard error. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

#include <glia/glia.h>

static const char *reporter = "glia";

void tool_report_as(const char *command)
{
    reporter = command;
}

int tool_fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s: ", reporter);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    return TOOL_FAILED;
}

int tool_misuse(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s: ", reporter);
    vfprintf(stderr, format, values);
    fprintf(stderr, "\nSee '%s --help'.\n", reporter);
    va_end(values);
    return TOOL_MISUSED;
}

int tool_fail_library(const char *about)
{
    return tool_fail("%s: %s", about, glia_error_message());
}

int tool_misuse_library(const char *about)
{
    return tool_misuse("%s: %s", about, glia_error_message());
}
