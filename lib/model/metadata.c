/* SPDX-License-Identifier: MIT */
/* Texts that are kept and saved with a network. */
#include "model/metadata.h"

#include <string.h>

#include "base/size.h"
#include "base/utf8.h"
#include "model/fields.h"

bool glia__metadata_key_is_free(const char *key)
{
    bool is_reserved = strncmp(key, GLIA__FIELD_PREFIX, strlen(GLIA__FIELD_PREFIX)) == 0;
    return *key != '\0' && !is_reserved && glia__utf8_is_valid(key);
}

static glia__metadata_entry *entries_of(const glia__metadata *metadata)
{
    return metadata->entries.bytes;
}

/* Where the key stands, or would stand. */
static size_t place_of(const glia__metadata *metadata, const char *key, bool *is_there)
{
    size_t begin = 0, end = metadata->count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (strcmp(entries_of(metadata)[middle].key, key) < 0)
            begin = middle + 1;
        else
            end = middle;
    }
    *is_there = begin < metadata->count && strcmp(entries_of(metadata)[begin].key, key) == 0;
    return begin;
}

glia_status glia__metadata_reserve(glia__metadata *metadata, const glia__allocator *allocator, size_t count)
{
    size_t size;
    if (!glia__size_multiply(&size, count, sizeof(glia__metadata_entry)))
        return glia__fail(GLIA_ERR_NOMEM, "no memory for %zu keys of metadata", count);
    return count == 0 ? GLIA_OK : glia__block_extend(&metadata->entries, allocator, size);
}

static char *copy_text(const glia__allocator *allocator, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = glia__allocate(allocator, size);
    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

static void release_text(const glia__allocator *allocator, char *text)
{
    if (text != NULL)
        glia__release(allocator, text, strlen(text) + 1);
}

static void remove_entry(glia__metadata *metadata, const glia__allocator *allocator, size_t index)
{
    glia__metadata_entry *entries = entries_of(metadata);
    release_text(allocator, entries[index].key);
    release_text(allocator, entries[index].value);
    metadata->count--;
    memmove(&entries[index], &entries[index + 1], (metadata->count - index) * sizeof *entries);
}

static glia_status insert_entry(glia__metadata *metadata, const glia__allocator *allocator, size_t index,
                                const char *key, char *value)
{
    glia_status status = glia__metadata_reserve(metadata, allocator, metadata->count + 1);
    char *copy = status == GLIA_OK ? copy_text(allocator, key) : NULL;
    if (copy == NULL)
        return GLIA_ERR_NOMEM;
    glia__metadata_entry *entries = entries_of(metadata);
    memmove(&entries[index + 1], &entries[index], (metadata->count - index) * sizeof *entries);
    entries[index] = (glia__metadata_entry){.key = copy, .value = value};
    metadata->count++;
    return GLIA_OK;
}

glia_status glia__metadata_set(glia__metadata *metadata, const glia__allocator *allocator, const char *key,
                               const char *value)
{
    bool is_there;
    size_t index = place_of(metadata, key, &is_there);
    if (value == NULL) {
        if (is_there)
            remove_entry(metadata, allocator, index);
        return GLIA_OK;
    }
    char *copy = copy_text(allocator, value);
    if (copy == NULL)
        return GLIA_ERR_NOMEM;
    if (is_there) {
        release_text(allocator, entries_of(metadata)[index].value);
        entries_of(metadata)[index].value = copy;
        return GLIA_OK;
    }
    glia_status status = insert_entry(metadata, allocator, index, key, copy);
    if (status != GLIA_OK)
        release_text(allocator, copy);
    return status;
}

const char *glia__metadata_get(const glia__metadata *metadata, const char *key)
{
    bool is_there;
    size_t index = place_of(metadata, key, &is_there);
    return is_there ? entries_of(metadata)[index].value : NULL;
}

const glia__metadata_entry *glia__metadata_at(const glia__metadata *metadata, size_t index)
{
    return index < metadata->count ? &entries_of(metadata)[index] : NULL;
}

glia_status glia__metadata_copy(glia__metadata *copy, const glia__metadata *metadata, const glia__allocator *allocator)
{
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < metadata->count && status == GLIA_OK; i++)
        status = glia__metadata_set(copy, allocator, entries_of(metadata)[i].key, entries_of(metadata)[i].value);
    return status;
}

void glia__metadata_release(glia__metadata *metadata, const glia__allocator *allocator)
{
    while (metadata->count > 0)
        remove_entry(metadata, allocator, metadata->count - 1);
    glia__block_release(&metadata->entries, allocator);
}
