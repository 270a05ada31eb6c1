# SPDX-License-Identifier: MIT
# IBM Z, which keeps the most significant byte first: Debian's cross compiler, and QEMU in user mode.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(GLIA_TRIPLET s390x-linux-gnu)
set(GLIA_EMULATOR qemu-s390x)
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
