/* SPDX-License-Identifier: MIT */
/* Bad model files for the tests; see file_edit.h. */
#include "model/file_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/counted_memory.h"

harness_file file_edit_good_file(const char *note)
{
    const real inputs[] = {1, 2};
    const int32_t classes[] = {1};
    glia_samples row = harness_with_classes(inputs, classes, 1);
    glia_net *net = harness_net("input 2, dense 3 tanh, dense 2 softmax", 3);
    assert_ok(glia_net_set_metadata(net, "classes", "[\"a\",\"b\"]"));
    assert_ok(glia_net_set_metadata(net, "note", note));
    assert_ok(glia_net_train(net, &row, NULL));
    harness_file file = harness_save(net);
    glia_net_destroy(net);
    return file;
}

void file_edit_write_header_size(harness_file file, uint64_t size)
{
    for (size_t i = 0; i < HEADER_BEGIN; i++)
        file.bytes[i] = (unsigned char)(size >> (8 * i));
}

size_t file_edit_find(harness_file file, const char *piece)
{
    size_t end = HEADER_BEGIN + model_header_size(file), length = strlen(piece);
    for (size_t i = HEADER_BEGIN; i + length <= end; i++)
        if (memcmp(file.bytes + i, piece, length) == 0)
            return i;
    return SIZE_MAX;
}

/* A file without checksum is refused for that. */
static void seal_if_possible(harness_file file)
{
    if (file_edit_find(file, CHECKSUM_KEY) != SIZE_MAX)
        model_seal(file);
}

harness_file file_edit_replace(harness_file file, size_t begin, size_t length, const char *bytes, size_t count)
{
    size_t end = HEADER_BEGIN + model_header_size(file), json_end = end;
    while (file.bytes[json_end - 1] == ' ')
        json_end--;
    size_t header = json_end - HEADER_BEGIN - length + count, padded = (header + 7) / 8 * 8;
    harness_file made = {.size = HEADER_BEGIN + padded + (file.size - end)};
    made.bytes = malloc(made.size);
    assert_non_null(made.bytes);
    memset(made.bytes, ' ', made.size);
    memcpy(made.bytes, file.bytes, begin);
    memcpy(made.bytes + begin, bytes, count);
    memcpy(made.bytes + begin + count, file.bytes + begin + length, json_end - begin - length);
    memcpy(made.bytes + HEADER_BEGIN + padded, file.bytes + end, file.size - end);
    file_edit_write_header_size(made, padded);
    seal_if_possible(made);
    return made;
}

harness_file file_edit_replace_piece(harness_file file, const char *piece, const char *replacement)
{
    size_t begin = file_edit_find(file, piece);
    if (begin == SIZE_MAX)
        fail_msg("the header has no %s", piece);
    return file_edit_replace(file, begin, strlen(piece), replacement, strlen(replacement));
}

void file_edit_assert_refused(harness_file file, glia_status expected, const char *what)
{
    counted_memory memory = {0};
    glia_options options = counted_memory_options(&memory);
    glia_net *net = NULL;
    glia_status status = glia_net_load_memory(&net, file.bytes, file.size, &options);
    if (status != expected)
        fail_msg("%s is answered with '%s', not '%s'", what, glia_status_text(status), glia_status_text(expected));
    assert_null(net);
    assert_int_equal(memory.blocks, 0);
    assert_string_not_equal(glia_error_message(), "");
}

void file_edit_assert_all_refused(const file_edit *edits, size_t count, glia_status expected)
{
    for (size_t i = 0; i < count; i++) {
        char what[512];
        harness_file good = file_edit_good_file("plain");
        harness_file bad = file_edit_replace_piece(good, edits[i].piece, edits[i].replacement);
        snprintf(what, sizeof what, "%s instead of %s", edits[i].replacement, edits[i].piece);
        file_edit_assert_refused(bad, expected, what);
        harness_free(&good);
        harness_free(&bad);
    }
}
