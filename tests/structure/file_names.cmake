# SPDX-License-Identifier: MIT
# A file name of ours occurs once in the whole tree, and says what the file is about.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

tree_sources(sources)
foreach(source IN LISTS sources)
  get_filename_component(name "${source}" NAME)
  if(DEFINED path_of_${name})
    complain("${source} has the name of ${path_of_${name}}")
  endif()
  set(path_of_${name} "${source}")
  if(name MATCHES "^(utils?|misc|common|helpers?)\\.")
    complain("${source} has a name that says nothing")
  endif()
endforeach()
report()
