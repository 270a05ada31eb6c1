# SPDX-License-Identifier: MIT
# The programs of tests/misuse under clang's AddressSanitizer, UndefinedBehaviorSanitizer and checks of integers, which
# gcc lacks: unsigned sums that wrap and conversions that lose something end the test, but for the ones that are meant.
# Not optimised, which makes the build ten times faster.
include("${CMAKE_CURRENT_LIST_DIR}/../structure/tree.cmake")

set(flags -fsanitize=address,undefined,integer -fno-sanitize-recover=all -fno-omit-frame-pointer
          "-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/deliberate_wraps.txt")
list(JOIN flags " " flags)
skip_without_sanitizer("${CLANG}" "${flags}")
run(ignored "${CMAKE_COMMAND}" -S "${ROOT}" -B "${SCRATCH}" "-DCMAKE_C_COMPILER=${CLANG}" -DCMAKE_BUILD_TYPE=Debug
    "-DCMAKE_C_FLAGS=${flags}" "-DCMAKE_C_FLAGS_DEBUG=-O0 -g1" -DGLIA_TESTS=ON -DGLIA_TOOL=OFF -DGLIA_EXAMPLES=OFF
    -DGLIA_DOCS=OFF)
run(ignored "${CMAKE_COMMAND}" --build "${SCRATCH}" --parallel 2 --target misuse)
run(ignored "${CMAKE_CTEST_COMMAND}" --test-dir "${SCRATCH}" --output-on-failure --label-regex "^misuse$"
    --no-tests=error)
