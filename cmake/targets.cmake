# SPDX-License-Identifier: MIT
# How everything of ours is compiled, and how a library is made in both kinds.

include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
set(CMAKE_REQUIRED_QUIET ON)
check_c_source_compiles("#ifndef __i386__\n#error\n#endif\nint main(void) { return 0; }" GLIA_IS_X86_32)
# Where strict C computes floats in a wider type, as gcc does on IBM Z, results would be rounded twice.
set(CMAKE_REQUIRED_FLAGS -std=c11)
check_c_source_compiles(
  "#if __FLT_EVAL_METHOD__ == 0 || defined __i386__\n#error\n#endif\nint main(void) { return 0; }"
  GLIA_HAS_EXCESS_PRECISION)
unset(CMAKE_REQUIRED_FLAGS)
unset(CMAKE_REQUIRED_QUIET)

# The package that find_package(glia) reads.
set(GLIA_PACKAGE_FOLDER "${CMAKE_INSTALL_LIBDIR}/cmake/glia")

# Files of ours are optimised one by one, in every configuration.
function(glia_optimise_alone target)
  set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION OFF)
  foreach(config IN ITEMS ${CMAKE_CONFIGURATION_TYPES} ${CMAKE_BUILD_TYPE})
    string(TOUPPER ${config} config)
    set_target_properties(${target} PROPERTIES INTERPROCEDURAL_OPTIMIZATION_${config} OFF)
  endforeach()
endfunction()

# What a target of ours is compiled with, whatever the project around it or CMAKE_C_FLAGS say. Files are compiled one by
# one: they have static names in common.
function(glia_target target)
  set_target_properties(
    ${target}
    PROPERTIES C_STANDARD 11
               C_STANDARD_REQUIRED ON
               C_EXTENSIONS OFF
               C_VISIBILITY_PRESET hidden
               POSITION_INDEPENDENT_CODE ON
               UNITY_BUILD OFF
               LINK_LIBRARIES_ONLY_TARGETS OFF)
  glia_optimise_alone(${target})
  # POSIX where the system has it, files of more than 2 GiB, and on Windows a printf that knows C99.
  target_compile_definitions(${target} PRIVATE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64
                                               $<$<BOOL:${MINGW}>:__USE_MINGW_ANSI_STDIO=1>)
  # The same bits on every machine: IEEE arithmetic, no fused multiply-add but by name, and no 80-bit registers. Nobody
  # reads errno or exception flags of ours, and without them loops with square roots and selections become vectors.
  # What GNU alone has goes by the names of POSIX, but otherwise: a project's _GNU_SOURCE is not for these files.
  target_compile_options(${target} PRIVATE -U_GNU_SOURCE -fno-fast-math -ffp-contract=off -fno-math-errno
                                           -fno-trapping-math
                                           "$<$<BOOL:${GLIA_IS_X86_32}>:-msse2;-mfpmath=sse>"
                                           $<$<BOOL:${GLIA_HAS_EXCESS_PRECISION}>:-fexcess-precision=fast>
                                           ${GLIA_OPTIMISE})
endfunction()

# glia_objects(TARGET SOURCES...): sources of a library, compiled once for both its kinds. GLIA_LIBRARY_WARNINGS, which
# a preset may set, are for them alone.
function(glia_objects target)
  add_library(${target} OBJECT ${ARGN})
  glia_target(${target})
  target_compile_options(${target} PRIVATE ${GLIA_LIBRARY_WARNINGS})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/lib")
  # For both kinds: a program that has the static library inside then exports the calls too, which does no harm.
  if(WIN32)
    target_compile_definitions(${target} PRIVATE GLIA_BUILDING_SHARED)
  endif()
endfunction()

# glia_library(TARGET OUTPUT_NAME OBJECTS...): the targets TARGET_static and TARGET_shared of these object libraries, to
# be called glia::X_static, glia::X_shared and, for the shared one, glia::X, as the installed package calls them.
function(glia_library target output_name)
  string(REPLACE glia_ "" name ${target})
  foreach(kind IN ITEMS static shared)
    string(TOUPPER ${kind} type)
    add_library(${target}_${kind} ${type})
    add_library(glia::${name}_${kind} ALIAS ${target}_${kind})
    foreach(objects IN LISTS ARGN)
      target_sources(${target}_${kind} PRIVATE $<TARGET_OBJECTS:${objects}>)
    endforeach()
    target_include_directories(
      ${target}_${kind} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                               "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
    set_target_properties(
      ${target}_${kind}
      PROPERTIES OUTPUT_NAME ${output_name}
                 EXPORT_NAME ${name}_${kind}
                 LINKER_LANGUAGE C
                 LINK_LIBRARIES_ONLY_TARGETS OFF
                 ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib"
                 LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib"
                 RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
    glia_optimise_alone(${target}_${kind})
    if(GLIA_INSTALL)
      glia_install_library(${target}_${kind} ${output_name}-${kind})
    endif()
  endforeach()
  add_library(glia::${name} ALIAS ${target}_shared)
  # Before 1.0 every minor version may break the interface.
  set_target_properties(
    ${target}_shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
endfunction()

# glia_install_library(TARGET EXPORT): the library, and EXPORT.cmake that describes it to find_package(glia).
function(glia_install_library target export)
  install(
    TARGETS ${target}
    EXPORT ${export}
    RUNTIME COMPONENT glia_runtime
    LIBRARY COMPONENT glia_runtime NAMELINK_COMPONENT glia_development
    ARCHIVE COMPONENT glia_development)
  install(EXPORT ${export} NAMESPACE glia:: DESTINATION "${GLIA_PACKAGE_FOLDER}" COMPONENT glia_development)
endfunction()

# glia_program(TARGET SOURCES... LIBRARIES...): a program of ours.
function(glia_program target)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "" "SOURCES;LIBRARIES")
  add_executable(${target} ${program_SOURCES})
  glia_target(${target})
  target_link_libraries(${target} PRIVATE ${program_LIBRARIES})
endfunction()

# glia_double(TARGET): compile the target for double, with the names of the double library in front of its sources.
function(glia_double target)
  add_dependencies(${target} glia_rename64)
  target_compile_definitions(${target} PRIVATE GLIA_REAL_IS_DOUBLE)
  target_compile_options(${target} PRIVATE "SHELL:-include \"${GLIA_RENAME64}\"")
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/include")
endfunction()
