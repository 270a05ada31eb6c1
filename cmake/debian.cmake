# SPDX-License-Identifier: MIT
# `cpack`, or the target package, makes three Debian packages: libglia0.1 (shared libraries), libglia-dev and glia (the
# tool). Configure with -DCMAKE_INSTALL_PREFIX=/usr for Debian's own folders.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "the glia authors")
set(CPACK_PACKAGE_CONTACT "the glia authors")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

# What the files inside depend on is read from them, and what the libraries offer is written down for other packages,
# where there are the programs for that (Debian: dpkg-dev, file). A package made without them says neither.
find_program(GLIA_DPKG_SHLIBDEPS dpkg-shlibdeps)
find_program(GLIA_FILE file)
mark_as_advanced(GLIA_DPKG_SHLIBDEPS GLIA_FILE)
if(GLIA_DPKG_SHLIBDEPS AND GLIA_FILE)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
endif()

# glia_debian(COMPONENT PACKAGE SECTION SUMMARY): the package of an install component, with the licence where Debian
# wants it.
macro(glia_debian component package section summary)
  string(TOUPPER ${component} upper)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${summary}")
  install(
    FILES LICENSE
    DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/${package}"
    RENAME copyright
    COMPONENT ${component} EXCLUDE_FROM_ALL)
endmacro()

set(CPACK_COMPONENTS_ALL "")
set(runtime libglia${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
glia_debian(glia_runtime ${runtime} libs "${PROJECT_DESCRIPTION}: shared libraries")
glia_debian(glia_development libglia-dev libdevel "${PROJECT_DESCRIPTION}: headers and static libraries")
set(CPACK_DEBIAN_GLIA_DEVELOPMENT_PACKAGE_DEPENDS "${runtime} (= ${PROJECT_VERSION})")
# What a program takes besides that has the static libglia-io in it.
set(package_zlib zlib1g-dev)
set(package_libcsv libcsv-dev)
set(package_jansson libjansson-dev)
set(suggested "")
foreach(name IN LISTS GLIA_IO_LIBRARIES)
  list(APPEND suggested ${package_${name}})
endforeach()
list(JOIN suggested ", " CPACK_DEBIAN_GLIA_DEVELOPMENT_PACKAGE_SUGGESTS)
if(TARGET glia_tool)
  glia_debian(glia_tool glia science "${PROJECT_DESCRIPTION}: the tool")
endif()
include(CPack)
