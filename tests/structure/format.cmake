# SPDX-License-Identifier: MIT
# Every source is formatted as .clang-format says, but glia64.h, which is made from one that is.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

tree_sources(sources)
list(REMOVE_ITEM sources include/glia/glia64.h)
list(TRANSFORM sources PREPEND "${ROOT}/")
run(ignored "${CLANG_FORMAT}" --dry-run -Werror ${sources})
