# SPDX-License-Identifier: MIT
# The tool session of README.md, its first block of shell that calls glia, runs as it stands.
include("${CMAKE_CURRENT_LIST_DIR}/tree.cmake")

readme_block(session sh "(^|\n)glia ")
file(REMOVE_RECURSE "${SCRATCH}")
file(WRITE "${SCRATCH}/session.sh" "${session}\n")
run(ignored "${CMAKE_COMMAND}" -E chdir "${SCRATCH}" "${CMAKE_COMMAND}" -E env "PATH=${PREFIX}/bin:$ENV{PATH}" sh -eu
    session.sh)
