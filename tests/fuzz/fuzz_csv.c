/* SPDX-License-Identifier: MIT */
/* Any bytes as a CSV file, plain or gzip: the first byte says with which options, the rest is the file. What is read is
 * what the contract says. */
#include <math.h>

#include <glia/io.h>

#include "fuzz/fuzz_file.h"
#include "fuzz/target.h"

static const char *const options[] = {
    NULL,
    "target=t",
    "target=2 header=no",
    "target=t target_type=class header=yes",
    "target=t target_type=numbers target_optional=yes",
    "header=yes delimiter=;",
};

static void require_sound(glia_data *data)
{
    glia64_samples samples = {.struct_size = sizeof samples};
    REQUIRE(glia_data_samples64(data, &samples) == GLIA_OK);
    REQUIRE(samples.rows > 0 && glia_data_input_size(data) > 0);
    for (size_t i = 0; i < samples.rows * glia_data_input_size(data); i++)
        REQUIRE(isfinite(samples.inputs[i]));
    for (size_t row = 0; samples.classes != NULL && row < samples.rows; row++)
        REQUIRE(samples.classes[row] >= 0 && (size_t)samples.classes[row] < glia_data_class_count(data));
    for (size_t i = 0; glia_data_metadata_key(data, i) != NULL; i++)
        REQUIRE(glia_data_metadata(data, glia_data_metadata_key(data, i)) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    const char *path = fuzz_file_write(0, bytes + 1, size - 1);
    glia_data *data = NULL;
    glia_status status = glia_data_read_csv(&data, path, options[bytes[0] % (sizeof options / sizeof *options)]);
    REQUIRE((status == GLIA_OK) == (data != NULL));
    if (data != NULL)
        require_sound(data);
    glia_data_destroy(data);
    return 0;
}
