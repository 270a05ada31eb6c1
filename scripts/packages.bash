# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# For the scripts beside it: installs what is missing with apt-get on Debian and Ubuntu; elsewhere says what to install.

# What it takes to build everything; a script adds what it runs.
readonly build_packages=(gcc libc6-dev cmake make pkg-config zlib1g-dev libcsv-dev libjansson-dev libpopt-dev)

# The packages named that are not installed, one a line.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            echo "$package"
    done
}

# The packages of those named that are missed here: PACKAGE, or PACKAGE:COMMAND where the command may have come from
# elsewhere.
wanted_packages() {
    local wanted
    for wanted in "$@"; do
        if [[ $wanted == *:* ]] && command -v "${wanted#*:}" >/dev/null; then
            continue
        fi
        missing_packages "${wanted%%:*}"
    done
}

# Run a command as root.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "This needs root, and sudo is not here: run as root: $*" >&2
        return 1
    fi
}

# Where there is no apt-get: whether the commands that building cannot do without are there.
explain_packages() {
    echo "This is no Debian or Ubuntu: nothing is installed. What glia's scripts use has these names there:" >&2
    echo "  $*" >&2
    local command
    for command in cc cmake make pkg-config; do
        if ! command -v "$command" >/dev/null; then
            echo "Install at least $command, then run this again." >&2
            return 1
        fi
    done
}

# need_packages NAME...: see to it that they are installed.
need_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        explain_packages "$@"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    if [ "${#missing[@]}" -eq 0 ]; then
        return
    fi
    echo "Installing ${missing[*]}"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# want_packages NAME[:COMMAND]...: what a script can do without, and then does less: installed where the system has it.
want_packages() {
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        return
    fi
    local missing package
    mapfile -t missing < <(wanted_packages "$@")
    for package in "${missing[@]}"; do
        need_packages "$package" || echo "There is no package $package here: what wants it is skipped."
    done
}
