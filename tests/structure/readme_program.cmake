# SPDX-License-Identifier: MIT
# The C example of README.md compiles as it stands and runs.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

readme_block(program c "int main")
file(WRITE "${SCRATCH}/readme.c" "${program}\n")
run_program(ignored COMPILER "${C}" -std=c11 SOURCE "${SCRATCH}/readme.c" LIBRARIES -lglia -lm)
