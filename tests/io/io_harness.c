/* SPDX-License-Identifier: MIT */
/* What the tests of libglia-io share; see io_harness.h. */
#include "io_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

io_path io_path_of(const char *name)
{
    io_path path;
    scratch_path(path.text, name);
    return path;
}

io_path io_write(const char *name, const void *bytes, size_t size)
{
    io_path path = io_path_of(name);
    (void)remove(path.text); /* some file systems flush a file to disk that is cut and written again */
    FILE *file = fopen(path.text, "wb");
    assert_non_null(file);
    if (size > 0)
        assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

io_path io_write_text(const char *name, const char *text)
{
    return io_write(name, text, strlen(text));
}

char *io_read_file(const char *path, size_t *size)
{
    harness_file file = scratch_read(path);
    if (size != NULL)
        *size = file.size;
    return (char *)file.bytes;
}

void io_assert_file(const char *path, const char *expected)
{
    char *text = io_read_file(path, NULL);
    assert_string_equal(text, expected);
    free(text);
}

glia_data *io_read_csv(const char *text, const char *options)
{
    glia_data *data = NULL;
    assert_ok(glia_data_read_csv(&data, io_write_text("data.csv", text).text, options));
    assert_non_null(data);
    return data;
}

glia64_samples io_samples64(glia_data *data)
{
    glia64_samples samples = {.struct_size = sizeof samples};
    assert_ok(glia_data_samples64(data, &samples));
    return samples;
}

glia_samples io_samples(glia_data *data)
{
    glia_samples samples = {.struct_size = sizeof samples};
    assert_ok(glia_data_samples(data, &samples));
    return samples;
}

void io_assert_same_numbers(glia_data *a, glia_data *b)
{
    assert_int_equal(glia_data_rows(a), glia_data_rows(b));
    assert_int_equal(glia_data_input_size(a), glia_data_input_size(b));
    assert_int_equal(glia_data_target_size(a), glia_data_target_size(b));
    glia64_samples first = io_samples64(a), second = io_samples64(b);
    assert_memory_equal(first.inputs, second.inputs, first.rows * glia_data_input_size(a) * sizeof *first.inputs);
    if (first.targets != NULL)
        assert_memory_equal(first.targets, second.targets,
                            first.rows * glia_data_target_size(a) * sizeof *first.targets);
    assert_int_equal(first.classes != NULL, second.classes != NULL);
    if (first.classes != NULL)
        assert_memory_equal(first.classes, second.classes, first.rows * sizeof *first.classes);
}

/* SplitMix64 (Steele, Lea and Flood: Fast splittable pseudorandom number generators; 2014). */
uint64_t io_next_random(uint64_t *state)
{
    uint64_t bits = *state += 0x9E3779B97F4A7C15;
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
    return bits ^ bits >> 31;
}
