# SPDX-License-Identifier: MIT
"""What can be wrong with an argument, by its kind; and what the rule says that a call answers.

A place is where the scene has the argument, as `inputs` or `own_samples.rows`. The code of a change is C, with the
scene as `s`.
"""
import dataclasses
import typing

OK = "GLIA_OK"
ARGUMENT = "GLIA_ERR_ARGUMENT"
TEXT = "GLIA_ERR_TEXT"
SHAPE = "GLIA_ERR_SHAPE"
STATE = "GLIA_ERR_STATE"
IO = "GLIA_ERR_IO"
FORMAT = "GLIA_ERR_FORMAT"
DIVERGED = "GLIA_ERR_DIVERGED"


@dataclasses.dataclass(frozen=True)
class Change:
    """One thing that is wrong, or unusual. What is harmless leaves the results as they are."""

    name: str
    code: str
    expected: str = OK
    is_harmless: bool = False


@dataclasses.dataclass(frozen=True)
class Argument:
    """An argument of the scene. Arrays have a size in bytes and a type of element, so that overlaps can be made; a
    struct has the arrays that it leads to as parts. What `instead` does makes the call take this one, where it would
    take another: the results are then others."""

    place: str
    changes: tuple = ()
    size: typing.Optional[str] = None
    element: typing.Optional[str] = None
    parts: tuple = ()
    instead: str = ""

    def passed(self):
        return f"s->{self.place}"


def put(place, value):
    return f"s->{place} = {value};"


def title(place):
    """How a case calls it."""
    return place.removeprefix("own_")


def null(place, expected=ARGUMENT):
    return Change(f"{title(place)} NULL", put(place, "NULL"), expected)


def values(place, expected, **named):
    """A number of these values; their names are for people."""
    return tuple(Change(f"{title(place)} {name}", put(place, value), expected) for name, value in named.items())


def plain(place):
    """Nothing is wrong with any value."""
    return Argument(place)


def pointer(place, *changes):
    return Argument(place, (null(place), *changes))


def whole(place, type_):
    """A number of which every value is good."""
    return Argument(place, values(place, OK, zero="0", largest=f"({type_})-1"))


def index(place):
    return Argument(place, values(place, ARGUMENT, largest="SIZE_MAX"))


def rate(place, *good):
    """A number that is finite and not negative."""
    bad = values(place, ARGUMENT, negative="-1", NaN="NAN", infinite="INFINITY", negative_infinite="-INFINITY")
    return Argument(place, bad + tuple(Change(f"{place} {value}", put(place, value)) for value in good))


def row_changes(place, number):
    """Numbers of rows whose arrays cannot be counted in memory, some of which wrap to small sizes."""
    wrapped = f"SIZE_MAX / (3 * sizeof({number})) + 1"
    return values(place, SHAPE, zero="0", largest="SIZE_MAX", half="SIZE_MAX / 2", wrapped=wrapped)


def struct_changes(place, type_):
    size = f"sizeof({type_})"
    return values(
        f"{place}.struct_size", ARGUMENT, zero="0", one="1", less=f"{size} - 1", more=f"{size} + 8", largest="SIZE_MAX"
    )


def array(place, count, element, special=(), may_be_null=False):
    """An array that is read: in a copy that is not aligned beyond its type, and with special values in it."""
    copied = f"{element} *copy = scene_misalign(s, s->{place}, {count}, sizeof *copy);"
    changes = [
        null(place, OK if may_be_null else ARGUMENT),
        Change(f"{title(place)} misaligned", f"{copied} {put(place, 'copy')}", OK, True),
    ]
    for name, value, expected in special:
        code = f"{copied} copy[{count} - 1] = ({element}){value}; {put(place, 'copy')}"
        changes.append(Change(f"{title(place)} has {name}", code, expected))
    return Argument(place, tuple(changes), f"{count} * sizeof({element})", element)


def room(place, count, element):
    """An array that is written."""
    misaligned = f"{put(place, f'scene_misalign(s, s->{place}, {count}, sizeof *s->{place})')}"
    changes = null(place), Change(f"{place} misaligned", misaligned, OK, True)
    return Argument(place, changes, f"{count} * sizeof({element})", element)


def unusual(expected):
    """NaN and infinity."""
    return ("NaN", "NAN", expected), ("infinity", "INFINITY", expected), ("-infinity", "-INFINITY", expected)


def text(place, expected=TEXT, bad=(), good=(), others=()):
    """A text; `bad` are refused as expected, or each as it says. `others` are changes."""
    changes = [null(place)]
    for item in bad:
        words, status = item if isinstance(item, tuple) else (item, expected)
        changes.append(Change(f"{place} {c_name(words)}", put(place, c_text(words)), status))
    changes += [Change(f"{place} {c_name(words)}", put(place, c_text(words))) for words in good]
    return Argument(place, (*changes, *others))


def c_text(words):
    """A text of C; the two halves of a text are one, and end what would be taken for more digits."""
    escaped = words.replace('"', '\\"').replace("\n", "\\n").replace("\\xff", '\\xff" "')
    return f'"{escaped}"'


def c_name(words):
    """A text within the name of a case, which is a text as well."""
    shown = words if len(words) < 60 else f"{words[:20]}... of {len(words)} bytes"
    return "'" + shown.replace("\\", "\\\\").replace("\n", "\\\\n").replace('"', '\\"') + "'"


def overlaps(written, read):
    """The array that is written lies in one that is read: over its beginning, its first and its last bytes. Right
    behind it is harmless."""
    begin, last = (
        f"(char *)s->{read.place}",
        f"({read.size} - 1) / sizeof({written.element}) * sizeof({written.element})",
    )
    name = f"{title(written.place)} and {title(read.place)}"
    behind = (
        f"char *both = scene_adjoin(s, s->{read.place}, {read.size}, {written.size}); "
        f"{put(read.place, '(void *)both')} {put(written.place, f'(void *)(both + {read.size})')}"
    )
    first = f"(void *)({begin} - {written.size} + sizeof({written.element}))"
    return (
        Change(f"{name} begin together", read.instead + put(written.place, f"(void *)({begin})"), ARGUMENT),
        Change(f"{name} share first bytes", read.instead + put(written.place, first), ARGUMENT),
        Change(f"{name} share last bytes", read.instead + put(written.place, f"(void *)({begin} + {last})"), ARGUMENT),
        Change(f"{name} adjoin", read.instead + behind, OK, not read.instead),
    )
