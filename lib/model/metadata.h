/* SPDX-License-Identifier: MIT */
/* Texts that are kept and saved with a network, in ascending order of their keys' bytes. */
#ifndef GLIA_MODEL_METADATA_H
#define GLIA_MODEL_METADATA_H

#include <stdbool.h>

#include "base/memory.h"

typedef struct glia__metadata_entry {
    char *key, *value;
} glia__metadata_entry;

typedef struct glia__metadata {
    glia__block entries; /* of glia__metadata_entry */
    size_t count;
} glia__metadata;

/* Whether a caller may use a key: UTF-8, not empty, and not one of libglia's own. */
bool glia__metadata_key_is_free(const char *key);

/* Make room for so many keys at once. */
glia_status glia__metadata_reserve(glia__metadata *metadata, const glia__allocator *allocator, size_t count);

/* Both texts are copied; value NULL removes the key. On failure nothing changes. */
glia_status glia__metadata_set(glia__metadata *metadata, const glia__allocator *allocator, const char *key,
                               const char *value);

/* NULL: no such key. */
const char *glia__metadata_get(const glia__metadata *metadata, const char *key);

/* The entry at an index; NULL past the end. */
const glia__metadata_entry *glia__metadata_at(const glia__metadata *metadata, size_t index);

glia_status glia__metadata_copy(glia__metadata *copy, const glia__metadata *metadata, const glia__allocator *allocator);
void glia__metadata_release(glia__metadata *metadata, const glia__allocator *allocator);

#endif
