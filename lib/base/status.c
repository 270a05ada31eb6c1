/* SPDX-License-Identifier: MIT */
/* The status texts and this thread's error message. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/not_inline.h"
#include "base/utf8.h"

#define MESSAGE_SIZE 512

static const char *const status_texts[] = {
    [GLIA_OK] = "done",
    [GLIA_STOPPED] = "stopped by the progress function",
    [GLIA_ERR_ARGUMENT] = "invalid argument",
    [GLIA_ERR_TEXT] = "text not understood",
    [GLIA_ERR_SHAPE] = "sizes do not fit",
    [GLIA_ERR_STATE] = "call not due in this state",
    [GLIA_ERR_NOMEM] = "out of memory",
    [GLIA_ERR_IO] = "input or output failed",
    [GLIA_ERR_FORMAT] = "not a valid file",
    [GLIA_ERR_UNSUPPORTED] = "not supported",
    [GLIA_ERR_DIVERGED] = "numbers are not finite",
};

const char *glia_status_text(glia_status status)
{
    if (status < 0 || (size_t)status >= sizeof status_texts / sizeof *status_texts)
        return "unknown status";
    return status_texts[status];
}

/* In a call of its own, so that nothing is kept in registers across whatever the system does to find it. */
NOT_INLINE static char *own_message(void)
{
    static _Thread_local char message[MESSAGE_SIZE];
    return message;
}

const char *glia_error_message(void)
{
    return own_message();
}

/* A message is one line of UTF-8, whatever a caller's word brought along and wherever that was cut. */
static void make_presentable(char *text)
{
    while (*text != '\0') {
        size_t length = glia__utf8_length(text);
        if (length == 0)
            *text = '?';
        else if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
        text += length == 0 ? 1 : length;
    }
}

glia_status glia_error_set(glia_status status, const char *message)
{
    return glia__fail(status, "%s", message == NULL ? "" : message);
}

glia_status glia__fail(glia_status status, const char *format, ...)
{
    char message[MESSAGE_SIZE]; /* a part of the old message may be among the arguments */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    make_presentable(message);
    memcpy(own_message(), message, sizeof message);
    return status;
}
