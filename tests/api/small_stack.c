/* SPDX-License-Identifier: MIT */
/* A thread with a small stack that is painted first; see small_stack.h. */
#include "small_stack.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness.h"

#define PAINT 0xA5

enum {
    GUARD_SIZE = 64 << 10 /* at least a page, whatever the system's */
};

static unsigned char *stack; /* made once, and used by one thread after the other */
static size_t stack_size;

/* SMALL_STACK_SIZE, or the least that a thread may have here: 128 KiB with glibc on AArch64. */
static size_t size_of_stack(void)
{
    long least = sysconf(_SC_THREAD_STACK_MIN);
    return least > SMALL_STACK_SIZE ? (size_t)least : SMALL_STACK_SIZE;
}

static void make_stack(void)
{
    int zeros = open("/dev/zero", O_RDWR);
    assert_true(zeros >= 0);
    stack_size = size_of_stack();
    void *memory = mmap(NULL, GUARD_SIZE + stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, zeros, 0);
    assert_true(memory != MAP_FAILED);
    assert_int_equal(close(zeros), 0);
    assert_int_equal(mprotect(memory, GUARD_SIZE, PROT_NONE), 0);
    stack = (unsigned char *)memory + GUARD_SIZE;
}

typedef struct errand {
    void (*work)(void *context);
    void *context;
} errand;

static void *run_errand(void *argument)
{
    const errand *of = argument;
    of->work(of->context);
    return NULL;
}

/* Run on the painted stack; how much of it lost its paint. */
static size_t run_painted(errand of)
{
    pthread_t thread;
    pthread_attr_t attributes;
    size_t untouched = 0;
    memset(stack, PAINT, stack_size);
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstack(&attributes, stack, stack_size), 0);
    assert_int_equal(pthread_create(&thread, &attributes, run_errand, &of), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(pthread_attr_destroy(&attributes), 0);
    while (untouched < stack_size && stack[untouched] == PAINT)
        untouched++;
    return stack_size - untouched;
}

static void do_nothing(void *context)
{
    (void)context;
}

size_t small_stack_run(void (*work)(void *context), void *context)
{
    static size_t of_a_thread;
    if (stack == NULL) {
        make_stack();
        of_a_thread = run_painted((errand){do_nothing, NULL});
    }
    size_t used = run_painted((errand){work, context});
    return used > of_a_thread ? used - of_a_thread : 0;
}
