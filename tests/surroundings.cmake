# SPDX-License-Identifier: MIT
# Runs the test programs that the file PROGRAMS lists in odd SURROUNDINGS, which surroundings.c knows, each in a folder
# of its own in SCRATCH. The test fails with the output of those that fail.
cmake_policy(VERSION 3.21)

set(variables "GLIA_TEST_SURROUNDINGS=${SURROUNDINGS}" ASAN_OPTIONS=allocator_may_return_null=1)
file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}/locale")
if(SURROUNDINGS STREQUAL comma_locale)
  find_program(LOCALEDEF localedef)
  if(LOCALEDEF)
    execute_process(COMMAND "${LOCALEDEF}" -i de_DE -f UTF-8 "${SCRATCH}/locale/de_DE.UTF-8" OUTPUT_QUIET ERROR_QUIET)
  endif()
  if(NOT EXISTS "${SCRATCH}/locale/de_DE.UTF-8")
    message("skipped: no locale with a decimal comma can be made (Debian: locales)")
    return()
  endif()
  list(APPEND variables "LOCPATH=${SCRATCH}/locale")
endif()

file(STRINGS "${PROGRAMS}" programs)
set(failed "")
foreach(program IN LISTS programs)
  get_filename_component(name "${program}" NAME)
  file(MAKE_DIRECTORY "${SCRATCH}/${name}")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -E env ${variables} "${program}"
    WORKING_DIRECTORY "${SCRATCH}/${name}"
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message("${output}${name}: ${result}")
    list(APPEND failed ${name})
  endif()
endforeach()
list(LENGTH programs count)
if(failed OR count EQUAL 0)
  message(FATAL_ERROR "${SURROUNDINGS}: of ${count} programs these fail: ${failed}")
endif()
message("${SURROUNDINGS}: ${count} programs pass")
