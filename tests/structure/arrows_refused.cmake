# SPDX-License-Identifier: MIT
# The test of the include arrows finds each kind of wrong include, and lets the right ones pass.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

# Run the test on a small tree where `file` includes `what`, and check that it answers with `expected`: PASSES, or what
# it must complain about.
function(expect expected file what)
  file(REMOVE_RECURSE "${SCRATCH}/tree")
  foreach(header IN ITEMS include/glia/glia.h lib/base/size.h lib/kernels/real.h lib/net/dense.h lib/train/loss.h
                          lib/model/format.h lib/api/handle.h lib/io/csv_rows.h src/subcommand.h tests/api/helper.h)
    file(WRITE "${SCRATCH}/tree/${header}" "/* empty */\n")
  endforeach()
  file(WRITE "${SCRATCH}/tree/${file}" "#include <stddef.h>\n#include ${what}\n")
  execute_process(
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${SCRATCH}/tree" -DGIT= -P "${ROOT}/tests/structure/arrows.cmake"
    RESULT_VARIABLE result
    ERROR_VARIABLE errors)
  if(expected STREQUAL "PASSES")
    if(NOT result EQUAL 0)
      complain("${file} may include ${what}, but: ${errors}")
    endif()
  elseif(result EQUAL 0 OR NOT errors MATCHES "${file}[^\n]*${expected}")
    complain("${file} must not include ${what}, which goes unnoticed")
  endif()
endfunction()

expect(PASSES lib/api/net.c "\"model/format.h\"")
expect(PASSES lib/train/sgd.c "\"base/size.h\"")
expect(PASSES lib/train/sgd.c "\"loss.h\"")
expect(PASSES lib/io/csv.c "<glia/glia.h>")
expect(PASSES lib/io/csv.c "\"csv_rows.h\"")
expect(PASSES tests/net/test_dense.c "\"net/dense.h\"")
expect(PASSES tests/api/test_states.c "\"api/helper.h\"")
expect(PASSES tests/api/test_states.c "\"kernels/real.h\"")

expect(lib/kernels/real.h lib/base/random.c "\"kernels/real.h\"")
expect(lib/net/dense.h lib/kernels/gemm.c "\"net/dense.h\"")
expect(lib/net/dense.h lib/kernels/portable/gemm.c "\"net/dense.h\"")
expect(lib/net/dense.h lib/kernels/gemm.c "\"../net/dense.h\"")
expect(lib/train/loss.h lib/net/dense.c "  \"train/loss.h\"")
expect(lib/model/format.h lib/train/fit.c "\"model/format.h\"")
expect(lib/api/handle.h lib/model/save.c "\"api/handle.h\"")
expect(lib/base/size.h lib/io/csv.c "\"base/size.h\"")
expect(lib/io/csv_rows.h lib/api/net.c "\"io/csv_rows.h\"")
expect(lib/base/size.h src/train.c "\"../lib/base/size.h\"")
expect(lib/base/size.h examples/moons.c "\"base/size.h\"")
expect(src/subcommand.h examples/moons.c "\"../src/subcommand.h\"")
expect(lib/net/dense.h tests/api/test_states.c "\"net/dense.h\"")
expect(lib/base/size.h include/glia/glia64.h "\"../../lib/base/size.h\"")
expect(glia/gone.h src/train.c "<glia/gone.h>")
report()
