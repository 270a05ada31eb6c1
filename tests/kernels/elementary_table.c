/* SPDX-License-Identifier: MIT */
/* Which of the tables there are; see elementary_table.h. */
#include "kernels/elementary_table.h"

#include "base/cpu.h"

const elementary_table *elementary_table_at(size_t index)
{
    const elementary_table *tables[4] = {&elementary_portable};
    size_t count = 1;
#if defined __x86_64__
    if (glia__cpu_has_avx2())
        tables[count++] = &elementary_avx2;
    if (glia__cpu_has_avx512())
        tables[count++] = &elementary_avx512;
#elif defined __aarch64__
    tables[count++] = &elementary_neon;
#endif
    return index < count ? tables[index] : NULL;
}
