# SPDX-License-Identifier: MIT
# A program outside the tree, of LANGUAGE c or c++, compiles with COMPILER against what is installed, links libglia and
# libglia-io of one KIND, static or shared, and trains a network.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

set(standard_c c11)
set(standard_c++ c++17)
installed_library_folder(folder)
if(KIND STREQUAL "static")
  set(libglia "${folder}/libglia.a")
else()
  set(libglia -lglia)
endif()
run_program(
  output
  COMPILER "${COMPILER}" -x ${LANGUAGE} -std=${standard_${LANGUAGE}}
  SOURCE "${ROOT}/tests/structure/outsider.c"
  LIBRARIES -x none ${libglia} -lm)
if(NOT output MATCHES "^trained [1-9][0-9]* parameters\n$")
  message(FATAL_ERROR "the program wrote: ${output}")
endif()
