# SPDX-License-Identifier: MIT
"""Counts the instructions of hot calls under callgrind and compares them with the bounds in instructions.txt: a guard
against growing slower that does not depend on the machine's load.

    instructions.py check|print|update PROGRAM      PROGRAM is instructions.c, built

`update` writes new bounds: what was counted and some slack, since compilers differ. Exit status 77: nothing to count
here, since this valgrind or processor does not have the kernel set that the bounds are for."""
import pathlib
import re
import subprocess
import sys
import tempfile

KERNELS = "avx2"
BOUNDS = pathlib.Path(__file__).resolve().with_name("instructions.txt")
SLACK = 1.25
SKIPPED = 77


def read_bounds():
    lines = BOUNDS.read_text(encoding="ascii").splitlines()
    return {name: int(bound) for name, bound in (line.split() for line in lines if line and not line.startswith("#"))}


def write_bounds(counts):
    header = [line for line in BOUNDS.read_text(encoding="ascii").splitlines() if line.startswith("#")]
    lines = [f"{name} {int(count * SLACK)}" for name, count in counts.items()]
    BOUNDS.write_text("\n".join(header + lines) + "\n", encoding="ascii")


def run(program, profile):
    """Run the program; exits where it does not use the kernel set."""
    done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", program, KERNELS],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(done.stderr)
        sys.exit(f"instructions.py: {program} failed")
    if done.stdout.strip() != KERNELS:
        print(f"Skipped: the kernel set here is {done.stdout.strip()}, not {KERNELS}")
        sys.exit(SKIPPED)


def read_counts(profile):
    """Instructions of a call of each function count_X, with all that it calls. In the profile, a call is a line
    `cfn=(number) name` (the name only the first time), a line `calls=COUNT ...` and a line that ends with its cost."""
    names, calls, cost = {}, {}, {}
    callee = count = None
    for line in profile.read_text(encoding="ascii", errors="replace").splitlines():
        found = re.match(r"(c?fn)=\((\d+)\)(?: (.*))?", line)
        if found:
            if found[3]:
                names[found[2]] = found[3]
            if found[1] == "cfn":
                callee = names[found[2]]
        elif line.startswith("calls="):
            count = int(line[6:].split()[0])
        elif count is not None:
            if callee.startswith("count_"):
                calls[callee] = calls.get(callee, 0) + count
                cost[callee] = cost.get(callee, 0) + int(line.split()[-1])
            count = None
    return {name[6:]: cost[name] // calls[name] for name in sorted(cost)}


def compare(counts):
    """The exit status."""
    bounds, too_many = read_bounds(), False
    for name, count in counts.items():
        bound = bounds.get(name)
        verdict = "has no bound" if bound is None else "too many" if count > bound else "fine"
        too_many = too_many or verdict != "fine"
        print(f"{name}: {count} instructions, at most {bound}: {verdict}")
    missing = sorted(set(bounds) - set(counts))
    for name in missing:
        print(f"{name}: not counted")
    return 1 if too_many or missing else 0


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("check", "print", "update"):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        profile = pathlib.Path(scratch) / "profile"
        run(sys.argv[2], profile)
        counts = read_counts(profile)
    if sys.argv[1] == "check":
        sys.exit(compare(counts))
    for name, count in counts.items():
        print(f"{name} {count}")
    if sys.argv[1] == "update":
        write_bounds(counts)


main()
