/* SPDX-License-Identifier: MIT */
/* The status texts and this thread's error message. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE_SIZE 512

static _Thread_local char error_message[MESSAGE_SIZE];

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

const char *glia_error_message(void)
{
    return error_message;
}

/* A message is one line: what a caller's word brought along must not break it. */
static void replace_control_characters(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            *text = ' ';
}

/* Bytes of a UTF-8 character that cutting has left without their end go too. */
static void cut_at_character(char *text)
{
    size_t length = strlen(text), begin = length;
    while (begin > 0 && length - begin < 4 && ((unsigned char)text[begin - 1] & 0xc0) == 0x80)
        begin--;
    if (begin == 0)
        return;
    unsigned char first = (unsigned char)text[begin - 1];
    size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (length - begin + 1 < wanted)
        text[begin - 1] = '\0';
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

    replace_control_characters(message);
    cut_at_character(message);
    for (size_t i = 0; i < sizeof message; i++)
        error_message[i] = message[i];
    return status;
}
