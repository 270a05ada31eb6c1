/* SPDX-License-Identifier: MIT */
/* Work on a thread whose stack is small, and how much of it was used. */
#ifndef GLIA_API_SMALL_STACK_H
#define GLIA_API_SMALL_STACK_H

#include <stddef.h>

/* Sanitizers put much around every variable: with them the stack is larger, and what is used says nothing. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SMALL_STACK_IS_TELLING 0
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SMALL_STACK_IS_TELLING 0
#endif
#endif
#ifndef SMALL_STACK_IS_TELLING
#define SMALL_STACK_IS_TELLING 1
#endif

enum {
    SMALL_STACK_SIZE = SMALL_STACK_IS_TELLING ? 64 << 10 : 1024 << 10,
    SMALL_STACK_PROMISED = 32 << 10 /* what glia.h says a call takes at most */
};

/* Run work(context) on a new thread with a stack of SMALL_STACK_SIZE, or the least that the system allows, and below it
 * memory that nobody may touch. Answers how many bytes of the stack were used beyond what a thread that does nothing
 * uses. One caller at a time. */
size_t small_stack_run(void (*work)(void *context), void *context);

#endif
