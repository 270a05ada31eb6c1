# SPDX-License-Identifier: MIT
# The include arrows: base <- kernels <- net <- train <- model <- api; lib/io, src and examples include public headers
# and files of their own; public headers include only public ones; tests/api includes no header of the library but
# kernels/real.h, which names the number type.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

set(layers base kernels net train model api)

# The folders whose headers a file of `folder` may include.
function(allowed_folders out folder)
  set(allowed "${folder}")
  if(folder MATCHES "^lib/(.+)$" AND CMAKE_MATCH_1 IN_LIST layers)
    list(FIND layers "${CMAKE_MATCH_1}" last)
    foreach(i RANGE ${last})
      list(GET layers ${i} layer)
      list(APPEND allowed lib/${layer})
    endforeach()
  endif()
  if(NOT folder STREQUAL "include/glia")
    list(APPEND allowed include/glia)
  endif()
  set(${out} "${allowed}" PARENT_SCOPE)
endfunction()

# The folder that the rules speak of: two levels below lib, include and tests, one elsewhere.
function(folder_of out file)
  if(file MATCHES "^((lib|include|tests)/[^/]+|[^/]+)/")
    set(${out} "${CMAKE_MATCH_1}" PARENT_SCOPE)
  else()
    set(${out} "" PARENT_SCOPE)
  endif()
endfunction()

# The file of the tree that `name`, included by `file`, stands for; empty: none.
function(resolve out file name)
  get_filename_component(own "${file}" DIRECTORY)
  set(${out} "" PARENT_SCOPE)
  foreach(base IN ITEMS "${own}" include lib tests)
    if(EXISTS "${ROOT}/${base}/${name}")
      file(REAL_PATH "${ROOT}/${base}/${name}" path)
      file(RELATIVE_PATH path "${real_root}" "${path}")
      set(${out} "${path}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# Complain if the include of `name`, written with `bracket`, is not one that `file` may have.
function(check_include file name bracket)
  folder_of(folder "${file}")
  resolve(target "${file}" "${name}")
  if(NOT target)
    if(bracket STREQUAL "\"" OR name MATCHES "^glia/")
      complain("${file} includes \"${name}\", which is not there")
    endif()
    return()
  endif()

  folder_of(target_folder "${target}")
  if(bracket STREQUAL "<" AND NOT target_folder STREQUAL "include/glia")
    return() # a system header that happens to have the name of one of ours
  endif()
  if(folder MATCHES "^tests/" AND (target MATCHES "^tests/" OR NOT folder STREQUAL "tests/api"))
    return()
  endif()
  if(folder STREQUAL "tests/api" AND target STREQUAL "lib/kernels/real.h")
    return()
  endif()
  allowed_folders(allowed "${folder}")
  if(NOT target_folder IN_LIST allowed)
    complain("${file} must not include ${target}")
  endif()
endfunction()

file(REAL_PATH "${ROOT}" real_root)
tree_sources(sources)
foreach(source IN LISTS sources)
  file(STRINGS "${ROOT}/${source}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "include[ \t]*([<\"])([^>\"]*)[>\"]" matched "${line}")
    check_include("${source}" "${CMAKE_MATCH_2}" "${CMAKE_MATCH_1}")
  endforeach()
endforeach()
report()
