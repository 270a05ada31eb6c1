# SPDX-License-Identifier: MIT
# A build without any option, from nothing, installs everything in place. The tests that follow use what it installs.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

file(REMOVE_RECURSE "${SCRATCH}" "${PREFIX}")
set(plain "${CMAKE_COMMAND}" -E env --unset=CFLAGS --unset=LDFLAGS "CC=${C}" "${CMAKE_COMMAND}")
run(ignored ${plain} -S "${ROOT}" -B "${SCRATCH}/build")
run(ignored ${plain} --build "${SCRATCH}/build" --parallel 2)
run(ignored ${plain} --install "${SCRATCH}/build" --prefix "${PREFIX}")

foreach(file IN ITEMS include/glia/glia.h include/glia/glia64.h include/glia/io.h include/glia/version.h
                      include/glia/export.h)
  if(NOT EXISTS "${PREFIX}/${file}")
    complain("${file} is not installed")
  endif()
endforeach()

# Both kinds of both libraries lie together.
installed_library_folder(folder)
foreach(library IN ITEMS libglia.a libglia.so libglia-io.a libglia-io.so)
  if(NOT EXISTS "${folder}/${library}")
    complain("${library} is not in ${folder}")
  endif()
endforeach()

if(HAVE_TOOL)
  run(version "${PREFIX}/bin/glia" --version)
endif()
report()
