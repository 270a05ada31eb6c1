# SPDX-License-Identifier: MIT
# Programs outside the tree are built with what pkg-config says of the installed libraries: shared, and with --static
# wholly static.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

# flags(OUT arguments...): what pkg-config answers, as a list.
function(flags out)
  run(output "${CMAKE_COMMAND}" -E env "PKG_CONFIG_PATH=${folder}/pkgconfig" "${PKG_CONFIG}" ${ARGN})
  separate_arguments(output UNIX_COMMAND "${output}")
  set(${out} ${output} PARENT_SCOPE)
endfunction()

# build(NAME SOURCE MODULE [--static]): compile, link and run.
function(build name source module)
  flags(compile --cflags ${module})
  flags(link ${ARGN} --libs ${module})
  string(REPLACE "--" "-" kind "${ARGN}")
  run(ignored "${C}" -std=c11 ${kind} ${compile} "${ROOT}/tests/package/${source}" ${link} -lm -o "${SCRATCH}/${name}")
  check_program("${SCRATCH}/${name}" "LD_LIBRARY_PATH=${folder}")
endfunction()

file(MAKE_DIRECTORY "${SCRATCH}")
installed_library_folder(folder)
build(shared outsider.c glia)
build(shared_io outsider_io.c glia-io)
build(static outsider.c glia --static)
build(static_io outsider_io.c glia-io --static)

flags(version --modversion glia)
file(STRINGS "${ROOT}/include/glia/version.h" numbers REGEX "define GLIA_VERSION_(MAJOR|MINOR|PATCH)")
string(REGEX REPLACE "[^0-9;]*([0-9]+)[^;]*" "\\1" numbers "${numbers}")
string(REPLACE ";" "." numbers "${numbers}")
if(NOT version STREQUAL numbers)
  complain("glia.pc tells the version ${version}, version.h ${numbers}")
endif()
report()
