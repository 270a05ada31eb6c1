# SPDX-License-Identifier: MIT
# This machine's compiler, and a processor of 2008 that has no AVX: QEMU in user mode, where the portable kernels are
# the best there are.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(GLIA_TRIPLET x86_64-linux-gnu)
set(GLIA_EMULATOR "qemu-x86_64;-cpu;Nehalem")
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
