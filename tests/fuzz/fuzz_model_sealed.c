/* SPDX-License-Identifier: MIT */
/* Any bytes as a model file whose checksum is put right first, if it has one, through the public calls: what is loaded
 * saves as the same bytes, and computes. */
#include <string.h>

#include <glia/glia.h>

#include "base/crc32c.h"
#include "fuzz/target.h"

enum {
    DIGITS = 8 /* of the checksum */
};

/* Behind the first such text; NULL: there is none. */
static uint8_t *find(uint8_t *bytes, size_t size, const char *text)
{
    const size_t length = strlen(text);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(bytes + i, text, length) == 0)
            return bytes + i + length;
    return NULL;
}

static void seal(uint8_t *bytes, size_t size)
{
    static const char hex[] = "0123456789abcdef";
    uint8_t *digits = find(bytes, size, "\"glia.crc32c\":\"");
    if (digits == NULL || (size_t)(bytes + size - digits) < DIGITS)
        return;
    memset(digits, '0', DIGITS);
    uint32_t crc = glia__crc32c(0, bytes, size);
    for (size_t i = 0; i < DIGITS; i++)
        digits[i] = (uint8_t)hex[crc >> (28 - 4 * i) & 15];
}

/* One of doubles was converted, and is saved as floats. */
static void require_saved_the_same(const glia_net *net, uint8_t *bytes, size_t size)
{
    if (find(bytes, size, "\"glia.dtype\":\"F32\"") == NULL)
        return;
    uint8_t *saved = malloc(size);
    REQUIRE(saved != NULL);
    REQUIRE(glia_net_save_memory(net, saved, size, NULL) == GLIA_OK);
    REQUIRE(memcmp(saved, bytes, size) == 0);
    free(saved);
}

static void predict(const glia_net *net)
{
    size_t input_size = glia_net_input_size(net), output_size = glia_net_output_size(net);
    float *inputs = calloc(input_size + output_size, sizeof *inputs);
    REQUIRE(inputs != NULL);
    REQUIRE(glia_net_predict(net, inputs, 1, inputs + input_size) == GLIA_OK);
    free(inputs);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    uint8_t *sealed = calloc(size + 1, 1);
    REQUIRE(sealed != NULL);
    if (size > 0)
        memcpy(sealed, bytes, size);
    seal(sealed, size);
    glia_net *net = NULL;
    if (glia_net_load_memory(&net, sealed, size, NULL) == GLIA_OK) {
        require_saved_the_same(net, sealed, size);
        predict(net);
        glia_net_destroy(net);
    } else {
        REQUIRE(net == NULL && glia_error_message()[0] != '\0');
    }
    free(sealed);
    return 0;
}
