# SPDX-License-Identifier: MIT
# What glia can use of other libraries. Each is optional; one line says what is left out without it, and which package
# of Debian and Ubuntu brings it.

set(GLIA_WITHOUT "" CACHE STRING "Libraries to leave out though they are there, of: zlib libcsv jansson popt cmocka")
string(REPLACE " " ";" glia_without "${GLIA_WITHOUT}")
find_package(PkgConfig QUIET)

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

# A target of our own name for each, so that all are used alike.
function(glia_dependency name)
  add_library(glia_dependency_${name} INTERFACE)
  target_link_libraries(glia_dependency_${name} INTERFACE ${ARGN})
endfunction()

# glia_find_pkg_config(NAME MODULE): for the libraries that have a .pc file.
function(glia_find_pkg_config name module)
  if(PKG_CONFIG_FOUND)
    pkg_check_modules(GLIA_${name} QUIET IMPORTED_TARGET ${module})
  endif()
  if(TARGET PkgConfig::GLIA_${name})
    glia_dependency(${name} PkgConfig::GLIA_${name})
  endif()
endfunction()

function(glia_find_jansson)
  glia_find_pkg_config(jansson "jansson>=2.11")
endfunction()

function(glia_find_popt)
  glia_find_pkg_config(popt popt)
endfunction()

function(glia_find_cmocka)
  glia_find_pkg_config(cmocka "cmocka>=1.1.5")
endfunction()

function(glia_find_zlib)
  find_package(ZLIB QUIET)
  if(TARGET ZLIB::ZLIB)
    glia_dependency(zlib ZLIB::ZLIB)
  endif()
endfunction()

# libcsv is LGPL and has no .pc file.
function(glia_find_libcsv)
  find_path(GLIA_LIBCSV_INCLUDE csv.h)
  find_library(GLIA_LIBCSV_LIBRARY csv)
  mark_as_advanced(GLIA_LIBCSV_INCLUDE GLIA_LIBCSV_LIBRARY)
  if(GLIA_LIBCSV_INCLUDE AND GLIA_LIBCSV_LIBRARY)
    glia_dependency(libcsv "${GLIA_LIBCSV_LIBRARY}")
    target_include_directories(glia_dependency_libcsv SYSTEM INTERFACE "${GLIA_LIBCSV_INCLUDE}")
  endif()
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
