# SPDX-License-Identifier: MIT
"""Puts the figures of a run into a document: what lies between `<!-- bench: NAME -->` and `<!-- end -->`, and pictures
beside it.

    report.py RESULTS.json docs/performance.md
"""
import json
import pathlib
import re
import sys

import pictures
import tables
from running import Measurements


def machine_block(results):
    machine = results["machine"]
    lines = [
        f"- Processor: {machine['processor']}, {machine['processors']} cores in use, caches {machine['caches']}",
        f"- Memory: {machine['memory']}",
        f"- {machine['system']}, Linux {machine['kernel']}, {machine['compiler']}",
        f"- glia {results['version']}, kernel set `{machine['kernels']}`",
        f"- Rounds: {results['rounds']}",
        "- Peers from Debian: " + ", ".join(f"{name} {version}" for name, version in machine["packages"].items()),
    ]
    return "\n".join(lines + [f"- {reason}" for reason in results["missing"]])


def blocks(results):
    measurements = Measurements.from_list(results["measurements"])
    ahead = tables.ahead_lines(results["rows"])
    return {
        "machine": machine_block(results),
        "bars": tables.as_markdown(tables.BAR_HEADER, tables.bar_lines(results["rows"])),
        "extras": tables.as_markdown(tables.EXTRA_HEADER, tables.extra_lines(results["extras"])),
        "ahead": (tables.as_markdown(("workload", "case", "threads", "peer", "its figure", "glia's", "times"), ahead)
                  if ahead else "Nowhere, in this run."),
        "all": tables.as_markdown(("case", "threads", "unit", "medians"), tables.detail_lines(measurements)),
    }


def fill(text, texts):
    """The text with each block replaced."""
    def replace(match):
        if match[1] not in texts:
            raise SystemExit(f"report.py: there is no block {match[1]}")
        return f"<!-- bench: {match[1]} -->\n{texts[match[1]]}\n<!-- end -->"
    return re.sub(r"<!-- bench: (\w+) -->\n.*?<!-- end -->", replace, text, flags=re.DOTALL)


def picture_lines(folder):
    """Links to the pictures that are in the folder, now or from a run before."""
    there = [f"![{text}]({name})" for name, text in pictures.TEXTS.items() if (folder / name).exists()]
    return "\n\n".join(there) or "Not measured yet."


def write(results, document):
    document = pathlib.Path(document)
    if not pictures.draw_all(Measurements.from_list(results["measurements"]), document.parent):
        print("No pictures: they take the workload growth, and gnuplot (Debian: gnuplot-nox).", file=sys.stderr)
    texts = {**blocks(results), "pictures": picture_lines(document.parent)}
    document.write_text(fill(document.read_text(encoding="utf-8"), texts), encoding="utf-8")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2])


if __name__ == "__main__":
    main()
