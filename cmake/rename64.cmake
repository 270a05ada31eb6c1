# SPDX-License-Identifier: MIT
# Makes the header in front of every source compiled for double: `#define glia_x glia64_x` for each public name that
# glia64.h declares, `#define glia__x glia64__x` for each shared name of what is compiled for float and for double.
#   cmake -DROOT=. -DONCE="base/random.c ..." -DOUTPUT=rename64.h -P cmake/rename64.cmake
# ROOT  the tree
# ONCE  the sources below lib that are compiled once: names in their headers, and in those of base, stay

# The names in `files` that match `pattern`, each once, in order.
function(names_in out pattern)
  set(names "")
  foreach(file IN LISTS ARGN)
    file(READ "${file}" text)
    string(REGEX MATCHALL "${pattern}" found "${text}")
    list(APPEND names ${found})
  endforeach()
  list(REMOVE_DUPLICATES names)
  list(SORT names)
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

set(lib "${ROOT}/lib")
file(GLOB once_files "${lib}/base/*.h")
separate_arguments(ONCE)
foreach(source IN LISTS ONCE)
  string(REGEX REPLACE "\\.c$" ".h" header "${source}")
  list(APPEND once_files "${lib}/${source}")
  if(EXISTS "${lib}/${header}")
    list(APPEND once_files "${lib}/${header}")
  endif()
endforeach()
set(real_files "")
foreach(folder IN ITEMS kernels net train model api)
  file(GLOB_RECURSE found "${lib}/${folder}/*.[ch]" "${lib}/${folder}/*.inc")
  list(APPEND real_files ${found})
endforeach()
list(REMOVE_ITEM real_files ${once_files})
list(FILTER once_files INCLUDE REGEX "\\.h$")

names_in(public "glia64_[a-z][a-z0-9_]*" "${ROOT}/include/glia/glia64.h")
names_in(once "glia__[a-z0-9_]+" ${once_files})
names_in(shared "glia__[a-z0-9_]+" ${real_files})
list(REMOVE_ITEM shared ${once})

set(header "/* Made by cmake/rename64.cmake: the names of the double library. */\n#include <glia/glia64.h>\n\n")
foreach(name IN LISTS public)
  string(REGEX REPLACE "^glia64_" "glia_" plain ${name})
  string(APPEND header "#define ${plain} ${name}\n")
endforeach()
foreach(name IN LISTS shared)
  string(REGEX REPLACE "^glia__" "glia64__" double ${name})
  string(APPEND header "#define ${name} ${double}\n")
endforeach()

# Written only when it has changed, since everything for double is compiled again then.
set(before "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT header STREQUAL before)
  file(WRITE "${OUTPUT}" "${header}")
endif()
