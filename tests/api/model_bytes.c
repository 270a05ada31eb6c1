/* SPDX-License-Identifier: MIT */
/* A look into model files for the tests; see model_bytes.h. */
#include "model_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t model_header_size(harness_file file)
{
    size_t size = 0;
    assert_true(file.size > HEADER_BEGIN);
    for (int i = HEADER_BEGIN - 1; i >= 0; i--)
        size = size * 256 + file.bytes[i];
    assert_true(size <= file.size - HEADER_BEGIN);
    return size;
}

uint32_t model_crc32c(const unsigned char *bytes, size_t size)
{
    uint32_t crc = UINT32_C(0xFFFFFFFF);
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? UINT32_C(0x82F63B78) : 0);
    }
    return crc ^ UINT32_C(0xFFFFFFFF);
}

unsigned char *model_checksum_digits(harness_file file)
{
    static const char key[] = "\"glia.crc32c\":\"";
    const size_t length = sizeof key - 1, end = HEADER_BEGIN + model_header_size(file);
    for (size_t i = HEADER_BEGIN; i + length + 8 < end; i++)
        if (memcmp(file.bytes + i, key, length) == 0)
            return file.bytes + i + length;
    fail_msg("the header has no glia.crc32c");
    return NULL;
}

void model_seal(harness_file file)
{
    char text[9];
    unsigned char *digits = model_checksum_digits(file);
    memset(digits, '0', 8);
    snprintf(text, sizeof text, "%08x", (unsigned)model_crc32c(file.bytes, file.size));
    memcpy(digits, text, 8);
}

/* The header as a string; the caller frees it. */
static char *header_text(harness_file file)
{
    size_t size = model_header_size(file);
    char *text = malloc(size + 1);
    assert_non_null(text);
    memcpy(text, file.bytes + HEADER_BEGIN, size);
    text[size] = '\0';
    return text;
}

/* The end of the string that begins at this quotation mark: its closing one. */
static char *string_end(char *quote)
{
    for (quote++; *quote != '"'; quote++) {
        assert_true(*quote != '\0');
        if (*quote == '\\')
            quote++;
    }
    return quote;
}

/* The next key at this depth of braces, from `*at` in a header; NULL: no more. Its quotation mark becomes a 0. */
static char *next_key(char **at, int *depth, int wanted_depth)
{
    for (char *c = *at; *c != '\0'; c++) {
        *depth += (*c == '{' || *c == '[') - (*c == '}' || *c == ']');
        if (*c != '"')
            continue;
        char *end = string_end(c);
        if (*depth == wanted_depth && end[1] == ':') {
            *end = '\0';
            *at = end + 1;
            return c + 1;
        }
        c = end;
    }
    return NULL;
}

/* What follows `"key":` in the object that begins at `object`. */
static const char *value_of(const char *object, const char *key)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, "\"%s\":", key);
    const char *found = strstr(object, pattern);
    if (found == NULL)
        fail_msg("no %s in %s", pattern, object);
    return found + strlen(pattern);
}

static size_t numbers_of(const char *array, size_t *numbers, size_t capacity)
{
    size_t count = 0;
    assert_int_equal(*array, '[');
    for (const char *c = array + 1; *c != ']'; c += *c == ',') {
        char *end;
        assert_true(count < capacity);
        numbers[count++] = (size_t)strtoull(c, &end, 10);
        assert_true(end > c);
        c = end;
    }
    return count;
}

static model_tensor tensor_of(const char *name, const char *object)
{
    model_tensor tensor = {.rank = 0};
    size_t offsets[2];
    snprintf(tensor.name, sizeof tensor.name, "%s", name);
    assert_int_equal(sscanf(value_of(object, "dtype"), "\"%7[A-Z0-9]\"", tensor.type), 1);
    tensor.rank = numbers_of(value_of(object, "shape"), tensor.shape, COUNT_OF(tensor.shape));
    assert_int_equal(numbers_of(value_of(object, "data_offsets"), offsets, 2), 2);
    tensor.begin = offsets[0];
    tensor.end = offsets[1];
    return tensor;
}

size_t model_tensors(harness_file file, model_tensor *tensors, size_t capacity)
{
    char *text = header_text(file), *at = text, *name;
    size_t count = 0;
    int depth = 0;
    while ((name = next_key(&at, &depth, 1)) != NULL) {
        if (strcmp(name, "__metadata__") == 0)
            continue;
        assert_true(count < capacity);
        tensors[count++] = tensor_of(name, at);
    }
    free(text);
    return count;
}

model_tensor model_tensor_named(harness_file file, const char *name)
{
    model_tensor tensors[64];
    size_t count = model_tensors(file, tensors, COUNT_OF(tensors));
    for (size_t i = 0; i < count; i++)
        if (strcmp(tensors[i].name, name) == 0)
            return tensors[i];
    fail_msg("no tensor %s", name);
    return tensors[0];
}

/* The bits of a number. */
#ifdef GLIA_REAL_IS_DOUBLE
typedef uint64_t real_bits;
#else
typedef uint32_t real_bits;
#endif

real model_read_real(const unsigned char *at)
{
    real_bits bits = 0;
    real value;
    for (size_t i = 0; i < sizeof bits; i++)
        bits |= (real_bits)at[i] << 8 * i;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void model_write_real(unsigned char *at, real value)
{
    real_bits bits;
    memcpy(&bits, &value, sizeof bits);
    for (size_t i = 0; i < sizeof bits; i++)
        at[i] = (unsigned char)(bits >> 8 * i & 0xFF);
}

real model_value(harness_file file, const model_tensor *tensor, size_t index)
{
    size_t at = HEADER_BEGIN + model_header_size(file) + tensor->begin + index * sizeof(real);
    assert_true(tensor->begin + (index + 1) * sizeof(real) <= tensor->end && at + sizeof(real) <= file.size);
    return model_read_real(file.bytes + at);
}

void model_metadata_keys(harness_file file, void visit(const char *key))
{
    char *text = header_text(file), *key;
    char *at = strstr(text, "\"__metadata__\":{");
    int depth = 0;
    assert_non_null(at);
    at += strlen("\"__metadata__\":");
    char *end = strchr(at, '}');
    assert_non_null(end);
    *end = '\0';
    while ((key = next_key(&at, &depth, 1)) != NULL)
        visit(key);
    free(text);
}

int model_header_has_white_space(harness_file file)
{
    char *text = header_text(file);
    size_t length = strlen(text);
    int found = 0;
    while (length > 0 && text[length - 1] == ' ')
        text[--length] = '\0';
    for (char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            c = string_end(c);
        else if (strchr(" \t\r\n", *c) != NULL)
            found = 1;
    }
    free(text);
    return found;
}
