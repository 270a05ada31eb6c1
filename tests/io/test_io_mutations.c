/* SPDX-License-Identifier: MIT */
/* Valid files with bytes changed, cut, doubled or moved: each is read, or refused with a message; nothing else
 * happens. */
#include "gzip_file.h"
#include "io_harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 3000,
    SIZE_MAX_MUTATED = 1024
};

typedef struct mutated {
    unsigned char bytes[SIZE_MAX_MUTATED];
    size_t size;
} mutated;

static size_t below(uint64_t *random, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(io_next_random(random) % limit);
}

/* Copy a piece of the file to another place in it, growing it where there is room. */
static void double_piece(mutated *file, uint64_t *random)
{
    size_t begin = below(random, file->size), length = below(random, file->size - begin + 1);
    size_t to = below(random, file->size + 1);
    if (file->size + length > SIZE_MAX_MUTATED)
        return;
    unsigned char piece[SIZE_MAX_MUTATED];
    memcpy(piece, file->bytes + begin, length);
    memmove(file->bytes + to + length, file->bytes + to, file->size - to);
    memcpy(file->bytes + to, piece, length);
    file->size += length;
}

static void remove_piece(mutated *file, uint64_t *random)
{
    size_t begin = below(random, file->size), length = below(random, file->size - begin + 1) % 8;
    memmove(file->bytes + begin, file->bytes + begin + length, file->size - begin - length);
    file->size -= length;
}

/* One to four changes. */
static void mutate(mutated *file, uint64_t *random)
{
    static const char telling[] = ",;\"\"\n\r\t .-+eE0129\xEF\xBB\xBF\xFF\x1F\x8B";
    for (size_t changes = 1 + below(random, 4); changes > 0 && file->size > 0; changes--) {
        size_t at = below(random, file->size);
        switch (below(random, 6)) {
        case 0:
            file->bytes[at] = (unsigned char)io_next_random(random);
            break;
        case 1:
            file->bytes[at] ^= (unsigned char)(1u << below(random, 8));
            break;
        case 2:
            file->bytes[at] = (unsigned char)telling[below(random, sizeof telling)]; /* the closing 0 too */
            break;
        case 3:
            file->size = at;
            break;
        case 4:
            double_piece(file, random);
            break;
        default:
            remove_piece(file, random);
        }
    }
}

/* What was read is what the contract says. */
static void assert_sound(glia_data *data)
{
    glia64_samples samples = io_samples64(data);
    assert_true(samples.rows > 0 && glia_data_input_size(data) > 0);
    for (size_t i = 0; i < samples.rows * glia_data_input_size(data); i++)
        assert_true(isfinite(samples.inputs[i]));
    for (size_t row = 0; samples.classes != NULL && row < samples.rows; row++)
        assert_in_range(samples.classes[row], 0, glia_data_class_count(data) - 1);
    for (size_t i = 0; i < glia_data_class_count(data); i++)
        assert_true(glia_data_class_name(data, i)[0] != '\0');
    glia_data_destroy(data);
}

static void assert_read_or_refused(glia_status status, glia_data *data)
{
    if (status == GLIA_OK) {
        assert_sound(data);
        return;
    }
    assert_status(status, GLIA_ERR_FORMAT);
    assert_null(data);
}

static void test_csv_mutated_is_read_or_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a,b,t\n1,2,x\n3,4,y\n5,-6.5e-3,\"z \"\"q\"\"\"\n",
        "\xEF\xBB\xBF\"a\",\"b c\",t\r\n0.30000000000000004,2,\"two\r\nlines\"\r\n3,4,y\r\n",
        "1,2,0\n3,4,1\n5,6,0\n\n",
        "a,b,t\n1,2,0.5\n3,4,1\n5,6,1e3\n",
    };
    static const char *const options[] = {NULL,
                                          "target=t",
                                          "target=3",
                                          "target=t target_type=numbers",
                                          "header=yes",
                                          "target=t target_optional=yes header=no",
                                          "target=t target_type=classes"};
    uint64_t random = 1;
    print_message("seed %llu\n", (unsigned long long)random);
    for (int round = 0; round < ROUNDS; round++) {
        const char *text = texts[round % (int)COUNT_OF(texts)];
        mutated file = {.size = strlen(text)};
        memcpy(file.bytes, text, file.size);
        mutate(&file, &random);
        io_path path = io_write("mutated.csv", file.bytes, file.size);
        glia_data *data = NULL;
        glia_status status = glia_data_read_csv(&data, path.text, options[below(&random, COUNT_OF(options))]);
        assert_read_or_refused(status, data);
        data = NULL;
        status =
            glia_data_read_csv_as(&data, path.text, "target=t target_optional=yes", "[\"b\",\"a\"]", "[\"x\",\"y\"]");
        assert_read_or_refused(status, data);
    }
}

static void test_idx_mutated_is_read_or_refused(void **state)
{
    (void)state;
    static const unsigned char images[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4};
    static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 0};
    uint64_t random = 2;
    print_message("seed %llu\n", (unsigned long long)random);
    io_path images_path = io_write("images", images, sizeof images),
            labels_path = io_write("labels", labels, sizeof labels);
    for (int round = 0; round < ROUNDS; round++) {
        int is_labels = round % 2;
        mutated file = {.size = is_labels ? sizeof labels : sizeof images};
        memcpy(file.bytes, is_labels ? labels : images, file.size);
        mutate(&file, &random);
        io_path path = io_write("mutated", file.bytes, file.size);
        glia_data *data = NULL;
        glia_data_is_idx(path.text);
        glia_status status = glia_data_read_idx(&data, is_labels ? images_path.text : path.text,
                                                is_labels ? path.text : labels_path.text);
        assert_read_or_refused(status, data);
    }
}

static void test_gzip_mutated_is_read_or_refused(void **state)
{
    (void)state;
    static const char text[] = "a,b,t\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n";
    uint64_t random = 3;
    print_message("seed %llu\n", (unsigned long long)random);
    size_t size;
    char *packed = io_read_file(io_write_gzip("data.gz", text, sizeof text - 1).text, &size);
    assert_true(size <= SIZE_MAX_MUTATED);
    for (int round = 0; round < ROUNDS; round++) {
        mutated file = {.size = size};
        memcpy(file.bytes, packed, size);
        mutate(&file, &random);
        glia_data *data = NULL;
        glia_status status = glia_data_read_csv(&data, io_write("mutated.gz", file.bytes, file.size).text, "target=t");
        assert_read_or_refused(status, data);
    }
    free(packed);
}

static void test_options_mutated_are_read_or_refused(void **state)
{
    (void)state;
    static const char text[] = "target=\"t \"\"x\"\"\" target_type=auto header=yes delimiter=; target_optional=yes";
    io_path path = io_write_text("data.csv", "a;b;t \"x\"\n1;2;x\n");
    uint64_t random = 4;
    print_message("seed %llu\n", (unsigned long long)random);
    for (int round = 0; round < ROUNDS; round++) {
        mutated options = {.size = sizeof text - 1};
        memcpy(options.bytes, text, options.size);
        mutate(&options, &random);
        options.bytes[options.size < SIZE_MAX_MUTATED ? options.size : SIZE_MAX_MUTATED - 1] = '\0';
        glia_data *data = NULL;
        glia_status status = glia_data_read_csv(&data, path.text, (const char *)options.bytes);
        assert_true(status == GLIA_OK || status == GLIA_ERR_TEXT || status == GLIA_ERR_FORMAT);
        glia_data_destroy(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_mutated_is_read_or_refused),
        cmocka_unit_test(test_idx_mutated_is_read_or_refused),
        cmocka_unit_test(test_gzip_mutated_is_read_or_refused),
        cmocka_unit_test(test_options_mutated_are_read_or_refused),
    };
    return cmocka_run_group_tests(tests, scratch_folder_make, scratch_folder_remove) != 0;
}
