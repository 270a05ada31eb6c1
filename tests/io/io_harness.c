/* SPDX-License-Identifier: MIT */
/* What the tests of libglia-io share; see io_harness.h. */
#include "io_harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "glia-io-test-XXXXXX";

void io_assert_status(glia_status status, glia_status expected, const char *call, const char *file, int line)
{
    if (status != expected)
        print_error("%s answers %d (%s), expected %d (%s)\n", call, (int)status,
                    status == GLIA_OK ? "" : glia_error_message(), (int)expected, glia_status_text(expected));
    _assert_int_equal((LargestIntegralType)status, (LargestIntegralType)expected, file, line);
    if (status == GLIA_OK)
        return;
    _assert_true(glia_error_message()[0] != '\0', "there is a message", file, line);
    _assert_true(strchr(glia_error_message(), '\n') == NULL, "the message is one line", file, line);
}

void io_assert_message_has(const char *part, const char *file, int line)
{
    if (strstr(glia_error_message(), part) == NULL)
        print_error("\"%s\" does not contain \"%s\"\n", glia_error_message(), part);
    _assert_true(strstr(glia_error_message(), part) != NULL, "the message contains it", file, line);
}

int io_folder_make(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

io_path io_path_of(const char *name)
{
    io_path path;
    snprintf(path.text, sizeof path.text, "%s/%s", folder, name);
    return path;
}

/* Count the files, and remove them if wanted. */
static size_t walk(int removes)
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        count++;
        if (removes)
            (void)remove(io_path_of(entry->d_name).text);
    }
    closedir(directory);
    return count;
}

int io_folder_remove(void **state)
{
    (void)state;
    walk(1);
    return rmdir(folder) != 0;
}

size_t io_file_count(void)
{
    return walk(0);
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
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(length + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, length, file), length);
    fclose(file);
    bytes[length] = '\0';
    if (size != NULL)
        *size = length;
    return bytes;
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
