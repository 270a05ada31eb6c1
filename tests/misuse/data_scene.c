/* SPDX-License-Identifier: MIT */
/* The scene of the calls of io.h. Its files lie in the current folder. */
#include "misuse/data_scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char csv[] = "a,b,c\n1,2,x\n3,4,y\n5,6,x\n";
static const char numbers[] = "a,b,c\n1,2,0.5\n3,4,1.5\n5,6,2.5\n";
static const unsigned char images[] = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255};
static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 1, 0};

static void *new_block(scene *s, size_t size)
{
    void *block = malloc(size);
    assert_non_null(block);
    assert_true(s->n_blocks < COUNT_OF(s->blocks));
    s->blocks[s->n_blocks++] = block;
    return block;
}

/* Not by glia_file_write(), which waits for the disk. */
static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void write_files(void)
{
    write_file("scene.csv", csv, sizeof csv - 1);
    write_file("numbers.csv", numbers, sizeof numbers - 1);
    write_file("images.idx", images, sizeof images);
    write_file("labels.idx", labels, sizeof labels);
}

static void set_texts(scene *s)
{
    s->path = "written.csv";
    s->csv_path = "scene.csv";
    s->numbers_path = "numbers.csv";
    s->options = "target=c header=yes";
    s->columns = "[\"b\",\"a\"]";
    s->class_names = "[\"x\",\"y\"]";
    s->images_path = "images.idx";
    s->labels_path = "labels.idx";
    s->generator = "moons rows=6 noise=0.125";
    s->key = "columns";
}

scene *scene_create(void)
{
    scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    write_files();
    set_texts(s);
    s->made = &s->own_made;
    s->first = &s->own_first;
    s->second = &s->own_second;
    s->fraction = 0.5;
    s->size = sizeof csv - 1;
    s->bytes = memcpy(new_block(s, s->size), csv, s->size);
    s->own_samples = (glia_samples){.struct_size = sizeof s->own_samples};
    s->own_samples64 = (glia64_samples){.struct_size = sizeof s->own_samples64};
    s->samples = &s->own_samples;
    s->samples64 = &s->own_samples64;
    return s;
}

void scene_destroy(scene *s)
{
    glia_data_destroy(s->own_data);
    glia_data_destroy(s->own_made);
    glia_data_destroy(s->own_first);
    glia_data_destroy(s->own_second);
    for (size_t i = 0; i < s->n_blocks; i++)
        free(s->blocks[i]);
    free(s->before);
    free(s);
}

static size_t lend_inputs(scene *s, const double **inputs)
{
    glia64_samples samples = {.struct_size = sizeof samples};
    assert_ok(glia_data_samples64(s->own_data, &samples));
    *inputs = samples.inputs;
    return samples.rows * glia_data_input_size(s->own_data) * sizeof **inputs;
}

void scene_remember(scene *s)
{
    const double *inputs;
    size_t size = lend_inputs(s, &inputs);
    s->before = malloc(size);
    assert_non_null(s->before);
    memcpy(s->before, inputs, size);
}

void scene_assert_unchanged(scene *s)
{
    const double *inputs;
    size_t size = lend_inputs(s, &inputs);
    assert_memory_equal(inputs, s->before, size);
    assert_null(s->own_made);
    assert_null(s->own_first);
    assert_null(s->own_second);
    assert_null(s->own_samples.inputs);
    assert_null(s->own_samples64.inputs);
}

void scene_assert_same(scene *a, scene *b)
{
    const double *of_a, *of_b;
    size_t size = lend_inputs(a, &of_a);
    assert_int_equal(lend_inputs(b, &of_b), size);
    assert_memory_equal(of_a, of_b, size);
}

void scene_assert_goes_on(scene *s, scene *plain)
{
    scene_assert_same(s, plain);
}

static void set_data(scene *s, glia_data *data)
{
    s->own_data = s->data = data;
}

void scene_classes(scene *s)
{
    glia_data *data = NULL;
    assert_ok(glia_data_read_csv(&data, "scene.csv", "target=c"));
    set_data(s, data);
}

void scene_targets(scene *s)
{
    glia_data *data = NULL;
    assert_ok(glia_data_read_csv(&data, "numbers.csv", "target=c"));
    set_data(s, data);
}

void scene_idx(scene *s)
{
    glia_data *data = NULL;
    assert_ok(glia_data_read_idx(&data, "images.idx", "labels.idx"));
    set_data(s, data);
}

void *scene_misalign(scene *s, const void *array, size_t count, size_t element)
{
    char *block = new_block(s, (count + 1) * element);
    return memcpy(block + element, array, count * element);
}
