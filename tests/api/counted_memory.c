/* SPDX-License-Identifier: MIT */
/* An allocator for the options that counts; see counted_memory.h. */
#include "counted_memory.h"

#include <stdlib.h>
#include <string.h>

#include "harness.h"

/* What stands in front of each block, at any alignment. */
typedef struct block_head {
    unsigned char *whole; /* what malloc gave */
    size_t size;
    const counted_memory *owner;
} block_head;

/* A block that is aligned as asked and no better, filled with what nobody should take for a value. */
static void *allocate(void *user, size_t size, size_t alignment)
{
    counted_memory *memory = user;
    assert_true(size > 0);
    assert_true(alignment > 0 && (alignment & (alignment - 1)) == 0);
    memory->calls++;
    if (memory->calls == memory->fail)
        return NULL;

    unsigned char *whole = malloc(sizeof(block_head) + 3 * alignment + size);
    if (whole == NULL)
        return NULL;
    uintptr_t begin = (uintptr_t)(whole + sizeof(block_head)), twice = 2 * (uintptr_t)alignment;
    size_t offset = sizeof(block_head) + (size_t)((twice - begin % twice) % twice) + alignment;
    memset(whole + offset, 0xA5, size);
    block_head head = {whole, size, memory};
    memcpy(whole + offset - sizeof head, &head, sizeof head);
    memory->blocks++;
    memory->bytes += size;
    memory->most = memory->bytes > memory->most ? memory->bytes : memory->most;
    return whole + offset;
}

static void release(void *user, void *block, size_t size)
{
    counted_memory *memory = user;
    block_head head;
    assert_non_null(block);
    memcpy(&head, (unsigned char *)block - sizeof head, sizeof head);
    assert_ptr_equal(head.owner, memory);
    assert_int_equal(head.size, size);
    memory->blocks--;
    memory->bytes -= size;
    free(head.whole);
}

glia_options counted_memory_options(counted_memory *memory)
{
    return (glia_options){
        .struct_size = sizeof(glia_options), .seed = 5, .user = memory, .allocate = allocate, .release = release};
}

void counted_memory_fail(counted_memory *memory, size_t n)
{
    memory->fail = memory->calls + n;
}

int counted_memory_relent(counted_memory *memory)
{
    int has_failed = memory->fail != 0 && memory->calls >= memory->fail;
    memory->fail = 0;
    return has_failed;
}
