/* SPDX-License-Identifier: MIT */
/* The metadata that libglia itself writes into a model file. */
#include "model/fields.h"

const char *const glia__field_names[GLIA__FIELDS] = {
    [GLIA__FIELD_ARCHITECTURE] = GLIA__FIELD_PREFIX "architecture",
    [GLIA__FIELD_CHECKSUM] = GLIA__FIELD_PREFIX "crc32c",
    [GLIA__FIELD_DTYPE] = GLIA__FIELD_PREFIX "dtype",
    [GLIA__FIELD_EPOCHS] = GLIA__FIELD_PREFIX "epochs",
    [GLIA__FIELD_FORMAT] = GLIA__FIELD_PREFIX "format",
    [GLIA__FIELD_LOSS] = GLIA__FIELD_PREFIX "loss",
    [GLIA__FIELD_OPTIMIZER] = GLIA__FIELD_PREFIX "optimizer",
    [GLIA__FIELD_PASSES] = GLIA__FIELD_PREFIX "passes",
    [GLIA__FIELD_SEED] = GLIA__FIELD_PREFIX "seed",
    [GLIA__FIELD_STEPS] = GLIA__FIELD_PREFIX "steps",
};
