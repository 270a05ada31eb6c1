# SPDX-License-Identifier: MIT
# What glia can use of other libraries. Each is optional; one line says what is left out without it, and which package
# of Debian and Ubuntu brings it.
include("${CMAKE_CURRENT_LIST_DIR}/io_dependencies.cmake")

set(GLIA_WITHOUT "" CACHE STRING "Libraries to leave out though they are there, of: zlib libcsv jansson popt cmocka")
string(REPLACE " " ";" glia_without "${GLIA_WITHOUT}")

# glia_find(NAME PACKAGE LOSS): lets glia_find_<NAME>() look for the library, which makes glia_dependency_<NAME> if it
# is there, and sets GLIA_HAVE_<NAME> accordingly; says what is lost if it is not.
function(glia_find name package loss)
  string(TOUPPER ${name} upper)
  if(NOT name IN_LIST glia_without)
    cmake_language(CALL glia_find_${name})
  endif()
  if(TARGET glia_dependency_${name})
    set(GLIA_HAVE_${upper} ON PARENT_SCOPE)
  else()
    set(GLIA_HAVE_${upper} OFF PARENT_SCOPE)
    message(STATUS "glia: without ${name} (Debian: ${package}): ${loss}")
  endif()
endfunction()

function(glia_find_popt)
  glia_find_pkg_config(popt popt)
endfunction()

function(glia_find_cmocka)
  glia_find_pkg_config(cmocka "cmocka>=1.1.5")
endfunction()

glia_find(zlib zlib1g-dev "libglia-io reads no gzip")
glia_find(libcsv libcsv-dev "libglia-io reads no CSV")
glia_find(jansson "pkg-config libjansson-dev" "libglia-io reads no names from models, and there is no tool")
if(GLIA_TOOL)
  glia_find(popt "pkg-config libpopt-dev" "there is no tool")
endif()
if(GLIA_TESTS)
  glia_find(cmocka "pkg-config libcmocka-dev" "only the tests of the tree and the tool remain")
endif()
