/* SPDX-License-Identifier: MIT */
/* Lists of names as JSON arrays of strings, by jansson. */
#include "io/json_names.h"

#include "io/io_status.h"

#ifndef GLIA_HAVE_JANSSON

glia_status glia__json_names_write(char **json, const glia__names *names, size_t count)
{
    (void)names, (void)count;
    *json = NULL;
    return GLIA_OK;
}

glia_status glia__json_names_read(glia__names *names, const char *json, const char *what)
{
    (void)names, (void)json;
    return glia__io_fail(GLIA_ERR_UNSUPPORTED, "%s: libglia-io was built without jansson and reads no JSON", what);
}

#else

#include <stdbool.h>
#include <stdlib.h>

#include <jansson.h>

#include "io/grow.h"

#define DEPTH_MAX 4 /* of arrays in one another; a list of names is one */

/* json_dumps() would hand over memory of an allocator that the host may have set. */
static glia_status dump(char **json, const json_t *array)
{
    size_t size = json_dumpb(array, NULL, 0, JSON_COMPACT);
    char *text = size == 0 ? NULL : glia__io_allocate(size + 1, 1);
    if (text == NULL)
        return glia__io_fail_nomem();
    if (json_dumpb(array, text, size, JSON_COMPACT) != size) {
        free(text);
        return glia__io_fail_nomem();
    }
    text[size] = '\0';
    *json = text;
    return GLIA_OK;
}

glia_status glia__json_names_write(char **json, const glia__names *names, size_t count)
{
    json_t *array = json_array();
    glia_status status = array == NULL ? glia__io_fail_nomem() : GLIA_OK;
    for (size_t i = 0; i < count && status == GLIA_OK; i++)
        if (json_array_append_new(array, json_string(names->items[i])) != 0)
            status = glia__io_fail_nomem();
    if (status == GLIA_OK)
        status = dump(json, array);
    json_decref(array);
    return status;
}

static glia_status take_strings(glia__names *names, const json_t *array, const char *what)
{
    if (!json_is_array(array) || json_array_size(array) == 0)
        return glia__io_fail(GLIA_ERR_FORMAT, "%s: expected a JSON array of names, as [\"x1\",\"x2\"]", what);
    glia_status status = GLIA_OK;
    for (size_t i = 0; i < json_array_size(array) && status == GLIA_OK; i++) {
        const json_t *item = json_array_get(array, i);
        if (json_is_string(item))
            status = glia__names_add(names, json_string_value(item), json_string_length(item));
        else
            status = glia__io_fail(GLIA_ERR_FORMAT, "%s: item %zu of the JSON array is no string", what, i + 1);
    }
    return status;
}

static glia_status check_different(const glia__names *names, const char *what)
{
    glia__name_index index;
    glia_status status = glia__name_index_make(&index, names);
    if (status != GLIA_OK)
        return status;
    size_t repeated = glia__name_index_repeated(&index);
    glia__name_index_free(&index);
    if (repeated != GLIA__NO_NAME)
        status =
            glia__io_fail(GLIA_ERR_FORMAT, "%s: %s is there twice", what, glia__quote(names->items[repeated]).text);
    return status;
}

/* Where arrays and objects lie too deep in one another, or NULL. jansson takes stack for each, and allows 2048. */
static const char *find_too_deep(const char *json)
{
    size_t depth = 0;
    bool is_string = false;
    for (; *json != '\0'; json++) {
        if (is_string && *json == '\\' && json[1] != '\0')
            json++;
        else if (*json == '"')
            is_string = !is_string;
        else if (!is_string && (*json == '[' || *json == '{') && ++depth > DEPTH_MAX)
            return json;
        else if (!is_string && (*json == ']' || *json == '}') && depth > 0)
            depth--;
    }
    return NULL;
}

glia_status glia__json_names_read(glia__names *names, const char *json, const char *what)
{
    const char *too_deep = find_too_deep(json);
    if (too_deep != NULL)
        return glia__io_fail(GLIA_ERR_FORMAT, "%s: no valid JSON at byte %zu: too deep for a list of names", what,
                             (size_t)(too_deep - json) + 1);
    json_error_t error;
    json_t *array = json_loads(json, 0, &error);
    if (array == NULL && json_error_code(&error) == json_error_out_of_memory)
        return glia__io_fail_nomem();
    if (array == NULL)
        return glia__io_fail(GLIA_ERR_FORMAT, "%s: no valid JSON at byte %d: %s", what, error.position + 1, error.text);
    glia_status status = take_strings(names, array, what);
    if (status == GLIA_OK)
        status = check_different(names, what);
    if (status != GLIA_OK)
        glia__names_free(names);
    json_decref(array);
    return status;
}

#endif
