# SPDX-License-Identifier: MIT
# Makes include/glia/glia64.h from include/glia/glia.h: what depends on the number type, for double.
#   cmake -DINPUT=include/glia/glia.h -DOUTPUT=include/glia/glia64.h -P cmake/glia64.cmake
file(READ "${INPUT}" text)
string(FIND "${text}" "/* From here on everything depends on the number type" begin)
if(begin EQUAL -1)
  message(FATAL_ERROR "${INPUT}: the line that begins what depends on the number type is gone")
endif()
string(SUBSTRING "${text}" ${begin} -1 text)
string(FIND "${text}" "\n" line_end)
string(SUBSTRING "${text}" ${line_end} -1 text)

# A C type or call, its name anywhere in code or comment; `a file of doubles` and its like are about the other
# precision.
string(REGEX REPLACE "glia_(net|samples|tensor|cpu)" "glia64_\\1" text "${text}")
string(REPLACE "glia64_net_save() or glia64_net_save()" "glia64_net_save() or glia_net_save()" text "${text}")
string(REGEX REPLACE "([( ])float " "\\1double " text "${text}")
string(REPLACE "a file of doubles is converted" "a file of floats is converted" text "${text}")

file(WRITE "${OUTPUT}" "/* SPDX-License-Identifier: MIT */
/**
 * @file
 * The calls of glia.h for networks of double: `glia64_` for `glia_`. Status, options, progress, errors and version are
 * shared. Made from glia.h by cmake/glia64.cmake; change it there.
 */
#ifndef GLIA_GLIA64_H
#define GLIA_GLIA64_H

#include <glia/glia.h>

#ifdef __cplusplus
extern \"C\" {
#endif
${text}")
