# SPDX-License-Identifier: MIT
"""Every relative link of every page of the tree leads to a file that is there, and to a heading of it if it names one.

    test_links.py ROOT [--from PAGE] [--tested PAGE...]

With --from, every page below docs/ can be reached by links from PAGE, too. With --tested, these are the pages that show
code, and no others.
"""
import argparse
import os
import pathlib
import re
import sys

from markdown import Page, Refused, pages

ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:")


class Links:
    """The links between the pages below a root."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.pages = {name: Page(self.root / name) for name in pages(self.root)}
        self.complaints = []
        self.leads = {name: set() for name in self.pages}

    def follow(self):
        for name, page in self.pages.items():
            for line, target in page.links():
                if not ELSEWHERE.match(target):
                    self._follow_one(name, line, target)

    def _follow_one(self, name, line, target):
        path, _, anchor = target.partition("#")
        to = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
        if to.startswith(("..", "/")):
            self.complaints.append(f"{name}:{line}: {target} leads out of the tree")
        elif not (self.root / to).exists():
            self.complaints.append(f"{name}:{line}: {target} is not there")
        else:
            self.leads[name].add(to)
            if anchor and (to not in self.pages or anchor not in self.pages[to].anchors()):
                self.complaints.append(f"{name}:{line}: {target}: no such heading")

    def reach(self, start):
        """Complain about pages below docs/ that nobody finds who begins at `start`."""
        seen, waiting = set(), [start]
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.leads:
                seen.add(name)
                waiting += self.leads[name]
        for name in sorted(set(self.pages) - seen):
            if name.startswith("docs/"):
                self.complaints.append(f"{name} cannot be reached from {start}")


    def compare_tested(self, tested):
        """Complain about pages that show code and are not among `tested`, and about those that are for no reason."""
        for name, page in self.pages.items():
            shows_code = bool(page.blocks) or any(page.indented_code())
            if shows_code != (name in tested):
                self.complaints.append(f"{name}: tests/docs/CMakeLists.txt {'lacks it' if shows_code else 'has it'}")
        for name in sorted(set(tested) - set(self.pages)):
            self.complaints.append(f"{name}: there is no such page to test")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("--from", dest="start")
    parser.add_argument("--tested", nargs="*")
    arguments = parser.parse_args()
    try:
        links = Links(arguments.root)
        links.follow()
    except Refused as refusal:
        sys.exit(str(refusal))
    if not links.pages:
        sys.exit(f"no pages in {arguments.root}")
    if arguments.start:
        links.reach(arguments.start)
    if arguments.tested:
        links.compare_tested(arguments.tested)
    if links.complaints:
        sys.exit("\n".join(links.complaints))
    print(f"{sum(map(len, links.leads.values()))} links in {len(links.pages)} pages lead where they say")


if __name__ == "__main__":
    main()
