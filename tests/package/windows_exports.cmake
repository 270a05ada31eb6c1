# SPDX-License-Identifier: MIT
# The DLL exports exactly what the public headers of NAME (glia or io) declare, and needs nothing that is not part of
# Windows but glia's own.
include("${CMAKE_CURRENT_LIST_DIR}/../structure/tree.cmake")

set(headers_glia "${ROOT}/include/glia/glia.h" "${ROOT}/include/glia/glia64.h")
set(headers_io "${ROOT}/include/glia/io.h")
declared_names(declared ${headers_${NAME}})
run(output "${OBJDUMP}" -p "${DLL}")

string(REGEX MATCHALL "\n\t\\[ *[0-9]+\\][^\n]* (glia[a-z0-9_]+)" lines "${output}")
list(TRANSFORM lines REPLACE ".* " "")
list(SORT lines)
list(REMOVE_DUPLICATES lines)
if(NOT lines STREQUAL declared)
  complain("${DLL} exports ${lines}; declared are ${declared}")
endif()

string(REGEX MATCHALL "DLL Name: [^\n]+" needed "${output}")
foreach(line IN LISTS needed)
  if(NOT line MATCHES ": (KERNEL32|msvcrt|libglia)\\.dll$")
    complain("${DLL} needs more than Windows has: ${line}")
  endif()
endforeach()
report()
