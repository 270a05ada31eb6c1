# SPDX-License-Identifier: MIT
# A build without any option, from nothing, installs everything in place. The tests that follow use what it installs, in
# another folder than the one it was installed to.
include("${CMAKE_CURRENT_LIST_DIR}/../structure/tree.cmake")

file(REMOVE_RECURSE "${SCRATCH}" "${PREFIX}")
set(plain "${CMAKE_COMMAND}" -E env --unset=CFLAGS --unset=LDFLAGS "CC=${C}" "${CMAKE_COMMAND}")
run(ignored ${plain} -S "${ROOT}" -B "${SCRATCH}/build")
run(ignored ${plain} --build "${SCRATCH}/build" --parallel 2)
run(ignored ${plain} --install "${SCRATCH}/build" --prefix "${SCRATCH}/elsewhere")
file(RENAME "${SCRATCH}/elsewhere" "${PREFIX}")

foreach(file IN ITEMS include/glia/glia.h include/glia/glia64.h include/glia/io.h include/glia/version.h
                      include/glia/export.h)
  if(NOT EXISTS "${PREFIX}/${file}")
    complain("${file} is not installed")
  endif()
endforeach()

# Both kinds of both libraries lie together, and beside them what finds them.
installed_library_folder(folder)
foreach(file IN ITEMS libglia.a libglia.so libglia-io.a libglia-io.so pkgconfig/glia.pc pkgconfig/glia-io.pc
                      cmake/glia/glia-config.cmake cmake/glia/glia-config-version.cmake)
  if(NOT EXISTS "${folder}/${file}")
    complain("${file} is not in ${folder}")
  endif()
endforeach()

# Nothing that is read by other programs names this machine's folders.
file(GLOB_RECURSE texts "${folder}/*.cmake" "${folder}/*.pc")
foreach(text IN LISTS texts)
  file(STRINGS "${text}" lines)
  foreach(path IN ITEMS "${SCRATCH}" "${ROOT}" "${PREFIX}")
    string(FIND "${lines}" "${path}" place)
    if(NOT place EQUAL -1)
      complain("${text} names ${path}")
    endif()
  endforeach()
endforeach()

if(HAVE_TOOL)
  run(version "${PREFIX}/bin/glia" --version)
  find_program(SCDOC scdoc)
  if(SCDOC AND NOT EXISTS "${PREFIX}/share/man/man1/glia-train.1")
    complain("the manual pages are not installed")
  endif()
endif()
report()
