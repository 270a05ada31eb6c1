# SPDX-License-Identifier: MIT
# The project in host_package, with one LANGUAGE, C or CXX, finds what is installed, builds and runs.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

file(REMOVE_RECURSE "${SCRATCH}")
file(COPY "${ROOT}/tests/package/host_package/" "${ROOT}/tests/package/outsider.c"
          "${ROOT}/tests/package/outsider_io.c" DESTINATION "${SCRATCH}/host")
run(ignored "${CMAKE_COMMAND}" -S "${SCRATCH}/host" -B "${SCRATCH}/build" -DLANGUAGE=${LANGUAGE}
    "-DCMAKE_${LANGUAGE}_COMPILER=${COMPILER}" "-DCMAKE_PREFIX_PATH=${PREFIX}")
run(ignored "${CMAKE_COMMAND}" --build "${SCRATCH}/build")
foreach(name IN ITEMS default named_static named_shared component_static component_shared)
  check_program("${SCRATCH}/build/bin/${name}")
  check_program("${SCRATCH}/build/bin/${name}_io")
endforeach()
report()
