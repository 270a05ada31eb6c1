# SPDX-License-Identifier: MIT
# A program outside the tree, of LANGUAGE c or c++, compiles with COMPILER against what is installed, without a macro,
# links libglia of one KIND, static or shared, with at most -lm and -lpthread beside it, and trains a network.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

set(standard_c c11)
set(standard_c++ c++17)
installed_library_folder(folder)
set(libraries_static "${folder}/libglia.a" -lm -lpthread)
set(libraries_shared -lglia -lm)
run_program(
  output
  COMPILER "${COMPILER}" -x ${LANGUAGE} -std=${standard_${LANGUAGE}}
  SOURCE "${ROOT}/tests/package/outsider.c"
  LIBRARIES -x none ${libraries_${KIND}})
check_output(program "${output}")
report()
