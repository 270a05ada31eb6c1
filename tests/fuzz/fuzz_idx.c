/* SPDX-License-Identifier: MIT */
/* Any bytes as two IDX files, plain or gzip: the first two bytes say how many belong to the images, the rest are the
 * labels. What is read is what the contract says. */
#include <glia/io.h>

#include "fuzz/fuzz_file.h"
#include "fuzz/target.h"

static void require_sound(glia_data *data)
{
    glia_samples samples = {.struct_size = sizeof samples};
    REQUIRE(glia_data_samples(data, &samples) == GLIA_OK);
    REQUIRE(samples.rows > 0 && glia_data_input_size(data) > 0);
    for (size_t i = 0; i < samples.rows * glia_data_input_size(data); i++)
        REQUIRE(samples.inputs[i] >= 0 && samples.inputs[i] <= 1);
    for (size_t row = 0; samples.classes != NULL && row < samples.rows; row++)
        REQUIRE(samples.classes[row] >= 0 && (size_t)samples.classes[row] < glia_data_class_count(data));
}

static void read_idx(const char *images, const char *labels)
{
    glia_data *data = NULL;
    glia_status status = glia_data_read_idx(&data, images, labels);
    REQUIRE((status == GLIA_OK) == (data != NULL));
    if (data != NULL)
        require_sound(data);
    glia_data_destroy(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 2)
        return 0;
    size_t rest = size - 2, images_size = (size_t)bytes[0] << 8 | bytes[1];
    if (images_size > rest)
        images_size = rest;
    const char *images = fuzz_file_write(0, bytes + 2, images_size);
    const char *labels = fuzz_file_write(1, bytes + 2 + images_size, rest - images_size);
    (void)glia_data_is_idx(images);
    read_idx(images, NULL);
    read_idx(images, labels);
    return 0;
}
