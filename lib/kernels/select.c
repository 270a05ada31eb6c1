/* SPDX-License-Identifier: MIT */
/* Choosing a kernel set. */
#include <string.h>

#include "base/writer.h"
#include "kernels/kernels.h"

/* A set by name, from the plainest to the widest. `table` is NULL where this build does not have it. */
typedef struct candidate {
    const char *name;
    const glia__kernels *table;
} candidate;

static const candidate candidates[] = {
    {"portable", &glia__kernels_portable}, {"sse2", NULL}, {"neon", NULL}, {"avx2", NULL}, {"avx512", NULL},
};

static glia_status fail_unknown(const char *name)
{
    char names[128] = "";
    glia__writer writer = {.buffer = names, .capacity = sizeof names};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        glia__write_text(&writer, i > 0 ? ", " : "");
        glia__write_text(&writer, candidates[i].name);
    }
    return glia__fail(GLIA_ERR_TEXT, "unknown kernel set '%.40s'; accepted: %s", name, names);
}

glia_status glia__kernels_select(const glia__kernels **kernels, const char *limit)
{
    const glia__kernels *best = NULL;
    bool is_known = limit == NULL;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (candidates[i].table != NULL)
            best = candidates[i].table;
        if (limit != NULL && strcmp(candidates[i].name, limit) == 0) {
            is_known = true;
            break;
        }
    }
    if (!is_known)
        return fail_unknown(limit);
    *kernels = best;
    return GLIA_OK;
}
