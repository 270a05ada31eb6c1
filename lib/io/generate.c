/* SPDX-License-Identifier: MIT */
/* Making data sets: the list of generators, and the call that finds one in it. */
#include <assert.h>
#include <string.h>

#include "io/generator.h"
#include "io/io_status.h"

static const glia__generator *const generators[] = {
    &glia__moons,
};

#define GENERATOR_COUNT (sizeof generators / sizeof *generators)
#define BLANKS          " \t\r\n"

static glia_status fail_unknown(const char *text, size_t begin)
{
    glia__list accepted = {0};
    for (size_t i = 0; i < GENERATOR_COUNT; i++)
        glia__list_add(&accepted, generators[i]->name);
    return glia__io_fail(GLIA_ERR_TEXT, "generator, column %zu: unknown generator %s; accepted are %s", begin + 1,
                         glia__quote_bytes(text + begin, strcspn(text + begin, BLANKS)).text, accepted.text);
}

/* The generator whose name `text` has at *begin, which is left behind the name; NULL: no generator has that name. */
static const glia__generator *find_generator(const char *text, size_t *begin)
{
    size_t length = strcspn(text + *begin, BLANKS);
    for (size_t i = 0; i < GENERATOR_COUNT; i++) {
        if (strlen(generators[i]->name) != length || memcmp(generators[i]->name, text + *begin, length) != 0)
            continue;
        *begin += length;
        return generators[i];
    }
    return NULL;
}

static glia_status make(glia_data **data, const glia__generator *generator, const glia__io_value *values, uint64_t seed)
{
    glia_data *made = glia__data_create();
    if (made == NULL)
        return GLIA_ERR_NOMEM;
    glia_status status = generator->fill(made, values, seed);
    if (status == GLIA_OK)
        status = glia__data_describe(made);
    if (status == GLIA_OK)
        *data = made;
    else
        glia_data_destroy(made);
    return status;
}

glia_status glia_data_generate(glia_data **data, const char *generator, uint64_t seed)
{
    if (data == NULL || generator == NULL)
        return glia_error_set(GLIA_ERR_ARGUMENT, "glia_data_generate: data and generator must not be NULL");
    size_t begin = strspn(generator, BLANKS);
    const glia__generator *found = find_generator(generator, &begin);
    if (found == NULL)
        return fail_unknown(generator, begin);

    glia__io_value values[GLIA__GENERATOR_SETTINGS_MAX];
    assert(found->setting_count <= GLIA__GENERATOR_SETTINGS_MAX);
    glia_status status =
        glia__io_settings_read(values, found->settings, found->setting_count, "generator", generator, begin);
    if (status == GLIA_OK)
        status = make(data, found, values, seed);
    glia__io_values_free(values, found->setting_count);
    return status;
}
