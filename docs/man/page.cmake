# SPDX-License-Identifier: MIT
# cmake -DSCDOC=program -DINPUT=page.scd -DOUTPUT=page -DDATE=seconds -P page.cmake: a manual page of that date.
set(ENV{SOURCE_DATE_EPOCH} ${DATE})
execute_process(COMMAND "${SCDOC}" INPUT_FILE "${INPUT}" OUTPUT_FILE "${OUTPUT}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  file(REMOVE "${OUTPUT}")
  message(FATAL_ERROR "${INPUT}: scdoc refuses it")
endif()
