# SPDX-License-Identifier: MIT
# include/glia/glia64.h is what cmake/glia64.cmake makes from glia.h.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

run(ignored "${CMAKE_COMMAND}" "-DINPUT=${ROOT}/include/glia/glia.h" "-DOUTPUT=${SCRATCH}/glia64.h" -P
    "${ROOT}/cmake/glia64.cmake")
file(READ "${SCRATCH}/glia64.h" made)
file(READ "${ROOT}/include/glia/glia64.h" checked_in)
if(NOT made STREQUAL checked_in)
  message(FATAL_ERROR "glia64.h is out of date: cmake -DINPUT=include/glia/glia.h -DOUTPUT=include/glia/glia64.h "
                      "-P cmake/glia64.cmake")
endif()
