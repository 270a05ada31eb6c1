/* SPDX-License-Identifier: MIT */
/* A data set: its making, its end, and what can be asked of it without computing anything. */
#include "io/data.h"

#include <stdlib.h>
#include <string.h>

#include "io/grow.h"
#include "io/io_status.h"
#include "io/json_names.h"

static const char *const metadata_keys[GLIA__METADATA_COUNT] = {
    [GLIA__METADATA_CLASSES] = "classes",
    [GLIA__METADATA_COLUMNS] = "columns",
    [GLIA__METADATA_SCALE] = "scale",
    [GLIA__METADATA_TARGET] = "target",
};

glia_data *glia__data_create(void)
{
    glia_data *data = glia__io_allocate(1, sizeof *data);
    if (data == NULL)
        glia__io_fail_nomem();
    else
        *data = (glia_data){0};
    return data;
}

void glia_data_destroy(glia_data *data)
{
    if (data == NULL)
        return;
    free(data->inputs);
    free(data->targets);
    free(data->inputs64);
    free(data->targets64);
    free(data->classes);
    glia__names_free(&data->columns);
    glia__names_free(&data->class_names);
    for (size_t i = 0; i < GLIA__METADATA_COUNT; i++)
        free(data->metadata[i]);
    free(data);
}

glia_status glia__data_describe(glia_data *data)
{
    glia_status status = GLIA_OK;
    if (data->columns.count > data->input_size) {
        const char *target = data->columns.items[data->input_size];
        data->metadata[GLIA__METADATA_TARGET] = glia__io_copy_text(target, strlen(target));
        if (data->metadata[GLIA__METADATA_TARGET] == NULL)
            status = glia__io_fail_nomem();
    }
    if (status == GLIA_OK && data->columns.count > 0)
        status = glia__json_names_write(&data->metadata[GLIA__METADATA_COLUMNS], &data->columns, data->input_size);
    if (status == GLIA_OK && data->class_names.count > 0)
        status = glia__json_names_write(&data->metadata[GLIA__METADATA_CLASSES], &data->class_names,
                                        data->class_names.count);
    return status;
}

size_t glia_data_rows(const glia_data *data)
{
    return data == NULL ? 0 : data->rows;
}

size_t glia_data_input_size(const glia_data *data)
{
    return data == NULL ? 0 : data->input_size;
}

size_t glia_data_target_size(const glia_data *data)
{
    return data == NULL ? 0 : data->target_size;
}

size_t glia_data_class_count(const glia_data *data)
{
    return data == NULL ? 0 : data->class_names.count;
}

const char *glia_data_class_name(const glia_data *data, size_t index)
{
    return data == NULL || index >= data->class_names.count ? NULL : data->class_names.items[index];
}

const char *glia_data_column_name(const glia_data *data, size_t index)
{
    return data == NULL || index >= data->columns.count ? NULL : data->columns.items[index];
}

const char *glia_data_metadata(const glia_data *data, const char *key)
{
    if (data == NULL || key == NULL)
        return NULL;
    for (size_t i = 0; i < GLIA__METADATA_COUNT; i++)
        if (strcmp(metadata_keys[i], key) == 0)
            return data->metadata[i];
    return NULL;
}

const char *glia_data_metadata_key(const glia_data *data, size_t index)
{
    for (size_t i = 0; data != NULL && i < GLIA__METADATA_COUNT; i++)
        if (data->metadata[i] != NULL && index-- == 0)
            return metadata_keys[i];
    return NULL;
}
