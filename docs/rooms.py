#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Draw the rooms of the source and the arrows between them, as the includes really are:

    docs/rooms.py > docs/images/rooms.svg

A room is a folder; an arrow leads from a room to another whose headers it includes. A test draws the picture anew and
compares, so it is always true. A new room wants a place in ROOMS.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^\">]+)[\">]", re.M)
SOURCES = {".c", ".h", ".inc", ".cpp"}

ROOM_WIDTH, ROOM_HEIGHT = 200, 52
LEFT, MIDDLE, RIGHT = 200, 500, 740  # the columns of rooms: libglia, its door, those who go in by it
ROOMS = {  # left edge, top edge, what lives there
    "lib/api": (LEFT, 60, "public calls: checks at the door"),
    "lib/model": (LEFT, 150, "the model file"),
    "lib/train": (LEFT, 240, "losses, optimizers, the fit loop"),
    "lib/net": (LEFT, 330, "layers, forward and backward"),
    "lib/kernels": (LEFT, 420, "maths on plain arrays"),
    "lib/base": (LEFT, 510, "memory, sizes, texts, threads"),
    "include/glia": (MIDDLE, 285, "the public headers"),
    "examples": (RIGHT, 180, "whole programs"),
    "src": (RIGHT, 285, "the tool glia"),
    "lib/io": (RIGHT, 390, "libglia-io: data sets"),
}
SIZE = (980, 600)

STYLE = """
    .house { fill: #f3f6fa; stroke: #c5d0dc; }
    .room { fill: #ffffff; stroke: #35516e; stroke-width: 1.5; }
    .name { font: bold 15px 'DejaVu Sans Mono', monospace; fill: #1d2f42; text-anchor: middle; }
    .what { font: 11.5px 'DejaVu Sans', sans-serif; fill: #4a5a6a; text-anchor: middle; }
    .title { font: bold 14px 'DejaVu Sans', sans-serif; fill: #6b7d90; }
    .near { fill: none; stroke: #35516e; stroke-width: 2; marker-end: url(#head); }
    .far { fill: none; stroke: #8aa0b6; stroke-width: 1.5; marker-end: url(#pale); }
"""


def room_of(path):
    """The room that a path of the tree is in, or None."""
    match = re.match(r"(?:lib|include)/[^/]+(?=/)|src(?=/)|examples(?=/)", path)
    return match[0] if match else None


def included(root, source, name):
    """The file of the tree that `name`, included by `source`, stands for; None: no file of ours."""
    for folder in (source.parent, root / "include", root / "lib"):
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return None


def arrows(root):
    """Every pair of rooms the first of which includes a header of the second."""
    found = set()
    for top in ("include", "lib", "src", "examples"):
        for source in sorted((root / top).rglob("*")):
            if source.suffix not in SOURCES:
                continue
            room = room_of(source.relative_to(root).as_posix())
            for bracket, name in INCLUDE.findall(source.read_text(encoding="utf-8")):
                if bracket == "<" and not name.startswith("glia/"):
                    continue
                to = room_of(included(root, source, name) or "")
                if room and to and to != room:
                    found.add((room, to))
    return sorted(found)


def draw_room(name):
    x, y, what = ROOMS[name]
    middle = x + ROOM_WIDTH // 2
    return [
        f'<rect class="room" x="{x}" y="{y}" width="{ROOM_WIDTH}" height="{ROOM_HEIGHT}" rx="6"/>',
        f'<text class="name" x="{middle}" y="{y + 22}">{name}</text>',
        f'<text class="what" x="{middle}" y="{y + 40}">{what}</text>',
    ]


def draw_arrow(start, end):
    """A straight line to the next room below, a bow around those between, or a line to another column."""
    (x1, y1, _), (x2, y2, _) = ROOMS[start], ROOMS[end]
    centre1, centre2 = y1 + ROOM_HEIGHT // 2, y2 + ROOM_HEIGHT // 2
    if x1 != x2:
        begin, finish = (x1 + ROOM_WIDTH, x2 - 3) if x1 < x2 else (x1, x2 + ROOM_WIDTH + 3)
        target = centre2 + (centre1 > centre2) * 14 - (centre1 < centre2) * 14
        return f'<path class="near" d="M {begin} {centre1} L {finish} {target}"/>'
    between = [name for name, (x, y, _) in ROOMS.items() if x == x1 and min(y1, y2) < y < max(y1, y2)]
    if not between:
        begin, finish = (y1 + ROOM_HEIGHT, y2 - 3) if y1 < y2 else (y1, y2 + ROOM_HEIGHT + 3)
        return f'<path class="near" d="M {x1 + ROOM_WIDTH // 2} {begin} L {x1 + ROOM_WIDTH // 2} {finish}"/>'
    bow = x1 - 24 - 28 * len(between)
    shift = 4 * len(between) - 8  # so that bows do not begin or end in one point
    curve = f"M {x1} {centre1 - shift} C {bow} {centre1}, {bow} {centre2}, {x1 - 3} {centre2 + shift}"
    return f'<path class="far" d="{curve}"/>'


def draw_head(name, colour):
    return (
        f'<marker id="{name}" markerWidth="9" markerHeight="8" refX="7" refY="4" orient="auto" '
        f'markerUnits="userSpaceOnUse"><path d="M 0 0 L 9 4 L 0 8 z" fill="{colour}"/></marker>'
    )


def draw(pairs):
    width, height = SIZE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        "<title>The rooms of the source; an arrow leads to whom a room includes</title>",
        f"<style>{STYLE}</style>",
        f"<defs>{draw_head('head', '#35516e')}{draw_head('pale', '#8aa0b6')}</defs>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<rect class="house" x="20" y="15" width="{LEFT + ROOM_WIDTH}" height="{height - 30}" rx="10"/>',
        '<text class="title" x="38" y="42">libglia</text>',
    ]
    for start, end in pairs:
        lines.append(draw_arrow(start, end))
    for name in ROOMS:
        lines += draw_room(name)
    return "\n".join(lines + ["</svg>", ""])


def main():
    pairs = arrows(ROOT)
    homeless = {room for pair in pairs for room in pair} - set(ROOMS)
    if homeless:
        sys.exit(f"docs/rooms.py: no place in ROOMS for {', '.join(sorted(homeless))}")
    print(draw(pairs), end="")


if __name__ == "__main__":
    main()
