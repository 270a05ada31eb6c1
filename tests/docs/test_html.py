# SPDX-License-Identifier: MIT
"""Every link and picture of the pages that Doxygen has made is there.

    test_html.py FOLDER
"""
import html
import pathlib
import re
import sys
import urllib.parse

ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:")
LINK = re.compile(r"(?:href|src|data)=\"([^\"]+)\"")
# Doxygen's own: it links to a summary of macros that it does not write where a header has but undocumented ones.
KNOWN = {"export_8h.html#define-members"}


class Pages:
    """The pages of a folder, each read once."""

    def __init__(self, folder):
        self.folder = folder
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}

    def has(self, name, anchor):
        if name in self.texts and anchor:
            return re.search(rf"(?:id|name)=\"{re.escape(anchor)}\"", self.texts[name]) is not None
        return (self.folder / name).exists()

    def complaints(self):
        for page, text in self.texts.items():
            for link in sorted(set(map(html.unescape, LINK.findall(text)))):
                name, _, anchor = link.partition("#")
                name = urllib.parse.unquote(name) or page
                if not ELSEWHERE.match(link) and not self.has(name, anchor) and f"{name}#{anchor}" not in KNOWN:
                    yield f"{page}: {link} is not there"


def main():
    pages = Pages(pathlib.Path(sys.argv[1]))
    complaints = list(pages.complaints())
    if complaints or "index.html" not in pages.texts:
        sys.exit("\n".join(complaints) or f"no pages in {pages.folder}")
    print(f"{len(pages.texts)} pages lead where they say")


if __name__ == "__main__":
    main()
