# SPDX-License-Identifier: MIT
# What the tests share that use glia from outside the tree, as somebody else's program does.
include("${CMAKE_CURRENT_LIST_DIR}/../structure/tree.cmake")

# check_output(NAME OUTPUT): what outsider.c or outsider_io.c wrote: it has trained well, and what it loaded or read was
# right.
function(check_output name output)
  if(NOT output MATCHES "^trained 82 parameters to (1\\.00|0\\.9[0-9]), (loaded the same|data read|data made)\n$")
    complain("${name} wrote: ${output}")
  endif()
endfunction()

# check_program(PATH [VARIABLE=value...]): run one of the two, compiled, with these in its environment, in SCRATCH.
function(check_program program)
  run(output "${CMAKE_COMMAND}" -E chdir "${SCRATCH}" "${CMAKE_COMMAND}" -E env ${ARGN} "${program}")
  check_output("${program}" "${output}")
endfunction()
