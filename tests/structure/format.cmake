# SPDX-License-Identifier: MIT
# Every source is formatted as .clang-format says, and no line written by hand is longer than 120 bytes, but for prose;
# nor is glia64.h looked at, which is made from another.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

tree_sources(sources)
list(REMOVE_ITEM sources include/glia/glia64.h)
list(TRANSFORM sources PREPEND "${ROOT}/")
run(ignored "${CLANG_FORMAT}" --dry-run -Werror ${sources})

tree_sources(files *.c *.h *.inc *.cpp *.f90 *.go *.js *.lua *.rb *.rs *.py *.cmake *CMakeLists.txt *.bash scripts/*)
list(REMOVE_ITEM files include/glia/glia64.h)
string(REPEAT . 121 too_long)
foreach(file IN LISTS files)
  file(STRINGS "${ROOT}/${file}" lines REGEX "${too_long}")
  foreach(line IN LISTS lines)
    complain("${file} has a line of more than 120 bytes: ${line}")
  endforeach()
endforeach()
report()
