# SPDX-License-Identifier: MIT
# 64-bit RISC-V: Debian's cross compiler, and QEMU in user mode.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR riscv64)
set(GLIA_TRIPLET riscv64-linux-gnu)
set(GLIA_EMULATOR qemu-riscv64)
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
