#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Describe the public interface of glia as JSON, from its headers:

    bindings/describe.py > bindings/api.json

The headers are regular, and this reads no more of C than they use: whatever else it meets, it refuses.

Types are spelt as in C: an optional `const`, a name, any number of `*`. A parameter is `optional` if its documentation
lets it be NULL (perhaps under a condition); `statuses` are the failures that the documentation names, those of a call
that it refers to included.
"""
import json
import pathlib
import re
import sys

INCLUDE = pathlib.Path(__file__).resolve().parent.parent / "include"
LIBRARY_OF = {"glia/glia.h": "glia", "glia/glia64.h": "glia", "glia/io.h": "glia-io"}
NUMBERS = {"int32_t", "uint32_t", "uint64_t", "size_t", "float", "double"}
WIDTH = 120  # columns of the JSON

TOKEN = re.compile(
    r"""
      (?P<space>   \s+ )
    | (?P<ignored> /\*\*<.*?\*/ | /\*(?!\*).*?\*/
                 | \#ifdef\ __cplusplus\n.*?\n\#endif\n
                 | \#(?:ifndef|define)\ GLIA_\w+_H\n | \#endif\n | \#include\ <[\w/.]+>\n )
    | (?P<doc>     /\*\*.*?\*/ )
    | (?P<word>    [A-Za-z_]\w* )
    | (?P<number>  \d+ )
    | (?P<sign>    [(){}\[\];,*=] )
    """,
    re.X | re.S,
)
TAG = re.compile(r"@(param|retval|return|par|file)\s+")
REFERENCE = re.compile(r"\b[Aa]s (?:for |in )?(glia\w+)\(\)")
MAY_BE_NULL = re.compile(r"(?:^|[;,] |\bor |\bmay be )NULL\b")


class Refused(Exception):
    """The header has something that this script does not know."""


class Reader:
    """The tokens of a header, one after the other."""

    def __init__(self, name, text):
        self.name = name
        self.text = text
        self.tokens = list(self.split())
        self.at = 0

    def split(self):
        at = 0
        while at < len(self.text):
            match = TOKEN.match(self.text, at)
            if match is None:
                raise self.refusal(at, f"what is {self.text[at : at + 20]!r}?")
            if match.lastgroup not in ("space", "ignored"):
                yield match.lastgroup, match.group(), at
            at = match.end()

    def refusal(self, at, why):
        return Refused(f"{self.name}:{self.text.count(chr(10), 0, at) + 1}: {why}")

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def kind(self):
        return self.tokens[self.at][0] if self.at < len(self.tokens) else None

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1][1]

    def fail(self, wanted):
        at = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        raise self.refusal(at, f"expected {wanted}, not {self.peek()!r}")

    def take(self, text):
        """Whether the next token is this one, which is then behind us."""
        if self.peek() != text:
            return False
        self.at += 1
        return True

    def expect(self, *texts):
        for text in texts:
            if not self.take(text):
                self.fail(repr(text))

    def word(self):
        if self.kind() != "word":
            self.fail("a name")
        return self.next()

    def number(self):
        if self.kind() != "number":
            self.fail("a number")
        return int(self.next())

    def doc(self):
        """The documentation that stands here, without its frame; empty if there is none."""
        text = ""
        while self.kind() == "doc":
            text = re.sub(r"^[ \t]*\*? ?", "", self.next()[3:-2], flags=re.M)
        return text


class Header:
    """What one header declares."""

    def __init__(self, name, text):
        self.reader = Reader(name, text)
        self.library = LIBRARY_OF[name]
        self.constants, self.aliases, self.handles = [], [], []
        self.structs, self.callbacks, self.calls = [], [], []
        while self.reader.peek() is not None:
            self.declaration(self.reader.doc())

    def declaration(self, doc):
        reader = self.reader
        if reader.take("typedef"):
            self.type_definition()
        elif reader.take("enum"):
            self.enumeration()
        elif reader.take("GLIA_API"):
            self.call(doc)
        elif reader.peek() is not None:
            reader.fail("typedef, enum or GLIA_API")

    def type_definition(self):
        reader = self.reader
        if not reader.take("struct"):
            spelling, name = self.type(), reader.word()
            if reader.peek() == "(":
                self.callbacks.append({"name": name, "returns": spelling, "parameters": self.parameters()})
            else:
                self.aliases.append({"name": name, "type": spelling})
        else:
            name = reader.word()
            if reader.take("{"):
                self.structs.append({"name": name, "fields": self.fields()})
            else:
                self.handles.append(name)
            reader.expect(name)
        reader.expect(";")

    def enumeration(self):
        reader = self.reader
        reader.word()
        reader.expect("{")
        while not reader.take("}"):
            name = reader.word()
            reader.expect("=")
            self.constants.append({"name": name, "value": reader.number()})
            if not reader.take(","):
                reader.expect("}")
                break
        reader.expect(";")

    def call(self, doc):
        returns, name = self.type(), self.reader.word()
        parameters = self.parameters()
        self.reader.expect(";")
        call = {"name": name, "library": self.library, "returns": returns, "parameters": parameters}
        document(call, doc)
        self.calls.append(call)

    def type(self):
        """const? NAME *..."""
        const = "const " if self.reader.take("const") else ""
        name = self.reader.word()
        stars = ""
        while self.reader.take("*"):
            stars += "*"
        return const + name + (" " + stars if stars else "")

    def variable(self):
        """A field or parameter: TYPE NAME, TYPE NAME[COUNT] or TYPE (*NAME)(PARAMETERS)."""
        reader = self.reader
        spelling = self.type()
        if reader.take("("):
            reader.expect("*")
            name = reader.word()
            reader.expect(")")
            return {"name": name, "function": {"returns": spelling, "parameters": self.parameters()}}
        variable = {"name": reader.word(), "type": spelling}
        if reader.take("["):
            variable["count"] = reader.number()
            reader.expect("]")
        return variable

    def parameters(self):
        reader = self.reader
        reader.expect("(")
        if reader.take("void"):
            if reader.take(")"):
                return []
            reader.at -= 1
        parameters = [self.variable()]
        while reader.take(","):
            parameters.append(self.variable())
        reader.expect(")")
        return parameters

    def fields(self):
        reader = self.reader
        fields = []
        reader.doc()
        while not reader.take("}"):
            fields.append(self.variable())
            reader.expect(";")
            reader.doc()
        return fields


def document(call, doc):
    """Add what the documentation says of the parameters and failures, and keep the calls that it refers to."""
    parts = TAG.split(doc)
    tags = list(zip(parts[1::2], parts[2::2]))
    texts = {}
    for tag, text in tags:
        if tag == "param":
            name, _, meaning = text.partition(" ")
            texts[name] = " ".join(meaning.split())
    unknown = texts.keys() - {parameter["name"] for parameter in call["parameters"]}
    if unknown:
        raise Refused(f"{call['name']} has no parameter {', '.join(sorted(unknown))}")
    call["statuses"] = [text.split()[0] for tag, text in tags if tag == "retval"]
    call["texts"] = texts
    call["references"] = REFERENCE.findall(doc)


def resolve(calls):
    """Follow the references of the documentation, and leave what they say instead of them."""
    by_name = {call["name"]: call for call in calls}

    def statuses(call):
        found = set(call["statuses"])
        for name in call["references"]:
            found |= statuses(by_name[name])
        return found

    def is_optional(call, name):
        text = call["texts"].get(name)
        others = call["references"] if text is None else REFERENCE.findall(text)
        return bool(MAY_BE_NULL.search(text or "")) or any(is_optional(by_name[other], name) for other in others)

    found = [
        (statuses(call), {p["name"] for p in call["parameters"] if is_optional(call, p["name"])}) for call in calls
    ]
    for call, (failures, optional) in zip(calls, found):
        del call["texts"], call["references"]
        call["statuses"] = failures
        for parameter in call["parameters"]:
            if parameter["name"] in optional:
                parameter["optional"] = True


def check_types(api):
    """Everything is a number or a pointer, so that any language can call it: no struct by value, no long, no bool."""
    pointed = {
        "char",
        "void",
        *api["handles"],
        *(named["name"] for kind in ("structs", "callbacks") for named in api[kind]),
    }
    numbers = NUMBERS | {alias["name"] for alias in api["aliases"]}

    def check(spelling, where):
        name = spelling.removeprefix("const ").split()[0]
        if name not in numbers and not (name in pointed and "*" in spelling):
            raise Refused(f"{where}: {spelling} is neither a number nor a pointer to something of glia's")

    def check_function(function, where):
        if function["returns"] != "void":
            check(function["returns"], where)
        check_variables(function["parameters"], where)

    def check_variables(variables, where):
        for variable in variables:
            place = f"{where}, {variable['name']}"
            if "function" in variable:
                check_function(variable["function"], place)
            else:
                check(variable["type"], place)

    for function in api["callbacks"] + api["calls"]:
        check_function(function, function["name"])
    for struct in api["structs"]:
        check_variables(struct["fields"], struct["name"])


def describe(texts):
    """The description of headers, by their names."""
    headers = [Header(name, text) for name, text in texts.items()]
    kinds = ("constants", "aliases", "handles", "structs", "callbacks", "calls")
    api = {kind: sum((getattr(header, kind) for header in headers), []) for kind in kinds}
    check_types(api)
    resolve(api["calls"])
    order = [constant["name"] for constant in api["constants"]]
    for call in api["calls"]:
        call["statuses"] = sorted(call["statuses"], key=order.index)
    return {"about": "The public interface of glia: made from include/glia by bindings/describe.py", **api}


def describe_tree():
    """What is in include/."""
    return describe({name: (INCLUDE / name).read_text(encoding="utf-8") for name in LIBRARY_OF})


def write(value, indent=""):
    """JSON with as much on a line as fits."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) < WIDTH or not isinstance(value, (dict, list)):
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {write(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + write(item, inner) for item in value) + f"\n{indent}]"


def main():
    try:
        print(write(describe_tree()))
    except Refused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
