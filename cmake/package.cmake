# SPDX-License-Identifier: MIT
# What is installed beside the libraries: the package for find_package(glia), the files for pkg-config, and Debian
# packages (debian.cmake). Nothing in them is an absolute path, so that an installed tree may be moved.
#
# Install components: glia_runtime (shared libraries), glia_development (headers, static libraries, the files below),
# glia_tool.
include(CMakePackageConfigHelpers)

configure_package_config_file(
  cmake/package_config.cmake.in "${PROJECT_BINARY_DIR}/package/glia-config.cmake"
  INSTALL_DESTINATION "${GLIA_PACKAGE_FOLDER}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/glia-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/package/glia-config.cmake" "${PROJECT_BINARY_DIR}/package/glia-config-version.cmake"
        cmake/io_dependencies.cmake
  DESTINATION "${GLIA_PACKAGE_FOLDER}"
  COMPONENT glia_development)

# A folder that GNUInstallDirs names, as a .pc file writes it: below its own prefix, unless the name is absolute.
function(glia_pkg_config_folder out folder)
  if(IS_ABSOLUTE "${folder}")
    set(${out} "${folder}" PARENT_SCOPE)
  else()
    set(${out} "\${prefix}/${folder}" PARENT_SCOPE)
  endif()
endfunction()

# glia_pkg_config(NAME DESCRIPTION REQUIRES PRIVATE): NAME.pc for libNAME. The libraries behind the static kind are
# PRIVATE rather than required modules, since pkg-config asks for the latter even where the shared kind is linked.
function(glia_pkg_config name description requires private)
  set(destination "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
  if(IS_ABSOLUTE "${destination}")
    set(prefix "${CMAKE_INSTALL_PREFIX}")
  else()
    file(RELATIVE_PATH up "/${destination}" "/")
    string(REGEX REPLACE "/$" "" prefix "\${pcfiledir}/${up}")
  endif()
  glia_pkg_config_folder(libdir "${CMAKE_INSTALL_LIBDIR}")
  glia_pkg_config_folder(includedir "${CMAKE_INSTALL_INCLUDEDIR}")
  configure_file(cmake/pkg_config.pc.in "${PROJECT_BINARY_DIR}/package/${name}.pc" @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/package/${name}.pc" DESTINATION "${destination}" COMPONENT glia_development)
endfunction()

set(private -lm)
if(GLIA_POSIX_THREADS)
  string(APPEND private " -lpthread")
endif()
glia_pkg_config(glia "${PROJECT_DESCRIPTION}" "" "${private}")

set(link_zlib -lz)
set(link_libcsv -lcsv)
set(link_jansson -ljansson)
set(private "")
foreach(name IN LISTS GLIA_IO_LIBRARIES)
  string(APPEND private "${link_${name}} ")
endforeach()
glia_pkg_config(glia-io "Data sets for glia" glia "${private}-lm")

if(PROJECT_IS_TOP_LEVEL)
  include(cmake/debian.cmake)
endif()
