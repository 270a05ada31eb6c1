# SPDX-License-Identifier: MIT
# libglia prints nothing, ends nothing, draws from no global generator, asks no environment or locale, and keeps no
# writable globals but those of a thread.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

set(forbidden
    abort _exit _Exit exit quick_exit atexit __assert_fail # ends the program
    printf vprintf fprintf vfprintf dprintf vdprintf sprintf vsprintf puts putchar putc perror # prints, or without end
    __printf_chk __vprintf_chk __fprintf_chk __vfprintf_chk __sprintf_chk __vsprintf_chk stdin stdout stderr
    fputs fputc fwrite fopen fdopen syslog system popen
    rand srand rand_r random srandom drand48 lrand48 mrand48 srand48 # state of the process
    getenv secure_getenv setenv putenv setlocale newlocale uselocale localeconv
    signal sigaction raise kill
    strtod strtof strtold atof scanf sscanf fscanf) # follow the locale

installed_library_folder(folder)
run(output "${NM}" --undefined-only --format=posix "${folder}/libglia.a")
foreach(name IN LISTS forbidden)
  if(output MATCHES "(^|\n)(__isoc99_|__isoc23_)?${name} U")
    complain("libglia calls ${name}")
  endif()
endforeach()

# name|value|class|type|size|line|section of every symbol; TLS is the type of what each thread has its own of.
run(output "${NM}" --format=sysv "${folder}/libglia.a")
string(REGEX MATCHALL "[^\n]*\\|(\\.data|\\.bss|COMMON|\\*COM\\*)[^\n]*" writable "${output}")
foreach(line IN LISTS writable)
  if(NOT line MATCHES "\\|\\.data\\.rel\\.ro" AND line MATCHES "\\|[ ]*OBJECT\\|")
    string(REGEX REPLACE "[ |].*" "" name "${line}")
    complain("libglia keeps the writable global ${name}")
  endif()
endforeach()
report()
