#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the single-file form of libglia: glia.h, and glia.c with all sources in one.

    single_file.py ROOT OUTPUT SOURCE...

ROOT is the tree, OUTPUT the folder to write to; the sources are paths below ROOT/lib. Headers stand where they are
first included. What is local to a source stays so: a name of its own that occurs elsewhere too gets the name of the
file in front (`forward` of dense.c is `dense__forward`), and its macros end with it. A source that defines a macro of
the library's (GLIA_...) means the headers behind it, which then are its own.
"""

import re
import sys
from collections import Counter
from pathlib import Path

TOKEN = re.compile(
    r"(?P<space>\s+|\\\n)"
    r"|(?P<comment>/\*.*?\*/)"
    r"|(?P<literal>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
    r"|(?P<number>\.?[0-9](?:[eEpP][+-]|[\w.])*)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<mark>->|.)",
    re.DOTALL,
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|/\*.*?\*/|[^\n])*", re.DOTALL | re.MULTILINE)
DEFINITION = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
INCLUDE = re.compile(r'[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">].*\n')
GUARD = re.compile(r"#ifndef (\w+_H)\n#define \1\n(.*)#endif\n\Z", re.DOTALL)
SPDX = "/* SPDX-License-Identifier: MIT */\n"

SOURCE_TOP = """\
/*
 * glia in a single file: networks of float on one thread, with the kernels that run everywhere. C11; on 32-bit x86 with
 * -msse2 -mfpmath=sse, on IBM Z with -fexcess-precision=fast; link with -lm where the system has it. Made from glia's
 * sources by cmake/single_file.py.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#ifdef __FAST_MATH__
#error "glia needs IEEE arithmetic: compile glia.c without -ffast-math"
#endif
/* No fused multiply-add: the same bits on every machine. The functions of a header are not all wanted everywhere. */
#if defined __clang__
#pragma STDC FP_CONTRACT OFF
#pragma clang diagnostic ignored "-Wunused-function"
#elif defined __GNUC__
#pragma GCC optimize("fp-contract=off")
#endif

#include "glia.h"
"""


class Expander:
    """Puts headers in the place of their first inclusion."""

    def __init__(self, root, seen=()):
        self.root = root
        self.seen = set(seen)  # headers that are there already, our own and the system's

    def find(self, bracket, name, includer):
        """The file of ours that an include means; the name alone for a header of the system."""
        folders = [includer.parent, self.root / "lib", self.root / "include"]
        paths = [(folder / name).resolve() for folder in (folders if bracket == '"' else folders[2:])]
        return next((path for path in paths if path.is_file()), name)

    def expand(self, path):
        """The file as pairs: whether a part comes from a shared header, and its text."""
        text = GUARD.sub(r"\2", path.read_text(encoding="utf-8").removeprefix(SPDX))
        part, depth, own = "", 0, None  # depth of conditions; who expands headers that are the file's own
        for line in text.splitlines(keepends=True):
            depth += bool(re.match(r"\s*#\s*if", line)) - bool(re.match(r"\s*#\s*endif", line))
            include = INCLUDE.fullmatch(line)
            target = include and (own or self).find(*include.groups(), path)
            if not include:
                part += line
            elif target in (own or self).seen:
                continue
            elif isinstance(target, str):
                part += line
            else:
                yield path.suffix == ".h", part
                yield from ((own is None and shared, inside) for shared, inside in (own or self).expand(target))
                part = ""
            if include and depth == 0 and not str(target).endswith(".inc"):
                (own or self).seen.add(target)
            if path.suffix == ".c" and re.match(r"#define GLIA_", line):
                own = Expander(self.root, (header for header in self.seen if isinstance(header, str)))
        yield path.suffix == ".h", part


def tokens(text):
    """Pairs of kind and text, which joined are `text` again."""
    return [(match.lastgroup, match.group()) for match in TOKEN.finditer(text)]


def statements(text):
    """What stands at file scope, as lists of tokens: declarations whole, functions up to their body."""
    statement, depth = [], 0
    for kind, token in tokens(DIRECTIVE.sub("", text)):
        if kind in ("space", "comment"):
            continue
        if token == "{" and depth == 0 and statement[-1] == ")":
            yield statement
            statement = []
        depth += (token == "{") - (token == "}")
        statement.append(token)
        if depth == 0 and token == ";":
            yield statement
            statement = []
        elif depth == 0 and token == "}" and statement[0] == "{":
            statement = []


def name_before(marks, statement):
    """The first name that one of the marks follows."""
    return next(name for name, mark in zip(statement, statement[1:]) if name.isidentifier() and mark in marks)


def declared_names(statement):
    """The types, enumerators, static functions and static objects that a statement declares."""
    if "static" in statement[:2]:
        yield name_before(("(", "[", "=", ";"), statement)
    body = []
    if "{" in statement:
        body = statement[statement.index("{") : len(statement) - statement[::-1].index("}")]
    if statement[0] == "typedef":
        yield name_before(("(", ";"), statement[statement.index("{") + len(body) :] if body else statement)
    elif statement[0] in ("struct", "union", "enum") and statement[2] == "{":
        yield statement[1]
    if "enum" in statement[:2]:
        yield from (name for mark, name in zip(body, body[1:]) if mark in ("{", ",") and name.isidentifier())


def renamed(text, names, stem):
    """The text with these names of its own, unless they are members, behind the stem."""
    result, before = [], ""
    for kind, token in tokens(text):
        is_own = kind == "name" and token in names and before not in (".", "->")
        result.append(f"{stem}__{token}" if is_own else token)
        if kind not in ("space", "comment"):
            before = token
    return "".join(result)


def local_names(text):
    """What a source declares for itself alone. A name that begins with glia_ is shared, whoever declares it."""
    names = {name for statement in statements(text) for name in declared_names(statement)}
    return {name for name in names if not name.startswith("glia_")}


def words_in(text):
    return {token for kind, token in tokens(text) if kind == "name"}


def join_sources(root, paths):
    """The text of glia.c below its top."""
    expander = Expander(root, (root / "include" / "glia").glob("*.h"))
    sources = {path: list(expander.expand(path)) for path in paths}
    own = {path: "".join(text for is_shared, text in parts if not is_shared) for path, parts in sources.items()}
    headers = "".join(text for parts in sources.values() for is_shared, text in parts if is_shared)
    count = Counter(word for text in (*own.values(), headers) for word in words_in(text))

    result = ""
    for path, parts in sources.items():
        several = {name for name in local_names(own[path]) if count[name] > 1}
        result += f"\n/* {path.relative_to(root)} */\n\n"
        result += "".join(text if is_shared else renamed(text, several, path.stem) for is_shared, text in parts)
        result += "".join(f"#undef {name}\n" for name in dict.fromkeys(DEFINITION.findall(own[path])))
    return re.sub(r"\n{3,}", "\n\n", result)


def main(root, output, *sources):
    root, output = Path(root).resolve(), Path(output)
    lines = (root / "LICENSE").read_text(encoding="utf-8").splitlines()
    licence = "/*\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"
    header = "".join(text for _, text in Expander(root).expand(root / "include" / "glia" / "glia.h"))
    output.mkdir(parents=True, exist_ok=True)
    guarded = f"#ifndef GLIA_GLIA_H\n#define GLIA_GLIA_H\n\n{header}\n#endif\n"
    (output / "glia.h").write_text(SPDX + licence + guarded, encoding="utf-8")
    text = join_sources(root, [root / "lib" / source for source in sources])
    (output / "glia.c").write_text(SPDX + licence + SOURCE_TOP + text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
