# SPDX-License-Identifier: MIT
"""Runs glia, the limit programs and the peers by turns, pinned, and prints medians, ratios and whether bars are
reached. scripts/bench builds what it takes and calls it."""
import argparse
import json
import pathlib
import re
import sys
import tempfile

import machine
import plan
import report
import running
import tables


def parse_arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often all is run (5)")
    parser.add_argument("--only", default="", metavar="NAMES",
                        help="of these, separated by commas: " + ", ".join(plan.WORKLOADS))
    parser.add_argument("--slow", action="store_true", help="peers too that take minutes")
    parser.add_argument("--all", action="store_true", help="print the figures of every case")
    parser.add_argument("--json", metavar="FILE", help="write all of it")
    parser.add_argument("--report", metavar="FILE",
                        help="put the figures and pictures into a document, as docs/performance.md")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.only = list(filter(None, arguments.only.split(",")))
    for name in arguments.only:
        if name not in plan.WORKLOADS:
            parser.error(f"there is no workload {name}")
    if arguments.rounds < 1:
        parser.error("--rounds: 1 or more")
    return arguments


def version_of(header):
    parts = re.findall(r"#define GLIA_VERSION_(?:MAJOR|MINOR|PATCH)\s+(\d+)", header.read_text(encoding="utf-8"))
    return ".".join(parts)


def measure(arguments, build):
    library = build / "lib" / "libglia.so"
    with tempfile.TemporaryDirectory() as scratch:
        runner = running.Runner(build / "tests" / "bench", scratch)
        runs = [run for run in plan.all_runs(len(runner.processors))
                if (not arguments.only or run.workload in arguments.only) and (arguments.slow or not run.is_slow)]
        runner.run_rounds(runs, arguments.rounds)
        runner.measure_sizes(runs, library)
    measured = runner.measurements
    return {
        "version": version_of(running.HERE.parents[1] / "include" / "glia" / "version.h"),
        "machine": machine.describe(library, build / "CMakeCache.txt"),
        "rounds": arguments.rounds,
        "missing": [*runner.missing, plan.NOT_PACKAGED],
        "rows": tables.rows_of(measured, plan.ROWS_WITH_BARS),
        "extras": tables.rows_of(measured, plan.ROWS_WITHOUT_BARS),
        "measurements": measured.as_list(),
    }


def show(results, with_all):
    print("\n".join(f"Left out: {reason}" for reason in results["missing"]))
    print()
    print(tables.as_text(tables.BAR_HEADER, tables.bar_lines(results["rows"])))
    extras = tables.extra_lines(results["extras"])
    if extras:
        print("\n" + tables.as_text(tables.EXTRA_HEADER, extras))
    if with_all:
        measured = running.Measurements.from_list(results["measurements"])
        print("\n" + tables.as_text(("case", "threads", "unit", "medians"), tables.detail_lines(measured)))


def main():
    arguments = parse_arguments()
    results = measure(arguments, pathlib.Path(arguments.build))
    show(results, arguments.all)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    if arguments.report:
        report.write(results, arguments.report)


if __name__ == "__main__":
    sys.exit(main())
