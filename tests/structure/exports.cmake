# SPDX-License-Identifier: MIT
# The shared libraries export exactly what the public headers declare, and libglia.so needs only libc and libm, with
# libpthread where that is apart from libc.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

# Complain about names that LIBRARY exports and the headers do not declare, and the other way round.
function(check_exports library)
  run(output "${NM}" -D --defined-only --format=posix "${folder}/${library}")
  string(REGEX MATCHALL "[^\n ]+ [A-Za-z] [^\n]*" symbols "${output}")
  list(TRANSFORM symbols REPLACE " .*" "")
  declared_names(declared ${ARGN})
  foreach(name IN LISTS symbols)
    if(NOT name IN_LIST declared)
      complain("${library} exports ${name}, which no header declares")
    endif()
  endforeach()
  foreach(name IN LISTS declared)
    if(NOT name IN_LIST symbols)
      complain("${library} does not export ${name}")
    endif()
  endforeach()
  list(LENGTH declared count)
  message(STATUS "${library}: ${count} declared names")
endfunction()

installed_library_folder(folder)
set(include "${PREFIX}/include/glia")
check_exports(libglia.so "${include}/glia.h" "${include}/glia64.h")
check_exports(libglia-io.so "${include}/io.h")

# Programs ask for a library by the version of its binary interface, and find it installed by that name.
file(STRINGS "${include}/version.h" numbers REGEX "define GLIA_VERSION_(MAJOR|MINOR) ")
string(REGEX REPLACE "[^0-9;]*([0-9]+)[^;]*" "\\1" numbers "${numbers}")
string(REPLACE ";" "." soversion "${numbers}")
foreach(library IN ITEMS libglia.so libglia-io.so)
  run(output "${READELF}" -d "${folder}/${library}")
  if(NOT output MATCHES "\\(SONAME\\)[^\n]*\\[${library}\\.${soversion}\\]" OR NOT EXISTS
                                                                            "${folder}/${library}.${soversion}")
    complain("${library} is not ${library}.${soversion} to the loader")
  endif()
endforeach()

# The loader is a part of libc; whatever is local to a thread names it.
run(output "${READELF}" -d "${folder}/libglia.so")
string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*" needed "${output}")
foreach(line IN LISTS needed)
  if(NOT line MATCHES "\\[(libc|libm|libpthread|ld-[a-z0-9_-]+|ld64|ld)\\.so[.0-9]*\\]")
    complain("libglia.so needs more than libc and libm: ${line}")
  endif()
endforeach()
report()
