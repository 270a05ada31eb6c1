# SPDX-License-Identifier: MIT
"""io.h: where the scene has each argument, the kinds of data sets, and what the header says beside the rules."""
from changes import (
    ARGUMENT,
    FORMAT,
    IO,
    OK,
    Argument,
    Change,
    array,
    index,
    pointer,
    struct_changes,
    text,
    values,
    whole,
)

SCENE = "data_scene.h"

LONG = "a" * 3000
NO_FILES = ["", "missing.csv", "missing/folder.csv", ".", LONG]
BAD_TEXTS = ["\\xff", LONG, "abacus", "=", ",,"]
NO_NAMES = ["", "[", "{}", "[1]", "[null]", "nonsense", "\\xff", "[" * 3000]

ARGUMENTS = {
    ("glia_data *", "data"): pointer("data"),
    ("const glia_data *", "data"): pointer("data"),
    ("glia_data **", "data"): pointer("made"),
    ("glia_data **", "first"): pointer("first", Change("first and second the same", "s->first = s->second;", ARGUMENT)),
    ("glia_data **", "second"): pointer("second"),
    ("const char *", "path"): text("path", IO, ["", "missing/folder.csv", ".", LONG]),
    ("const char *", "options"): text(
        "options",
        bad=[*BAD_TEXTS, "target=", "header=perhaps", "delimiter=1", "target=c target=c", ("target=z", FORMAT)],
        good=["", "target=c target_type=classes", "delimiter=,"],
    ),
    ("const char *", "columns"): text("columns", FORMAT, [*NO_NAMES, '["z"]'], ['["a"]']),
    ("const char *", "classes"): text("class_names", FORMAT, [*NO_NAMES, '["z"]'], ['["y","x","z"]']),
    ("const char *", "images_path"): text(
        "images_path", IO, [*NO_FILES, ("scene.csv", FORMAT), ("labels.idx", FORMAT)]
    ),
    ("const char *", "labels_path"): text(
        "labels_path", IO, [*NO_FILES, ("scene.csv", FORMAT), ("images.idx", FORMAT)]
    ),
    ("const char *", "generator"): text(
        "generator",
        bad=["", *BAD_TEXTS, "moons rows=1", "moons rows=2.5", "moons rows=2 rows=2"]
        + [
            f"moons {name}={number}"
            for name in ("rows", "noise")
            for number in ("-1", "nan", "inf", "-inf", "1e999", "0x10", "")
        ]
        + ["moons rows=18446744073709551615"],
        good=["moons", "moons noise=0"],
    ),
    ("uint64_t", "seed"): whole("seed", "uint64_t"),
    ("double", "fraction"): Argument(
        "fraction",
        values("fraction", ARGUMENT, zero="0", one="1", negative="-0.5", NaN="NAN", infinite="INFINITY")
        + values("fraction", ARGUMENT, negative_infinite="-INFINITY")
        + values("fraction", OK, tiny="1e-300", nearly_one="1 - 1e-16"),
    ),
    ("glia_samples *", "samples"): pointer("samples", *struct_changes("own_samples", "glia_samples")),
    ("glia64_samples *", "samples"): pointer("samples64", *struct_changes("own_samples64", "glia64_samples")),
    ("size_t", "index"): index("index"),
    ("const char *", "key"): text("key", ARGUMENT, ["", *BAD_TEXTS]),
    ("const void *", "bytes"): array("bytes", "s->size", "unsigned char"),
    ("size_t", "size"): Argument(
        "size",
        values("size", OK, zero="0", one="1") + values("size", ARGUMENT, largest="SIZE_MAX", half="SIZE_MAX / 2 + 1"),
    ),
}
# What is read is a file of the scene, what is written another.
FOR_ONE_CALL = {
    ("glia_data_read_csv", "path"): text("numbers_path", IO, [*NO_FILES, ("images.idx", FORMAT)]),
    ("glia_data_read_csv_as", "path"): text("csv_path", IO, [*NO_FILES, ("images.idx", FORMAT)]),
    ("glia_data_is_idx", "path"): text("images_path", ARGUMENT, [*NO_FILES, "scene.csv"]),
}
FIELDS = BORROWED = {}

STATES = ("classes", "targets", "idx")
NOTHING = ARGUMENT  # what a call that lends or counts answers
IN_STATE = {
    "glia_data_target_size": {"classes": NOTHING, "idx": NOTHING},
    "glia_data_class_count": {"targets": NOTHING},
    "glia_data_class_name": {"targets": NOTHING},
    "glia_data_column_name": {"idx": NOTHING},
    "glia_data_metadata": {"idx": NOTHING},
}
STANDARD_OUTPUT = None  # where the results of the tests go
BESIDE_THE_RULES = {
    ("glia_data_write_csv", "path NULL"): STANDARD_OUTPUT,
    ("glia_file_write", "path NULL"): STANDARD_OUTPUT,
    ("glia_file_write", "bytes NULL"): ARGUMENT,  # there is a size
}
LEAVES_TRACES = ()
SPECIAL_CALLS = {
    "glia_data_destroy": "glia_data_destroy(s->data); s->own_data = s->data == NULL ? s->own_data : NULL; return 0;",
}


def is_ours(call):
    return call.library == "glia-io"
