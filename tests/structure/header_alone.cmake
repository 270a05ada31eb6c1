# SPDX-License-Identifier: MIT
# Each public header compiles alone, without a warning, with COMPILER as LANGUAGE of STANDARD.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

file(GLOB headers RELATIVE "${ROOT}/include" "${ROOT}/include/glia/*.h")
foreach(header IN LISTS headers)
  file(WRITE "${SCRATCH}/alone.c" "#include <${header}>\nint glia_header_stands_alone;\n")
  run(ignored "${COMPILER}" -x ${LANGUAGE} -std=${STANDARD} -Wall -Wextra -Wpedantic -Werror -fsyntax-only
      "-I${ROOT}/include" "${SCRATCH}/alone.c")
endforeach()
