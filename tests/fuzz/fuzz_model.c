/* SPDX-License-Identifier: MIT */
/* Any bytes as a model file whose checksum may be wrong, so that the fuzzer gets past it: what is read is the one
 * encoding of what was read. */
#include <string.h>

#include "fuzz/target.h"
#include "model/model.h"

/* Read what has the checksum that it says it has, whatever that is. */
static glia_status read_unsealed(glia__model *model, const glia__header *header, uint32_t *checksum)
{
    glia__network_setup setup = {.allocator = glia__default_allocator};
    glia_status status = glia__header_check_length(header);
    *checksum = 0;
    (void)glia__header_check_checksum(header, checksum);
    if (status == GLIA_OK)
        status = glia__header_check_version(header);
    if (status == GLIA_OK)
        status = glia__kernels_select(&setup.kernels, "portable");
    return status != GLIA_OK ? status : glia__model_build(model, header, *checksum, &setup);
}

/* A file of the other precision was converted. */
static bool is_of_own_type(const glia__header *header)
{
    char name[8];
    REQUIRE(glia__header_copy_field(header, GLIA__FIELD_DTYPE, name, sizeof name) == GLIA_OK);
    return strcmp(name, glia__number_format_of_real()->name) == 0;
}

static void require_canonical(const glia__model *model, glia__origin *origin, uint32_t checksum)
{
    glia__comparing_sink sink = glia__comparing_sink_begin(origin, origin->size);
    glia__model_encode(model, checksum, &sink.base);
    REQUIRE(sink.base.status == GLIA_OK && sink.base.size == origin->size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    glia__network network = {.allocator = glia__default_allocator};
    glia__trainer trainer = {.network = &network};
    glia__metadata metadata = {0};
    glia__model model = {.network = &network, .trainer = &trainer, .metadata = &metadata};
    glia__memory_origin origin = glia__memory_origin_begin(bytes, size);
    glia__header header;
    uint32_t checksum;
    if (glia__header_find(&header, &origin.base) != GLIA_OK)
        return 0;
    if (read_unsealed(&model, &header, &checksum) == GLIA_OK) {
        REQUIRE(glia__model_check_finite(&model) == GLIA_OK);
        if (is_of_own_type(&header))
            require_canonical(&model, &origin.base, checksum);
    }
    glia__metadata_release(&metadata, &glia__default_allocator);
    glia__trainer_release(&trainer);
    glia__network_release(&network);
    return 0;
}
