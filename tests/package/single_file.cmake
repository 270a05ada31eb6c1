# SPDX-License-Identifier: MIT
# The single-file form is made in BUILD, compiles without a warning with each of COMPILERS (a|b), strictly and as a host
# compiles that likes speed, and computes the same bits whatever compiles it.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

# train(OUT compiler flags...): compile glia.c and outsider.c and run; a hash of the network that was trained.
function(train out)
  run(ignored ${ARGN} -Wall -Wextra -Werror -c "${SCRATCH}/glia/glia.c" -o "${SCRATCH}/glia.o")
  run(ignored "${C}" -std=c11 -ffp-contract=off "-I${SCRATCH}" "${ROOT}/tests/package/outsider.c" "${SCRATCH}/glia.o"
      -lm -o "${SCRATCH}/program")
  check_program("${SCRATCH}/program")
  file(SHA256 "${SCRATCH}/moons.glia" hash)
  set(${out} ${hash} PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
run(ignored "${CMAKE_COMMAND}" --build "${BUILD}" --target single_file)
file(COPY "${BUILD}/single_file/glia" DESTINATION "${SCRATCH}")
string(REPLACE "|" ";" COMPILERS "${COMPILERS}")
list(REMOVE_DUPLICATES COMPILERS)
set(hashes "")
foreach(compiler IN LISTS COMPILERS)
  train(hash "${compiler}" -std=c11 -O1)
  list(APPEND hashes ${hash})
  train(hash "${compiler}" -std=gnu11 -O1 -march=native)
  list(APPEND hashes ${hash})
endforeach()
list(REMOVE_DUPLICATES hashes)
list(LENGTH hashes count)
if(NOT count EQUAL 1)
  complain("${COMPILERS} make networks of different bits: ${hashes}")
endif()
report()
