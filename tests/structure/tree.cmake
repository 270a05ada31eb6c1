# SPDX-License-Identifier: MIT
# What the tests of the tree share: running a command, listing files, collecting what is wrong.
cmake_policy(VERSION 3.21)

# run(OUT command...): the command's standard output; the test fails with all its output if the command fails.
function(run out)
  execute_process(
    COMMAND ${ARGN}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE errors)
  if(NOT result EQUAL 0)
    message("${output}${errors}")
    message(FATAL_ERROR "${ARGV1}: ${result}")
  endif()
  set(${out} "${output}" PARENT_SCOPE)
endfunction()

# tree_sources(OUT [PATTERN...]): our own files below ROOT of these names, as paths relative to it: what git tracks or
# would, else every such file in our folders. Without a pattern, the sources in C.
function(tree_sources out)
  set(patterns ${ARGN})
  if(NOT patterns)
    set(patterns *.c *.h *.inc)
  endif()
  find_program(GIT git)
  if(GIT)
    execute_process(
      COMMAND "${GIT}" ls-files --cached --others --exclude-standard -- ${patterns}
      WORKING_DIRECTORY "${ROOT}"
      RESULT_VARIABLE result
      OUTPUT_VARIABLE files
      ERROR_QUIET)
  endif()
  if(GIT AND result EQUAL 0)
    string(REPLACE "\n" ";" files "${files}")
  else()
    set(files "")
    foreach(pattern IN LISTS patterns)
      file(GLOB found RELATIVE "${ROOT}" "${ROOT}/${pattern}")
      list(APPEND files ${found})
      foreach(folder IN ITEMS bindings cmake docs examples include lib src tests)
        file(GLOB_RECURSE found RELATIVE "${ROOT}" "${ROOT}/${folder}/${pattern}")
        list(APPEND files ${found})
      endforeach()
    endforeach()
  endif()
  set(existing "")
  foreach(file IN LISTS files)
    if(file AND EXISTS "${ROOT}/${file}")
      list(APPEND existing "${file}")
    endif()
  endforeach()
  if(NOT existing)
    message(FATAL_ERROR "no sources in ${ROOT}")
  endif()
  set(${out} "${existing}" PARENT_SCOPE)
endfunction()

# complain(TEXT): remember that something is wrong; report() then fails with all of it.
set_property(GLOBAL PROPERTY complaints "")
function(complain text)
  set_property(GLOBAL APPEND_STRING PROPERTY complaints "${text}\n")
endfunction()
function(report)
  get_property(complaints GLOBAL PROPERTY complaints)
  if(complaints)
    message("${complaints}")
    message(FATAL_ERROR "The tree is not as it should be")
  endif()
endfunction()

# End the test, as one that ctest counts as skipped, where a program with these flags of a sanitizer does not run.
function(skip_without_sanitizer compiler flags)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  file(MAKE_DIRECTORY "${SCRATCH}")
  file(WRITE "${SCRATCH}/sanitized.c" "int main(void) { return 0; }\n")
  execute_process(
    COMMAND "${compiler}" ${flags} "${SCRATCH}/sanitized.c" -o "${SCRATCH}/sanitized"
    RESULT_VARIABLE linked
    OUTPUT_QUIET ERROR_QUIET)
  execute_process(COMMAND "${SCRATCH}/sanitized" RESULT_VARIABLE ran OUTPUT_QUIET ERROR_QUIET)
  if(NOT linked EQUAL 0 OR NOT ran EQUAL 0)
    message(FATAL_ERROR "skipped: this sanitizer does not run here (Debian: libclang-rt-dev for clang's)")
  endif()
endfunction()

# The names that public headers declare: what follows GLIA_API up to its parenthesis.
function(declared_names out)
  set(names "")
  foreach(header IN LISTS ARGN)
    file(READ "${header}" text)
    string(REGEX MATCHALL "\nGLIA_API [^;(]*\\(" declarations "${text}")
    foreach(declaration IN LISTS declarations)
      string(REGEX REPLACE ".*[ *](glia[a-z0-9_]*)\\($" "\\1" name "${declaration}")
      list(APPEND names ${name})
    endforeach()
  endforeach()
  list(SORT names)
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

# The folder below PREFIX where the libraries are: lib, lib64 or another, as the system has it.
function(installed_library_folder out)
  file(GLOB_RECURSE libraries "${PREFIX}/libglia.a")
  list(LENGTH libraries count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "libglia.a is installed ${count} times")
  endif()
  get_filename_component(folder "${libraries}" DIRECTORY)
  set(${out} "${folder}" PARENT_SCOPE)
endfunction()

# run_program(OUT COMPILER arguments... SOURCE source LIBRARIES libraries...): compiles against what is installed, as a
# user would, and runs the program in SCRATCH; its standard output.
function(run_program out)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "SOURCE" "COMPILER;LIBRARIES")
  installed_library_folder(folder)
  file(MAKE_DIRECTORY "${SCRATCH}")
  run(ignored ${program_COMPILER} -Wall -Wextra -Wpedantic -Werror "-I${PREFIX}/include" "${program_SOURCE}" -o
      "${SCRATCH}/program" "-L${folder}" ${program_LIBRARIES})
  run(output "${CMAKE_COMMAND}" -E chdir "${SCRATCH}" "${CMAKE_COMMAND}" -E env "LD_LIBRARY_PATH=${folder}" ./program)
  set(${out} "${output}" PARENT_SCOPE)
endfunction()
