# SPDX-License-Identifier: MIT
# 32-bit x86: Debian's cross compiler; this machine's own processor runs the programs, with the libraries of that
# compiler, wherever the kernel of a 64-bit system takes 32-bit programs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR i686)
set(GLIA_TRIPLET i686-linux-gnu)
set(CMAKE_EXE_LINKER_FLAGS_INIT
    "-Wl,--dynamic-linker=/usr/${GLIA_TRIPLET}/lib/ld-linux.so.2 -Wl,-rpath,/usr/${GLIA_TRIPLET}/lib")
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
