# SPDX-License-Identifier: MIT
# The libraries that libglia-io is built with, as targets glia_dependency_<name>. Installed too, since whoever links the
# static libglia-io needs them again.
find_package(PkgConfig QUIET)

# A target of our own name for each, so that all are used alike. Imported, so that an installed target may name it.
function(glia_dependency name)
  add_library(glia_dependency_${name} INTERFACE IMPORTED)
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
