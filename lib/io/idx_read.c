/* SPDX-License-Identifier: MIT */
/* Reading IDX files of unsigned bytes, the format of MNIST: two zero bytes, the type, the number of dimensions, each
 * dimension as four bytes, most significant first, and the values in row-major order. */
#include <stdio.h>
#include <stdlib.h>

#include "io/data.h"
#include "io/file_system.h"
#include "io/grow.h"
#include "io/io_status.h"
#include "io/source.h"

#define MAGIC_SIZE     4
#define UNSIGNED_BYTES 0x08
#define BYTE_MAX       255
#define CHUNK_SIZE     2048

/* An IDX file whose header has been read. */
typedef struct idx_file {
    const char *path;
    glia__source *source;
    size_t rows;
    size_t row_size; /* product of the dimensions but the first */
    size_t rank;
} idx_file;

/* The types that the format knows: unsigned and signed bytes, short, int, float, double. */
static bool is_magic(const unsigned char magic[MAGIC_SIZE])
{
    unsigned char type = magic[2];
    bool is_type = type == 0x08 || type == 0x09 || (type >= 0x0B && type <= 0x0E);
    return magic[0] == 0 && magic[1] == 0 && is_type && magic[3] > 0;
}

static glia_status fail_short(const idx_file *file)
{
    return glia__io_fail_format(file->path, "the file is shorter than its header says; copy or download it again");
}

static glia_status read_exactly(const idx_file *file, void *bytes, size_t size)
{
    size_t count;
    glia_status status = glia__source_read(file->source, bytes, size, &count);
    return status == GLIA_OK && count < size ? fail_short(file) : status;
}

static glia_status read_magic(idx_file *file)
{
    unsigned char magic[MAGIC_SIZE];
    size_t count;
    glia_status status = glia__source_read(file->source, magic, sizeof magic, &count);
    if (status != GLIA_OK)
        return status;
    if (count < sizeof magic || !is_magic(magic))
        return glia__io_fail_format(file->path, "this is no IDX file; give images and labels as IDX, plain or gzip");
    if (magic[2] != UNSIGNED_BYTES)
        return glia__io_fail_format(file->path, "IDX of type 0x%02X; only unsigned bytes (0x08) are read", magic[2]);
    file->rank = magic[3];
    return GLIA_OK;
}

static glia_status read_dimensions(idx_file *file)
{
    file->row_size = 1;
    for (size_t i = 0; i < file->rank; i++) {
        unsigned char bytes[4];
        glia_status status = read_exactly(file, bytes, sizeof bytes);
        if (status != GLIA_OK)
            return status;
        uint32_t size = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
        if (size == 0)
            return glia__io_fail_format(file->path, "dimension %zu of %zu is 0; there must be rows", i + 1, file->rank);
        if (i == 0)
            file->rows = size;
        else if (size > SIZE_MAX / sizeof(double) / file->row_size)
            return glia__io_fail_format(file->path, "the header says more than memory can hold");
        else
            file->row_size *= size;
    }
    if (file->rows > SIZE_MAX / sizeof(double) / file->row_size)
        return glia__io_fail_format(file->path, "the header says more than memory can hold");
    return GLIA_OK;
}

/* Open a file and read its header. Close file->source, whatever the answer was. */
static glia_status open_idx(idx_file *file, const char *path)
{
    *file = (idx_file){.path = path};
    glia_status status = glia__source_open(&file->source, path);
    if (status == GLIA_OK)
        status = read_magic(file);
    return status == GLIA_OK ? read_dimensions(file) : status;
}

/* After the last value the file, and gzip's checksum, must end. */
static glia_status check_end(const idx_file *file)
{
    unsigned char byte;
    size_t count;
    glia_status status = glia__source_read(file->source, &byte, 1, &count);
    if (status == GLIA_OK && count > 0)
        return glia__io_fail_format(file->path, "the file is longer than its header says; is it damaged?");
    return status;
}

/* A header can say anything: memory grows with what has been read, not with what was promised. */
static glia_status read_inputs(const idx_file *file, glia_data *data)
{
    size_t total = file->rows * file->row_size, capacity = 0;
    unsigned char chunk[CHUNK_SIZE];
    for (size_t done = 0; done < total;) {
        size_t size = total - done < CHUNK_SIZE ? total - done : CHUNK_SIZE;
        glia_status status = read_exactly(file, chunk, size);
        if (status != GLIA_OK)
            return status;
        float *grown = glia__io_grow(data->inputs, &capacity, done + size, sizeof *grown);
        if (grown == NULL)
            return glia__io_fail_nomem();
        data->inputs = grown;
        for (size_t i = 0; i < size; i++)
            data->inputs[done + i] = (float)chunk[i] / BYTE_MAX;
        done += size;
    }
    return check_end(file);
}

static glia_status read_images(const char *path, glia_data *data)
{
    idx_file file;
    glia_status status = open_idx(&file, path);
    if (status == GLIA_OK && file.rank < 2)
        status = glia__io_fail_format(path, "only 1 dimension: these are labels, not images");
    if (status == GLIA_OK) {
        data->rows = file.rows;
        data->input_size = file.row_size;
        data->is_float = true;
        status = read_inputs(&file, data);
    }
    glia__source_close(file.source);
    return status;
}

/* Labels need no growing: there are as many as images, which have been read. */
static glia_status read_classes(const idx_file *file, glia_data *data)
{
    unsigned char *labels = glia__io_allocate(file->rows, 1);
    data->classes = glia__io_allocate(file->rows, sizeof *data->classes);
    glia_status status = labels == NULL || data->classes == NULL ? glia__io_fail_nomem() : GLIA_OK;
    if (status == GLIA_OK)
        status = read_exactly(file, labels, file->rows);
    for (size_t row = 0; row < file->rows && status == GLIA_OK; row++)
        data->classes[row] = labels[row];
    free(labels);
    return status == GLIA_OK ? check_end(file) : status;
}

/* Classes are called by their numbers, up to the largest. */
static glia_status name_classes(glia_data *data)
{
    int32_t largest = 0;
    for (size_t row = 0; row < data->rows; row++)
        if (data->classes[row] > largest)
            largest = data->classes[row];
    glia_status status = GLIA_OK;
    for (int32_t number = 0; number <= largest && status == GLIA_OK; number++) {
        char name[12];
        int length = snprintf(name, sizeof name, "%d", (int)number);
        status = glia__names_add(&data->class_names, name, (size_t)length);
    }
    return status;
}

static glia_status read_labels(const char *path, glia_data *data)
{
    idx_file file;
    glia_status status = open_idx(&file, path);
    if (status == GLIA_OK && file.rank > 1)
        status = glia__io_fail_format(path, "%zu dimensions: these are images, not labels", file.rank);
    else if (status == GLIA_OK && file.rows != data->rows)
        status = glia__io_fail_format(path, "%zu labels for %zu images; give the labels that belong to the images",
                                      file.rows, data->rows);
    if (status == GLIA_OK)
        status = read_classes(&file, data);
    if (status == GLIA_OK)
        status = name_classes(data);
    glia__source_close(file.source);
    return status;
}

static glia_status fill(glia_data *data, const char *images_path, const char *labels_path)
{
    glia_status status = read_images(images_path, data);
    if (status == GLIA_OK && labels_path != NULL)
        status = read_labels(labels_path, data);
    if (status == GLIA_OK)
        status = glia__data_describe(data);
    if (status != GLIA_OK)
        return status;
    data->metadata[GLIA__METADATA_SCALE] = glia__io_copy_text("255", 3);
    return data->metadata[GLIA__METADATA_SCALE] == NULL ? glia__io_fail_nomem() : GLIA_OK;
}

glia_status glia_data_read_idx(glia_data **data, const char *images_path, const char *labels_path)
{
    if (data == NULL || images_path == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_read_idx: data and images_path must not be NULL");
    glia_data *made = glia__data_create();
    if (made == NULL)
        return GLIA_ERR_NOMEM;
    glia_status status = fill(made, images_path, labels_path);
    if (status == GLIA_OK)
        *data = made;
    else
        glia_data_destroy(made);
    return status;
}

int32_t glia_data_is_idx(const char *path)
{
    if (path == NULL || !glia__io_is_regular(path)) /* a pipe can be read only once */
        return 0;
    glia__source *source = NULL;
    unsigned char magic[MAGIC_SIZE];
    size_t count = 0;
    glia_status status = glia__source_open(&source, path);
    if (status == GLIA_OK)
        status = glia__source_read(source, magic, sizeof magic, &count);
    glia__source_close(source);
    return status == GLIA_OK && count == sizeof magic && is_magic(magic);
}
