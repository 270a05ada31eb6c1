# SPDX-License-Identifier: MIT
# The kernels and how they are compiled. A set for more instructions is a file, its flags here, and a line in select.c.
set(GLIA_KERNEL_SOURCES kernels/select.c kernels/portable/kernels_portable.c)

set(CMAKE_REQUIRED_QUIET ON)
check_c_source_compiles("#ifndef __x86_64__\n#error\n#endif\nint main(void) { return 0; }" GLIA_IS_X86_64)
check_c_source_compiles("#ifndef __aarch64__\n#error\n#endif\nint main(void) { return 0; }" GLIA_IS_AARCH64)
check_c_compiler_flag(-fvect-cost-model=dynamic GLIA_HAVE_COST_MODEL)
set(lean_loops -fno-tree-vectorize -fno-ipa-cp-clone -fno-version-loops-for-strides -fno-align-jumps
               -fno-align-functions)
list(JOIN lean_loops " " lean_loops_text)
check_c_compiler_flag("-Werror ${lean_loops_text}" GLIA_HAVE_LEAN_LOOPS)
unset(CMAKE_REQUIRED_QUIET)

# The portable ones are loops over numbers, of which the compiler makes vectors.
set(flags $<$<CONFIG:Release>:-O2> -ftree-vectorize)
if(GLIA_HAVE_COST_MODEL)
  list(APPEND flags -fvect-cost-model=dynamic)
endif()
set_property(SOURCE kernels/portable/kernels_portable.c APPEND PROPERTY COMPILE_OPTIONS ${flags})

# Those for instruction sets have their flags alone, and select.c asks the processor. Their loops run in vectors and are
# cut to measure; more versions of them make the library a fifth larger and nothing faster.
if(GLIA_HAVE_LEAN_LOOPS)
  set(GLIA_VECTOR_FLAGS ${lean_loops})
endif()
if(GLIA_IS_X86_64)
  list(APPEND GLIA_KERNEL_SOURCES kernels/x86/kernels_avx2.c kernels/x86/kernels_avx512.c)
  set(GLIA_AVX2_FLAGS -mavx2 -mfma)
  set(GLIA_AVX512_FLAGS -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma -mprefer-vector-width=512)
  # gcc cannot align the stack of a Windows program for these registers, and moves them as if it were.
  if(MINGW AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    list(APPEND GLIA_AVX2_FLAGS -Wa,-muse-unaligned-vector-move)
    list(APPEND GLIA_AVX512_FLAGS -Wa,-muse-unaligned-vector-move)
  endif()
  set(GLIA_AVX2_FLAGS ${GLIA_AVX2_FLAGS} PARENT_SCOPE)
  set(GLIA_AVX512_FLAGS ${GLIA_AVX512_FLAGS} PARENT_SCOPE)
  set_source_files_properties(kernels/x86/kernels_avx2.c PROPERTIES COMPILE_OPTIONS
                                                                 "${GLIA_AVX2_FLAGS};${GLIA_VECTOR_FLAGS}")
  set_source_files_properties(kernels/x86/kernels_avx512.c PROPERTIES COMPILE_OPTIONS
                                                                   "${GLIA_AVX512_FLAGS};${GLIA_VECTOR_FLAGS}")
  set_source_files_properties(kernels/select.c PROPERTIES COMPILE_DEFINITIONS GLIA_KERNELS_X86)
elseif(GLIA_IS_AARCH64)
  list(APPEND GLIA_KERNEL_SOURCES kernels/arm/kernels_neon.c)
  set_source_files_properties(kernels/arm/kernels_neon.c PROPERTIES COMPILE_OPTIONS "${GLIA_VECTOR_FLAGS}")
  set_source_files_properties(kernels/select.c PROPERTIES COMPILE_DEFINITIONS GLIA_KERNELS_NEON)
endif()
