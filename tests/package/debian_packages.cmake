# SPDX-License-Identifier: MIT
# cpack makes three Debian packages of the build that the test tree_install made: each has the files of its purpose and
# asks for what these need, and a program outside the tree builds with what is in them.
include("${CMAKE_CURRENT_LIST_DIR}/outside.cmake")

# read_package(OUT NAME): its files, a list of paths that begin with ./usr; its control fields in OUT_fields. It has a
# licence, and is unpacked into SCRATCH/root.
function(read_package out name)
  file(GLOB package "${SCRATCH}/${name}_*.deb")
  list(LENGTH package count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "cpack makes ${count} packages ${name}")
  endif()
  run(files "${DPKG_DEB}" --contents "${package}")
  string(REGEX REPLACE "(^|\n)d[^\n]*" "" files "${files}")
  string(REGEX MATCHALL "\\./usr/[^\n ]+" files "${files}")
  run(fields "${DPKG_DEB}" --field "${package}")
  run(ignored "${DPKG_DEB}" --extract "${package}" "${SCRATCH}/root")
  if(NOT EXISTS "${SCRATCH}/root/usr/share/doc/${name}/copyright")
    complain("${name} has no licence")
  endif()
  set(${out} "${files}" PARENT_SCOPE)
  set(${out}_fields "${fields}" PARENT_SCOPE)
endfunction()

# expect_files(NAME files PATTERN...): each pattern is found, and no file is of none of them.
function(expect_files name files)
  foreach(pattern IN LISTS ARGN)
    set(found "${files}")
    list(FILTER found INCLUDE REGEX "^\\./usr/${pattern}$")
    if(NOT found)
      complain("${name} has no ${pattern}")
    endif()
    list(REMOVE_ITEM files ${found})
  endforeach()
  if(files)
    complain("${name} has ${files}")
  endif()
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
run(ignored "${CMAKE_COMMAND}" -E chdir "${BUILD}" "${CPACK}" -B "${SCRATCH}")

set(runtime libglia${SOVERSION})
read_package(files ${runtime})
expect_files(${runtime} "${files}" "lib.*/libglia\\.so\\.[0-9.]+" "lib.*/libglia-io\\.so\\.[0-9.]+" "share/.*")
if(NOT files_fields MATCHES "Depends: [^\n]*libc6")
  complain("${runtime} does not ask for libc6: ${files_fields}")
endif()
read_package(files libglia-dev)
expect_files(
  libglia-dev "${files}" "include/glia/[a-z0-9]+\\.h" "lib.*/libglia(-io)?\\.a" "lib.*/libglia(-io)?\\.so.*"
  "lib.*/cmake/glia/[a-z_-]+\\.cmake" "lib.*/pkgconfig/glia(-io)?\\.pc" "share/.*")
if(NOT files_fields MATCHES "Depends: [^\n]*${runtime} \\(= [0-9.]+\\)")
  complain("libglia-dev does not ask for ${runtime}: ${files_fields}")
endif()
if(HAVE_TOOL)
  read_package(files glia)
  expect_files(glia "${files}" "bin/glia" "share/.*")
  run(ignored "${SCRATCH}/root/usr/bin/glia" --version)
endif()

set(PREFIX "${SCRATCH}/root/usr")
run_program(output COMPILER "${C}" -std=c11 SOURCE "${ROOT}/tests/package/outsider.c" LIBRARIES -lglia -lm)
check_output(program "${output}")
report()
