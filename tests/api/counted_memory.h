/* SPDX-License-Identifier: MIT */
/* An allocator for the options that counts, fails when told to, and checks what is given back. */
#ifndef GLIA_API_COUNTED_MEMORY_H
#define GLIA_API_COUNTED_MEMORY_H

#include <stddef.h>

#include <glia/glia.h>

/* Begin with zeros. */
typedef struct counted_memory {
    size_t blocks; /* in use */
    size_t bytes;  /* in use */
    size_t most;   /* bytes that were in use at once */
    size_t calls;  /* of allocate, failed ones included */
    size_t fail;   /* the number of the call that fails; 0: none */
} counted_memory;

/* Options that take memory from here. */
glia_options counted_memory_options(counted_memory *memory);

/* Let the n-th allocation from now on fail, counting from 1. */
void counted_memory_fail(counted_memory *memory, size_t n);

/* Let none fail any more; answers whether one has. */
int counted_memory_relent(counted_memory *memory);

#endif
