/* SPDX-License-Identifier: MIT */
/*
 * What the tool says when something goes wrong, and the exit statuses. What the tool's files share is called tool_x:
 * the static libraries have the names that begin with glia__.
 */
#ifndef GLIA_SRC_REPORT_H
#define GLIA_SRC_REPORT_H

/* The compiler checks such a function's arguments as it does printf's. */
#if defined(__GNUC__)
#define TOOL_LIKE_PRINTF __attribute__((format(printf, 1, 2)))
#else
#define TOOL_LIKE_PRINTF
#endif

enum tool_exit {
    TOOL_DONE = 0,
    TOOL_FAILED = 1,  /* a file is damaged or missing, the system refused, training diverged */
    TOOL_MISUSED = 2, /* what was typed cannot be right, whatever the files hold */
    TOOL_GO_ON = -1,  /* no exit status: nothing is wrong so far */
};

/* The name that begins every message from here on, as "glia train"; not copied. */
void tool_report_as(const char *command);

/* Print "glia train: what happened" on standard error; answers TOOL_FAILED. */
int tool_fail(const char *format, ...) TOOL_LIKE_PRINTF;

/* As tool_fail(), and where to read how it is done; answers TOOL_MISUSED. */
int tool_misuse(const char *format, ...) TOOL_LIKE_PRINTF;

/* As tool_fail() and tool_misuse() with the message of the library's last failure, after `about` and a colon. */
int tool_fail_library(const char *about);
int tool_misuse_library(const char *about);

#endif
