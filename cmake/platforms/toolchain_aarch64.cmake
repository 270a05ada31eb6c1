# SPDX-License-Identifier: MIT
# 64-bit ARM, where the NEON kernels run: Debian's cross compiler, and QEMU in user mode.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(GLIA_TRIPLET aarch64-linux-gnu)
set(GLIA_EMULATOR qemu-aarch64)
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
