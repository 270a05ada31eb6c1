/* SPDX-License-Identifier: MIT */
/* The default allocator, and blocks that grow. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/size.h"

/* C11's aligned_alloc is missing on some targets, so: the address that malloc gave stands just before the block. */
static void *allocate_aligned(void *user, size_t size, size_t alignment)
{
    (void)user;
    size_t total;
    if (!glia__size_add(&total, size, alignment + sizeof(void *)))
        return NULL;
    char *begin = malloc(total);
    if (begin == NULL)
        return NULL;
    uintptr_t first = (uintptr_t)begin + sizeof(void *);
    size_t padding = (alignment - first % alignment) % alignment;
    char *block = begin + sizeof(void *) + padding;
    memcpy(block - sizeof(void *), &begin, sizeof begin);
    return block;
}

static void release_aligned(void *user, void *block, size_t size)
{
    (void)user;
    (void)size;
    void *begin;
    memcpy(&begin, (char *)block - sizeof(void *), sizeof begin);
    free(begin);
}

const glia__allocator glia__default_allocator = {.allocate = allocate_aligned, .release = release_aligned};

void *glia__allocate(const glia__allocator *allocator, size_t size)
{
    void *block = allocator->allocate(allocator->user, size == 0 ? 1 : size, GLIA__ALIGNMENT);
    if (block == NULL)
        glia__fail(GLIA_ERR_NOMEM, "no memory for %zu bytes", size);
    return block;
}

void glia__release(const glia__allocator *allocator, void *block, size_t size)
{
    if (block != NULL)
        allocator->release(allocator->user, block, size == 0 ? 1 : size);
}

glia_status glia__block_reserve(glia__block *block, const glia__allocator *allocator, size_t size)
{
    if (block->bytes != NULL && block->size >= size)
        return GLIA_OK;
    void *bytes = glia__allocate(allocator, size);
    if (bytes == NULL)
        return GLIA_ERR_NOMEM;
    glia__block_release(block, allocator);
    *block = (glia__block){.bytes = bytes, .size = size};
    return GLIA_OK;
}

glia_status glia__block_extend(glia__block *block, const glia__allocator *allocator, size_t size)
{
    if (block->bytes != NULL && block->size >= size)
        return GLIA_OK;
    glia__block larger = {0};
    size_t doubled = block->size > SIZE_MAX / 2 ? SIZE_MAX : 2 * block->size;
    glia_status status = glia__block_reserve(&larger, allocator, size > doubled ? size : doubled);
    if (status != GLIA_OK)
        return status;
    if (block->size > 0)
        memcpy(larger.bytes, block->bytes, block->size);
    glia__block_release(block, allocator);
    *block = larger;
    return GLIA_OK;
}

void glia__block_release(glia__block *block, const glia__allocator *allocator)
{
    glia__release(allocator, block->bytes, block->size);
    *block = (glia__block){0};
}
