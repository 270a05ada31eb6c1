# SPDX-License-Identifier: MIT
"""The Markdown that our pages use: fenced blocks, links and headings, each with its line."""
import pathlib
import re
import subprocess

FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,})(?P<language>[\w+]*)(?P<rest>.*)$")
NOT_RUN = re.compile(r"^\s*<!-- not run: (?P<reason>.+) -->\s*$")
LINK = re.compile(r"!?\[[^\[\]]*\]\((?P<target>[^)\s]+)[^)]*\)")
DEFINED_LINK = re.compile(r"^\s*\[[^\]]+\]:\s*(?P<target>\S+)")
HTML_LINK = re.compile(r"\b(?:href|src)=\"(?P<target>[^\"]+)\"")
HEADING = re.compile(r"^#{1,6}\s+(?P<title>.+?)\s*$")
LIST_ITEM = re.compile(r"([-*+]|\d+\.)\s")
CODE = re.compile(r"(`+).*?\1")


class Refused(Exception):
    """A page has something that no test would look at."""


class Block:
    """A fenced block: what it is written in, its text, the line of its first line, and why it is not run, if so."""

    def __init__(self, language, line, not_run):
        self.language = language
        self.line = line
        self.not_run = not_run
        self.lines = []

    @property
    def text(self):
        return "".join(line + "\n" for line in self.lines)


class Page:
    """A page, cut into its blocks and the lines around them."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.blocks = []
        self.prose = []  # (line number, text)
        self._read(self.path.read_text(encoding="utf-8").splitlines())

    def _refuse(self, line, why):
        raise Refused(f"{self.path}:{line}: {why}")

    def _read(self, lines):
        block, fence, reason = None, None, None
        for number, line in enumerate(lines, 1):
            if block is not None:
                if line.strip() == fence["marks"]:
                    block = None
                else:
                    block.lines.append(self._outdented(line, len(fence["indent"]), number))
                continue
            fence = FENCE.match(line)
            if fence is None:
                if reason is not None:
                    self._refuse(number, "the comment above says that a block is not run, and here is none")
                reason = self._reason(line)
                self.prose.append((number, line))
                continue
            if fence["rest"]:
                self._refuse(number, f"what is {fence['rest']!r} behind a fence?")
            block = Block(fence["language"], number + 1, reason)
            reason = None
            self.blocks.append(block)
        if block is not None:
            self._refuse(block.line - 1, "a fence that is not closed")

    def _outdented(self, line, indent, number):
        if line[:indent].strip():
            self._refuse(number, "a line left of its fence")
        return line[indent:]

    @staticmethod
    def _reason(line):
        match = NOT_RUN.match(line)
        return match["reason"] if match else None

    def indented_code(self):
        """The line numbers where text begins that Markdown shows as code although no fence is around it."""
        after_blank, in_list = True, False
        for number, line in self.prose:
            if not line.strip():
                after_blank = True
                continue
            if not line.startswith(" "):
                in_list = LIST_ITEM.match(line) is not None
            elif line.startswith("    ") and after_blank and not in_list:
                yield number
            after_blank = False

    def links(self):
        """Where the page leads: (line number, target). The text of a link stands on one line: Doxygen needs that."""
        for number, line in self.prose:
            plain = CODE.sub("", line)
            if plain.count("](") != len(LINK.findall(plain)):
                self._refuse(number, "a link that does not begin and end on this line")
            for pattern in (LINK, DEFINED_LINK, HTML_LINK):
                for match in pattern.finditer(plain):
                    yield number, match["target"]

    def anchors(self):
        """The names of its headings, as the pages that show Markdown make them."""
        names = set()
        for _, line in self.prose:
            match = HEADING.match(line)
            if match:
                title = re.sub(r"\{#[\w-]+\}$|`", "", match["title"]).strip().lower()
                name = re.sub(r"[^\w\- ]", "", title).replace(" ", "-")
                count = sum(1 for known in names if known == name or re.fullmatch(re.escape(name) + r"-\d+", known))
                names.add(f"{name}-{count}" if count else name)
        return names


def pages(root):
    """Every page of the tree: what git has or would have, else what lies outside the folders of builds."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"]
    try:
        names = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        found = (path.relative_to(root) for path in pathlib.Path(root).rglob("*.md"))
        names = [str(path) for path in found if path.parts[0] not in ("build", "out")]
    return sorted(name for name in names if (pathlib.Path(root) / name).exists())
