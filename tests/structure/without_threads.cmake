# SPDX-License-Identifier: MIT
# The smallest library, without threads and without double: it calls nothing of pthreads, and the tests with several
# threads of the host's own pass all the same.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

run(ignored "${CMAKE_COMMAND}" -S "${ROOT}" -B "${SCRATCH}" "-DCMAKE_C_COMPILER=${C}" -DCMAKE_BUILD_TYPE=Debug
    "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Wconversion -Werror" "-DCMAKE_C_FLAGS_DEBUG=-O1" -DGLIA_THREADS=OFF
    -DGLIA_FLOAT64=OFF -DGLIA_TESTS=ON -DGLIA_TOOL=OFF -DGLIA_EXAMPLES=OFF -DGLIA_DOCS=OFF)
run(ignored "${CMAKE_COMMAND}" --build "${SCRATCH}" --parallel 2 --target threaded glia_shared)
run(ignored "${CMAKE_CTEST_COMMAND}" --test-dir "${SCRATCH}" --output-on-failure --label-regex "^threads$"
    --no-tests=error)

run(names "${NM}" --undefined-only --format=posix "${SCRATCH}/lib/libglia.a")
string(REGEX MATCHALL "(^|\n)(pthread|thrd|sem|sched)_[a-z_]+" calls "${names}")
string(REPLACE "\n" "" calls "${calls}")
foreach(call IN LISTS calls)
  complain("libglia without threads calls ${call}")
endforeach()
report()
