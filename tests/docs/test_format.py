# SPDX-License-Identifier: MIT
"""C and C++ in pages is formatted as .clang-format says, as all our code is.

    test_format.py CLANG_FORMAT ROOT PAGE...
"""
import difflib
import os
import subprocess
import sys

from markdown import Page


def format_of(block, clang_format, root):
    """The block as clang-format writes it; its style is that of the root."""
    command = [clang_format, "--assume-filename", os.path.join(root, f"page.{block.language}")]
    return subprocess.run(command, input=block.text, check=True, capture_output=True, text=True).stdout


def main():
    clang_format, root, *pages = sys.argv[1:]
    count, wrong = 0, []
    for name in pages:
        for block in Page(os.path.join(root, name)).blocks:
            if block.language in ("c", "cpp"):
                formatted = format_of(block, clang_format, root)
                place = f"{name}:{block.line}"
                wrong += difflib.unified_diff(block.lines, formatted.splitlines(), place, "formatted", lineterm="")
                count += 1
    if wrong or count == 0:
        sys.exit("\n".join(wrong) or "there is no C in these pages")
    print(f"{count} blocks are formatted")


if __name__ == "__main__":
    main()
