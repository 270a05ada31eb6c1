/* SPDX-License-Identifier: MIT */
/* Model files whose header has tokens inserted, deleted, doubled and swapped, with length and checksum put right again:
 * each is refused, or the one encoding of what was read. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/file_edit.h"

enum {
    ROUNDS = 3000,
    MOST_TOKENS = 2048,
    MOST_BYTES = 16384
};

/* A word, a number or any other byte. */
typedef struct token {
    const char *bytes;
    size_t length;
} token;

typedef struct header {
    token tokens[MOST_TOKENS];
    size_t count;
} header;

static int is_word(unsigned char c)
{
    return isalnum(c) || c == '_';
}

static header split(const char *json, size_t size)
{
    header made = {.count = 0};
    for (size_t at = 0; at < size;) {
        size_t length = 1;
        while (is_word((unsigned char)json[at]) && at + length < size && is_word((unsigned char)json[at + length]))
            length++;
        assert_true(made.count < MOST_TOKENS);
        made.tokens[made.count++] = (token){json + at, length};
        at += length;
    }
    return made;
}

/* The draws of one round. */
typedef struct draws {
    uint64_t seed, round, count;
} draws;

static size_t below(draws *random, size_t limit)
{
    return (size_t)(glia_random(random->seed, UINT32_C(0x80000000), random->round, random->count++) % limit);
}

static void insert(header *edited, size_t at, token inserted)
{
    if (edited->count == MOST_TOKENS)
        return;
    memmove(&edited->tokens[at + 1], &edited->tokens[at], (edited->count - at) * sizeof *edited->tokens);
    edited->tokens[at] = inserted;
    edited->count++;
}

static void drop(header *edited, size_t at)
{
    edited->count--;
    memmove(&edited->tokens[at], &edited->tokens[at + 1], (edited->count - at) * sizeof *edited->tokens);
}

static void mutate(header *edited, draws *random)
{
    for (size_t changes = 1 + below(random, 3); changes > 0; changes--) {
        size_t at = below(random, edited->count), other = below(random, edited->count);
        token there = edited->tokens[at];
        switch (below(random, 4)) {
        case 0:
            insert(edited, at, edited->tokens[other]);
            break;
        case 1:
            drop(edited, at);
            break;
        case 2:
            insert(edited, at, there);
            break;
        default:
            edited->tokens[at] = edited->tokens[other];
            edited->tokens[other] = there;
        }
    }
}

/* The file with this header instead of its own. */
static harness_file join(harness_file good, size_t json_size, const header *edited)
{
    char json[MOST_BYTES];
    size_t size = 0;
    for (size_t i = 0; i < edited->count; i++) {
        assert_true(size + edited->tokens[i].length <= MOST_BYTES);
        memcpy(json + size, edited->tokens[i].bytes, edited->tokens[i].length);
        size += edited->tokens[i].length;
    }
    return file_edit_replace(good, HEADER_BEGIN, json_size, json, size);
}

/* Whether the file is read; it is then saved as it was. */
static int is_read(harness_file file)
{
    glia_net *net = NULL;
    glia_status status = glia_net_load_memory(&net, file.bytes, file.size, NULL);
    if (status == GLIA_OK) {
        assert_saves(net, file);
        glia_net_destroy(net);
        return 1;
    }
    if (status != GLIA_ERR_UNSUPPORTED)
        assert_status(status, GLIA_ERR_FORMAT);
    assert_null(net);
    return 0;
}

static void test_mutated_header_is_refused_or_saved_as_it_was(void **state)
{
    (void)state;
    static header whole, edited;
    draws random = {.seed = 1};
    size_t n_read = 0;
    harness_file good = file_edit_good_file("a note of some words, of which others are as good");
    size_t json_size = model_header_size(good);
    while (good.bytes[HEADER_BEGIN + json_size - 1] == ' ')
        json_size--;
    whole = split((const char *)good.bytes + HEADER_BEGIN, json_size);
    print_message("seed %llu\n", (unsigned long long)random.seed);
    for (; random.round < ROUNDS; random.round++) {
        edited = whole;
        random.count = 0;
        mutate(&edited, &random);
        harness_file file = join(good, json_size, &edited);
        n_read += (size_t)is_read(file);
        harness_free(&file);
    }
    assert_true(n_read > 0 && n_read < ROUNDS / 2); /* other words in the note, and what a swap of equal ones leaves */
    harness_free(&good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mutated_header_is_refused_or_saved_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
