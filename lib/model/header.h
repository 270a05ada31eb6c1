/* SPDX-License-Identifier: MIT */
/* The header of a model file that nobody vouches for: what stands where in it, and whether the file is whole. */
#ifndef GLIA_MODEL_HEADER_H
#define GLIA_MODEL_HEADER_H

#include "model/fields.h"
#include "model/metadata.h"
#include "model/origin.h"

/* A string in the file, as it is written there between its quotes; `begin` 0: there is none. */
typedef struct glia__span {
    size_t begin, length;
} glia__span;

typedef struct glia__header {
    glia__origin *origin;
    size_t end; /* where the tensors begin */
    glia__span fields[GLIA__FIELDS];
    size_t key_count; /* of those that are not libglia's */
} glia__header;

/* GLIA_ERR_FORMAT: this is no valid model because of that. */
glia_status glia__refuse_model(const char *why);

/* Find the end of the header and the fields in it. */
glia_status glia__header_find(glia__header *header, glia__origin *origin);

/* The three things to be asked before anything in the file is believed. The first is answered by the header alone: a
 * file that says that it is longer or shorter than it is need not be read as a whole. `checksum` is set to what the
 * file says, be it right or wrong. */
glia_status glia__header_check_length(const glia__header *header);
glia_status glia__header_check_checksum(const glia__header *header, uint32_t *checksum);
glia_status glia__header_check_version(const glia__header *header);

/* Copy a field, which is there, with a 0 behind it; GLIA_ERR_FORMAT if it takes more than `size` bytes so. */
glia_status glia__header_copy_field(const glia__header *header, size_t field, char *text, size_t size);

/* A field of decimal digits that fit 64 bits; leading zeros are nothing that is noticed here. */
glia_status glia__header_read_count(const glia__header *header, size_t field, uint64_t *count);

/* Keep the pairs that are not libglia's. */
glia_status glia__header_read_metadata(const glia__header *header, glia__metadata *metadata,
                                       const glia__allocator *allocator);

#endif
