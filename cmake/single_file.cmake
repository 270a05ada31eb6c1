# SPDX-License-Identifier: MIT
# The target single_file: glia.h and glia.c, libglia for float with portable kernels on one thread, in the folder
# single_file/glia of the build folder.
find_program(GLIA_PYTHON3 python3 HINTS /usr/bin)
mark_as_advanced(GLIA_PYTHON3)
if(NOT GLIA_PYTHON3)
  message(STATUS "glia: without python3 (Debian: python3): there is no target single_file")
  return()
endif()

set(sources ${GLIA_SOURCES_ONCE} ${GLIA_SOURCES_REAL})
list(FILTER sources EXCLUDE REGEX "^kernels/(x86|arm)/|^base/thread_pool")
list(APPEND sources base/thread_pool_none.c)
add_custom_target(
  single_file
  COMMAND "${GLIA_PYTHON3}" -B "${PROJECT_SOURCE_DIR}/cmake/single_file.py" "${PROJECT_SOURCE_DIR}"
          "${PROJECT_BINARY_DIR}/single_file/glia" ${sources}
  COMMENT "glia as a single file"
  VERBATIM)
