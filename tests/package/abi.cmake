# SPDX-License-Identifier: MIT
# The binary interface of both libraries is the one recorded beside this file. The public headers alone tell it, so what
# is compared is a library made from those, with empty functions, which every compiler makes alike; that the true ones
# export just these names is what the test tree_exports looks after. After a change that is meant, with the version that
# docs/compatibility.md asks for, record it:
#   GLIA_RECORD_ABI=1 ctest --preset release -R tree_abi
include("${CMAKE_CURRENT_LIST_DIR}/../structure/tree.cmake")

# describe(NAME HEADER...): SCRATCH/NAME.abi, the interface of a library of that name with these headers of ours.
function(describe name)
  set(source "")
  foreach(header IN LISTS ARGN)
    file(READ "${ROOT}/include/glia/${header}" text)
    string(REGEX REPLACE "\n(GLIA_API void [^;]*\\));" "\n\\1 {}" text "${text}")
    string(REGEX REPLACE "\n(GLIA_API [^;{]*\\));" "\n\\1 { return 0; }" text "${text}")
    string(APPEND source "${text}\n")
  endforeach()
  file(WRITE "${SCRATCH}/${name}.c" "${source}")
  run(ignored "${CMAKE_COMMAND}" -E chdir "${SCRATCH}" "${C}" -std=c11 -g -w -fPIC -shared "-I${ROOT}/include" ${name}.c
      -Wl,-soname,${name}.so.${SOVERSION} -o ${name}.so)
  run(ignored "${ABIDW}" --no-architecture --no-corpus-path --no-comp-dir-path --no-elf-needed --no-show-locs
      --type-id-style hash --out-file "${SCRATCH}/${name}.abi" "${SCRATCH}/${name}.so")
endfunction()

describe(libglia glia.h glia64.h)
describe(libglia-io io.h)
foreach(name IN ITEMS libglia libglia-io)
  set(record "${CMAKE_CURRENT_LIST_DIR}/${name}.abi")
  if(DEFINED ENV{GLIA_RECORD_ABI})
    file(COPY "${SCRATCH}/${name}.abi" DESTINATION "${CMAKE_CURRENT_LIST_DIR}")
  endif()
  execute_process(
    COMMAND "${ABIDIFF}" "${record}" "${SCRATCH}/${name}.abi"
    RESULT_VARIABLE result
    OUTPUT_VARIABLE changes
    ERROR_VARIABLE changes)
  if(NOT result EQUAL 0)
    complain("The binary interface of ${name} has changed:\n${changes}")
  endif()
endforeach()
report()
