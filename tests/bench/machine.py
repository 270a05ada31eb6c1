# SPDX-License-Identifier: MIT
"""What the figures were measured on: processor, memory, system, compiler, versions."""
import contextlib
import ctypes
import os
import pathlib
import re
import subprocess

import plan

CPU = pathlib.Path("/sys/devices/system/cpu/cpu0")


def first_match(path, pattern):
    with contextlib.suppress(OSError):
        found = re.search(pattern, pathlib.Path(path).read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
        if found:
            return found[1].strip()
    return "unknown"


def caches():
    """As "L1 48K, L2 1024K, L3 32768K", without those for instructions."""
    texts = []
    for index in sorted(CPU.glob("cache/index*")):
        with contextlib.suppress(OSError):
            level, kind, size = ((index / name).read_text().strip() for name in ("level", "type", "size"))
            if kind != "Instruction":
                texts.append(f"L{level} {size}")
    return ", ".join(texts) or "unknown"


def first_line(*command):
    with contextlib.suppress(OSError):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout:
            return done.stdout.splitlines()[0].strip()
    return "unknown"


def package_versions():
    """Of the peers' packages that are installed."""
    versions = {}
    for packages in plan.PACKAGES.values():
        for package in packages.split():
            version = first_line("dpkg-query", "--show", "--showformat=${Version}", package)
            if version != "unknown" and package != "g++":
                versions[package] = version
    return dict(sorted(versions.items()))


def kernel_set(library):
    """The one that glia chooses here."""
    glia = ctypes.CDLL(str(library))
    glia.glia_cpu.restype = ctypes.c_char_p
    net = ctypes.c_void_p()
    if glia.glia_net_create(ctypes.byref(net), b"input 1, dense 1", ctypes.c_uint64(1)) != 0:
        return "unknown"
    name = glia.glia_cpu(net).decode()
    glia.glia_net_destroy(net)
    return name


def describe(library, cache):
    """`cache`: CMakeCache.txt of the build."""
    return {
        "processor": first_match("/proc/cpuinfo", r"^(?:model name|CPU part)\s*:(.*)$"),
        "processors": len(os.sched_getaffinity(0)),
        "caches": caches(),
        "memory": first_match("/proc/meminfo", r"^MemTotal:(.*)$"),
        "system": first_match("/etc/os-release", r'^PRETTY_NAME="(.*)"$'),
        "kernel": os.uname().release,
        "compiler": first_line(first_match(cache, r"^CMAKE_C_COMPILER:\w+=(.*)$"), "--version"),
        "kernels": kernel_set(library),
        "packages": package_versions(),
    }
