# SPDX-License-Identifier: MIT
# Another system, for which Debian has a compiler: included by the toolchain files beside this one, which say
#   GLIA_TRIPLET        the compiler's prefix, and its folder below /usr
#   GLIA_EMULATOR       what runs the programs; nothing: this machine does
# What is installed on this machine, for this machine, is not looked at. CMocka comes from GLIA_CMOCKA, a folder that
# scripts/platforms fills.
set(CMAKE_C_COMPILER "${GLIA_TRIPLET}-gcc")
set(CMAKE_FIND_ROOT_PATH "/usr/${GLIA_TRIPLET}" "${GLIA_CMOCKA}")
foreach(kind IN ITEMS LIBRARY INCLUDE PACKAGE)
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(ENV{PKG_CONFIG_LIBDIR} "${GLIA_CMOCKA}/lib/pkgconfig")
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES GLIA_CMOCKA)

if(GLIA_EMULATOR)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${GLIA_EMULATOR};-L;/usr/${GLIA_TRIPLET}")
endif()
