/* SPDX-License-Identifier: MIT */
/* malloc() and its kind, that count and fail when told to; see failing_memory.h. The libraries that libglia-io uses are
 * led here as well, each in its own way. */
#include "failing_memory.h"

#include <stdlib.h>

#include <csv.h>
#include <zlib.h>

void *__real_malloc(size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
int __real_csv_init(struct csv_parser *parser, unsigned char options);
int __real_inflateInit2_(z_streamp stream, int window_bits, const char *version, int stream_size);

void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
int __wrap_csv_init(struct csv_parser *parser, unsigned char options);
int __wrap_inflateInit2_(z_streamp stream, int window_bits, const char *version, int stream_size);

static size_t blocks, largest, countdown, failures;
static int is_persistent;

/* Whether this allocation is to fail. */
static int fails(size_t size)
{
    largest = size > largest ? size : largest;
    int is_due = countdown == 1 || (is_persistent && failures > 0);
    countdown -= countdown > 0;
    failures += (size_t)is_due;
    return is_due;
}

void *__wrap_malloc(size_t size)
{
    void *block = fails(size) ? NULL : __real_malloc(size);
    blocks += block != NULL;
    return block;
}

void *__wrap_realloc(void *block, size_t size)
{
    void *moved = fails(size) ? NULL : __real_realloc(block, size);
    blocks += block == NULL && moved != NULL;
    return moved;
}

void __wrap_free(void *block)
{
    blocks -= block != NULL;
    __real_free(block);
}

int __wrap_csv_init(struct csv_parser *parser, unsigned char options)
{
    int answer = __real_csv_init(parser, options);
    csv_set_realloc_func(parser, __wrap_realloc);
    csv_set_free_func(parser, __wrap_free);
    return answer;
}

static void *zlib_allocate(void *user, unsigned count, unsigned size)
{
    (void)user;
    return __wrap_malloc((size_t)count * size);
}

static void zlib_free(void *user, void *block)
{
    (void)user;
    __wrap_free(block);
}

int __wrap_inflateInit2_(z_streamp stream, int window_bits, const char *version, int stream_size)
{
    stream->zalloc = zlib_allocate;
    stream->zfree = zlib_free;
    return __real_inflateInit2_(stream, window_bits, version, stream_size);
}

void failing_memory_arm(size_t n, int persistently)
{
    countdown = n;
    failures = 0;
    is_persistent = persistently;
}

size_t failing_memory_disarm(void)
{
    size_t count = failures;
    countdown = failures = 0;
    return count;
}

size_t failing_memory_blocks(void)
{
    return blocks;
}

size_t failing_memory_largest(void)
{
    size_t size = largest;
    largest = 0;
    return size;
}
