# SPDX-License-Identifier: MIT
# This machine with clang in the place of its own compiler.
set(CMAKE_C_COMPILER clang)
