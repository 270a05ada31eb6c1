# SPDX-License-Identifier: MIT
# A user's plain build with nothing but a compiler and the flags of a sanitizer: it passes, makes libglia.a, and what is
# built runs without a report. COMPILER and FLAGS say which, and OPTIONS what else.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")
skip_without_sanitizer("${COMPILER}" "${FLAGS}")

file(REMOVE_RECURSE "${SCRATCH}")
run(ignored "${CMAKE_COMMAND}" -S "${ROOT}" -B "${SCRATCH}" "-DCMAKE_C_COMPILER=${COMPILER}" "-DCMAKE_C_FLAGS=${FLAGS}"
    ${OPTIONS})
run(ignored "${CMAKE_COMMAND}" --build "${SCRATCH}" --parallel 2)
if(NOT EXISTS "${SCRATCH}/lib/libglia.a")
  message(FATAL_ERROR "no libglia.a")
endif()

# The flags have come through to the library, whose objects ask the sanitizer for its calls.
run(names "${NM}" --undefined-only --format=posix "${SCRATCH}/lib/libglia.a")
if(NOT names MATCHES "(^|\n)__(tsan|asan)_")
  message(FATAL_ERROR "libglia.a is not instrumented")
endif()
run(ignored "${CMAKE_COMMAND}" -E chdir "${SCRATCH}" "${SCRATCH}/examples/moons")
file(REMOVE_RECURSE "${SCRATCH}") # a hundred megabytes
