# SPDX-License-Identifier: MIT
"""The description of the interface, bindings/api.json, as declarations are made from it."""
import dataclasses
import json
import pathlib
import typing

NUMBERS = ("int32_t", "uint32_t", "uint64_t", "size_t", "float", "double")


@dataclasses.dataclass(frozen=True)
class Type:
    """A type of C: perhaps const, a name, so many `*`."""

    is_const: bool
    name: str
    stars: int

    @staticmethod
    def parse(text):
        words = text.split()
        is_const = words[0] == "const"
        name, *stars = words[is_const:]
        return Type(is_const, name, len("".join(stars)))

    def __str__(self):
        return ("const " if self.is_const else "") + self.name + (" " + "*" * self.stars if self.stars else "")


@dataclasses.dataclass(frozen=True)
class Variable:
    """A parameter or field. A pointer to a function has `function` instead of a type; an array a `count`."""

    name: str
    type: typing.Optional[Type]
    function: typing.Optional["Function"]
    count: typing.Optional[int]
    is_optional: bool

    def __str__(self):
        """Its declaration in C."""
        if self.function:
            return f"{spaced(self.function.returns)}(*{self.name})({self.function.parameter_text()})"
        return spaced(self.type) + self.name + (f"[{self.count}]" if self.count else "")


@dataclasses.dataclass(frozen=True)
class Function:
    """A call, or what a pointer to a function points to."""

    name: str
    library: typing.Optional[str]
    returns: Type
    parameters: tuple
    statuses: tuple

    def parameter_text(self):
        return ", ".join(map(str, self.parameters)) or "void"

    def __str__(self):
        """Its prototype in C."""
        return f"{spaced(self.returns)}{self.name}({self.parameter_text()})"


@dataclasses.dataclass(frozen=True)
class Struct:
    name: str
    fields: tuple


class Interface:
    """All that the headers declare."""

    def __init__(self, path=pathlib.Path(__file__).parent / "api.json"):
        api = json.loads(path.read_text(encoding="utf-8"))
        self.constants = {constant["name"]: constant["value"] for constant in api["constants"]}
        self.aliases = {alias["name"]: Type.parse(alias["type"]) for alias in api["aliases"]}
        self.handles = api["handles"]
        self.structs = [Struct(struct["name"], variables(struct["fields"])) for struct in api["structs"]]
        self.callbacks = [function(callback) for callback in api["callbacks"]]
        self.calls = [function(call) for call in api["calls"]]

    def role(self, variable):
        """What a parameter, field or result is for, which is what decides how a language spells it."""
        if variable.function:
            return "function"
        return self.role_of_type(variable.type)

    def role_of_type(self, type_):
        if type_.stars == 0:
            return "number" if type_.name in NUMBERS or type_.name in self.aliases else "nothing"
        if type_.name in self.handles:
            return "handle" if type_.stars == 1 else "new handle"
        if type_ == Type(True, "char", 1):
            return "text"
        if type_.name in ("char", "void"):
            return "bytes"
        if type_.name in (callback.name for callback in self.callbacks):
            return "function"
        return "numbers" if type_.name in NUMBERS else "struct"

    def plain(self, type_):
        """The type without aliases."""
        return self.aliases.get(type_.name, type_) if type_.stars == 0 else type_


def spaced(type_):
    return str(type_) if type_.stars else f"{type_} "


def variables(items):
    return tuple(variable(item) for item in items)


def variable(item):
    return Variable(
        item["name"],
        Type.parse(item["type"]) if "type" in item else None,
        function({"name": None, **item["function"]}) if "function" in item else None,
        item.get("count"),
        item.get("optional", False),
    )


def function(item):
    return Function(
        item["name"],
        item.get("library"),
        Type.parse(item["returns"]),
        variables(item["parameters"]),
        tuple(item.get("statuses", ())),
    )
