# SPDX-License-Identifier: MIT
# The test bench_instructions: hot calls take no more instructions than recorded. `make count_instructions` prints them,
# `make update_instructions` records them anew.
find_program(GLIA_VALGRIND valgrind)
find_program(GLIA_PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH)
mark_as_advanced(GLIA_VALGRIND GLIA_PYTHON3)

# What stands in the way of counting; empty: nothing.
set(obstacle "")
if(NOT GLIA_VALGRIND OR NOT GLIA_PYTHON3)
  set(obstacle "without valgrind and /usr/bin/python3 (Debian: valgrind python3)")
elseif(CMAKE_CROSSCOMPILING)
  set(obstacle "in a build for another system")
elseif(NOT GLIA_IS_X86_64)
  set(obstacle "on a processor that is not x86-64")
elseif(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set(obstacle "with a compiler other than gcc, which the bounds are for")
elseif(NOT CMAKE_BUILD_TYPE MATCHES "^Rel" OR CMAKE_C_FLAGS MATCHES "-fsanitize|-O0|-Og")
  set(obstacle "in a build that is not optimised")
endif()
if(obstacle)
  message(STATUS "glia: ${obstacle}: instructions of hot calls are not counted")
  return()
endif()

glia_program(bench_instructions SOURCES instructions.c LIBRARIES glia::glia_static m)
set(count "${GLIA_PYTHON3}" -B "${CMAKE_CURRENT_SOURCE_DIR}/instructions.py")
add_test(NAME bench_instructions COMMAND ${count} check "$<TARGET_FILE:bench_instructions>")
set_tests_properties(bench_instructions PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
add_custom_target(count_instructions COMMAND ${count} print "$<TARGET_FILE:bench_instructions>" VERBATIM)
add_custom_target(update_instructions COMMAND ${count} update "$<TARGET_FILE:bench_instructions>" VERBATIM)
add_dependencies(count_instructions bench_instructions)
add_dependencies(update_instructions bench_instructions)
