# SPDX-License-Identifier: MIT
# Inside another project, host_subproject, glia adds its libraries and nothing else, leaves the project's flags alone
# and is left alone by them, and installs nothing.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

# build_host(BUILD options...): the project in this folder, its programs run; what configuring writes in `output`.
function(build_host build)
  run(output "${CMAKE_COMMAND}" -E env --unset=CFLAGS "CC=${C}" "${CMAKE_COMMAND}" -S "${SCRATCH}/host" -B "${build}"
      "-DFETCHCONTENT_SOURCE_DIR_GLIA=${ROOT}" ${ARGN})
  run(ignored "${CMAKE_COMMAND}" --build "${build}" --parallel 2)
  foreach(kind IN ITEMS static shared default)
    check_program("${build}/host_io_${kind}")
    check_program("${build}/host_${kind}")
  endforeach()
  file(STRINGS "${build}/compile_commands.json" commands REGEX "\"command\"")
  list(FILTER commands INCLUDE REGEX "-flto")
  if(commands)
    complain("glia is optimised across files: ${commands}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
set(package "${ROOT}/tests/package")
file(COPY "${package}/host_subproject/" "${package}/outsider.c" "${package}/outsider_io.c"
     DESTINATION "${SCRATCH}/host")

# As it comes, with the libraries that are found, optimised.
build_host("${SCRATCH}/whole" -DCMAKE_BUILD_TYPE=Release)

# With a C compiler and CMake alone, float alone, and without a build type.
build_host("${SCRATCH}/build" -DGLIA_FLOAT64=OFF "-DGLIA_WITHOUT=zlib libcsv jansson popt cmocka")
foreach(missing IN ITEMS zlib1g-dev libcsv-dev libjansson-dev)
  if(NOT output MATCHES "-- glia: without [a-z]+ \\(Debian: [^)]*${missing}\\)")
    complain("configuring does not say that ${missing} is missing")
  endif()
endforeach()

# The network that the project has trained is bit for bit that of the installed library.
file(RENAME "${SCRATCH}/moons.glia" "${SCRATCH}/subproject.glia")
installed_library_folder(folder)
run_program(ignored COMPILER "${C}" -std=c11 SOURCE "${package}/outsider.c" LIBRARIES "${folder}/libglia.a" -lm
            -lpthread)
file(SHA256 "${SCRATCH}/moons.glia" installed)
file(SHA256 "${SCRATCH}/subproject.glia" inside)
if(NOT installed STREQUAL inside)
  complain("the project's flags change what glia computes")
endif()

run(ignored "${CMAKE_COMMAND}" --install "${SCRATCH}/build" --prefix "${SCRATCH}/installed")
file(GLOB_RECURSE installed RELATIVE "${SCRATCH}/installed" "${SCRATCH}/installed/*")
if(NOT installed STREQUAL "bin/host_static")
  complain("the project installs ${installed}")
endif()
report()
