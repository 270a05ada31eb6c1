/* SPDX-License-Identifier: MIT */
/* The metadata that libglia itself writes into a model file, in ascending order of its keys. */
#ifndef GLIA_MODEL_FIELDS_H
#define GLIA_MODEL_FIELDS_H

#define GLIA__FIELD_PREFIX "glia." /* no other key begins so */

enum {
    GLIA__FIELD_ARCHITECTURE,
    GLIA__FIELD_CHECKSUM,
    GLIA__FIELD_DTYPE,
    GLIA__FIELD_EPOCHS,
    GLIA__FIELD_FORMAT,
    GLIA__FIELD_LOSS,
    GLIA__FIELD_OPTIMIZER, /* the only one that may be missing */
    GLIA__FIELD_PASSES,
    GLIA__FIELD_SEED,
    GLIA__FIELD_STEPS,
    GLIA__FIELDS
};

extern const char *const glia__field_names[GLIA__FIELDS];

#define GLIA__FORMAT_VERSION  1
#define GLIA__FIELD_TEXT_SIZE 512 /* holds any loss or optimizer in canonical form */

#endif
