/* SPDX-License-Identifier: MIT */
/* What does not depend on the number type: version and random numbers. */
#include <glia/glia.h>

#include "base/float_mode.h"
#include "base/random.h"
#include "kernels/random_normal.h"

#define TEXT_OF(number)                   #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *glia_version(void)
{
    return VERSION_TEXT(GLIA_VERSION_MAJOR, GLIA_VERSION_MINOR, GLIA_VERSION_PATCH);
}

int32_t glia_version_number(void)
{
    return GLIA_VERSION_NUMBER;
}

uint64_t glia_random(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index)
{
    return glia__random(seed, stream, pass, index);
}

double glia_random_normal(uint64_t seed, uint32_t stream, uint64_t pass, uint64_t index)
{
    glia__float_mode mode = glia__float_mode_enter(GLIA__FLOAT_MODE_EXACT);
    double number = glia__random_normal(seed, stream, pass, index);
    glia__float_mode_leave(mode);
    return number;
}
