# SPDX-License-Identifier: MIT
# Windows: mingw-w64 with Windows' own threads, and Wine. The programs bring along what is not part of Windows.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(GLIA_TRIPLET x86_64-w64-mingw32)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_SHARED_LINKER_FLAGS_INIT -static)
include("${CMAKE_CURRENT_LIST_DIR}/debian_cross.cmake")
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-win32)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
find_program(GLIA_WINE wine64 HINTS /usr/lib/wine)
mark_as_advanced(GLIA_WINE)
set(CMAKE_CROSSCOMPILING_EMULATOR "${GLIA_WINE}")
