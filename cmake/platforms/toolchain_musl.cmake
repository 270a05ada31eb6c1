# SPDX-License-Identifier: MIT
# This machine's processor with musl in the place of glibc.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR "${CMAKE_HOST_SYSTEM_PROCESSOR}")
set(GLIA_TRIPLET x86_64-linux-musl)
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
set(CMAKE_C_COMPILER musl-gcc)
