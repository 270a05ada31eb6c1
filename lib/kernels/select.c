/* SPDX-License-Identifier: MIT */
/* Choosing a kernel set. */
#include <string.h>

#include "base/cpu.h"
#include "base/writer.h"
#include "kernels/kernels.h"

static bool is_always_there(void)
{
    return true;
}

/* A set by name, from the plainest to the widest. `table` is NULL where this build does not have it. */
typedef struct candidate {
    const char *name;
    const glia__kernels *table;
    bool (*is_there)(void);
} candidate;

#if defined GLIA_KERNELS_X86
#define X86_TABLE(table) &table
#else
#define X86_TABLE(table) NULL
#endif
#if defined GLIA_KERNELS_NEON
#define NEON_TABLE &glia__kernels_neon
#else
#define NEON_TABLE NULL
#endif

static const candidate candidates[] = {
    {"portable", &glia__kernels_portable, is_always_there},
    {"neon", NEON_TABLE, is_always_there},
    {"avx2", X86_TABLE(glia__kernels_avx2), glia__cpu_has_avx2},
    {"avx512", X86_TABLE(glia__kernels_avx512), glia__cpu_has_avx512},
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
        if (candidates[i].table != NULL && candidates[i].is_there())
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
