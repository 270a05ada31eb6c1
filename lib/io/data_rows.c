/* SPDX-License-Identifier: MIT */
/* Cutting a data set in two, and shuffling its rows. */
#include <math.h>
#include <string.h>

#include "io/data.h"
#include "io/grow.h"
#include "io/io_status.h"

static glia_status copy_names(glia_data *copy, const glia_data *data)
{
    glia_status status = glia__names_add_all(&copy->columns, &data->columns);
    if (status == GLIA_OK)
        status = glia__names_add_all(&copy->class_names, &data->class_names);
    for (size_t i = 0; i < GLIA__METADATA_COUNT && status == GLIA_OK; i++) {
        if (data->metadata[i] == NULL)
            continue;
        copy->metadata[i] = glia__io_copy_text(data->metadata[i], strlen(data->metadata[i]));
        if (copy->metadata[i] == NULL)
            status = glia__io_fail_nomem();
    }
    return status;
}

/* A copy of `rows` rows from `first` on; NULL stays NULL. *status is set if there is no memory. */
static void *copy_part(const void *numbers, size_t first, size_t rows, size_t row_bytes, glia_status *status)
{
    if (numbers == NULL)
        return NULL;
    void *copy = glia__io_allocate(rows, row_bytes);
    if (copy == NULL)
        *status = glia__io_fail_nomem();
    else
        memcpy(copy, (const unsigned char *)numbers + first * row_bytes, rows * row_bytes);
    return copy;
}

/* Copy the numbers that came first. */
static glia_status copy_rows(glia_data *copy, const glia_data *data, size_t first, size_t rows)
{
    size_t inputs = data->input_size, targets = data->target_size;
    glia_status status = GLIA_OK;
    if (data->is_float)
        copy->inputs = copy_part(data->inputs, first, rows, inputs * sizeof *data->inputs, &status);
    else
        copy->inputs64 = copy_part(data->inputs64, first, rows, inputs * sizeof *data->inputs64, &status);
    copy->targets64 = copy_part(data->targets64, first, rows, targets * sizeof *data->targets64, &status);
    copy->classes = copy_part(data->classes, first, rows, sizeof *data->classes, &status);
    return status;
}

/* A data set of its own with `rows` of the rows of `data`, from `first` on. */
static glia_status slice(glia_data **part, const glia_data *data, size_t first, size_t rows)
{
    glia_data *made = glia__data_create();
    if (made == NULL)
        return GLIA_ERR_NOMEM;
    made->rows = rows;
    made->input_size = data->input_size;
    made->target_size = data->target_size;
    made->is_float = data->is_float;
    glia_status status = copy_rows(made, data, first, rows);
    if (status == GLIA_OK)
        status = copy_names(made, data);
    if (status == GLIA_OK)
        *part = made;
    else
        glia_data_destroy(made);
    return status;
}

glia_status glia_data_split(glia_data **first, glia_data **second, const glia_data *data, double fraction)
{
    if (first == NULL || second == NULL || data == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_split: first, second and data must not be NULL");
    if (first == second)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_split: first and second must not be the same");
    if (!(fraction > 0 && fraction < 1))
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_split: fraction must be above 0 and below 1");
    if (data->rows < 2)
        return glia_error_set(GLIA_ERR_SHAPE, "glia_data_split: it takes 2 rows or more to make two parts");

    double wanted = floor((double)data->rows * fraction + 0.5);
    size_t second_rows = wanted < 1 ? 1 : (size_t)wanted;
    if (second_rows > data->rows - 1)
        second_rows = data->rows - 1;
    glia_data *head = NULL, *tail = NULL;
    glia_status status = slice(&head, data, 0, data->rows - second_rows);
    if (status == GLIA_OK)
        status = slice(&tail, data, data->rows - second_rows, second_rows);
    if (status != GLIA_OK) {
        glia_data_destroy(head);
        return status;
    }
    *first = head;
    *second = tail;
    return GLIA_OK;
}

/* Any of 0 .. count - 1, all equally likely: the 2^64 mod count smallest values are drawn again. */
static size_t random_below(size_t count, uint64_t seed, uint32_t stream, uint64_t index)
{
    uint64_t refused = (UINT64_MAX - count + 1) % count;
    uint64_t bits = glia_random(seed, stream, 0, index);
    for (uint64_t pass = 1; bits < refused; pass++)
        bits = glia_random(seed, stream, pass, index);
    return (size_t)(bits % count);
}

static void swap_rows(void *rows, size_t a, size_t b, size_t row_bytes)
{
    unsigned char *first = (unsigned char *)rows + a * row_bytes, *second = (unsigned char *)rows + b * row_bytes;
    unsigned char held[256];
    for (size_t size; row_bytes > 0; row_bytes -= size, first += size, second += size) {
        size = row_bytes < sizeof held ? row_bytes : sizeof held;
        memcpy(held, first, size);
        memmove(first, second, size); /* they are the same where a row keeps its place */
        memcpy(second, held, size);
    }
}

/* Fisher-Yates, in place, so that lent arrays stay where they are and nothing can fail. */
void glia__data_shuffle(glia_data *data, uint64_t seed, uint32_t stream)
{
    for (size_t last = data->rows - 1; last > 0; last--) {
        size_t chosen = random_below(last + 1, seed, stream, last);
        if (data->inputs != NULL)
            swap_rows(data->inputs, chosen, last, data->input_size * sizeof *data->inputs);
        if (data->inputs64 != NULL)
            swap_rows(data->inputs64, chosen, last, data->input_size * sizeof *data->inputs64);
        if (data->targets != NULL)
            swap_rows(data->targets, chosen, last, data->target_size * sizeof *data->targets);
        if (data->targets64 != NULL)
            swap_rows(data->targets64, chosen, last, data->target_size * sizeof *data->targets64);
        if (data->classes != NULL)
            swap_rows(data->classes, chosen, last, sizeof *data->classes);
    }
}

glia_status glia_data_shuffle(glia_data *data, uint64_t seed)
{
    if (data == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_shuffle: data must not be NULL");
    glia__data_shuffle(data, seed, GLIA__IO_STREAM_SHUFFLE);
    return GLIA_OK;
}
