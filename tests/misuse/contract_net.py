# SPDX-License-Identifier: MIT
"""glia.h: where the scene has each argument, the states of a network, and what the header says beside the rules."""
from changes import (
    ARGUMENT,
    DIVERGED,
    FORMAT,
    IO,
    OK,
    SHAPE,
    STATE,
    TEXT,
    Argument,
    Change,
    array,
    c_name,
    index,
    null,
    pointer,
    put,
    rate,
    room,
    row_changes,
    struct_changes,
    text,
    unusual,
    values,
    whole,
)

SCENE = "net_scene.h"
INPUTS, OUTPUTS = "SCENE_ROWS * SCENE_INPUTS", "SCENE_ROWS * SCENE_OUTPUTS"

BAD_CLASSES = [
    ("-1", "-1", ARGUMENT),
    ("the least", "INT32_MIN", ARGUMENT),
    ("the largest", "INT32_MAX", ARGUMENT),
    ("the number of outputs", "SCENE_OUTPUTS", ARGUMENT),
]
BAD_WEIGHTS = [("a negative number", "-1", ARGUMENT), *unusual(ARGUMENT)]
LONG = "a" * 3000
BAD_TEXTS = ["\\xff", LONG, "abacus", "=", ",,"]
NOT_NUMBERS = ["-1", "nan", "inf", "-inf", "1e999", "0x10", "1e"]


def with_numbers(*patterns):
    return [pattern.format(number) for pattern in patterns for number in NOT_NUMBERS]


def samples(name):
    """Every field of a glia_samples, which has classes and no targets as it stands."""
    own = f"own_{name}"
    fields = (
        array(f"{own}.inputs", INPUTS, "real", unusual(OK)),
        array(f"{own}.classes", "SCENE_ROWS", "int32_t", BAD_CLASSES),
        array(f"{own}.row_weights", "SCENE_ROWS", "real", BAD_WEIGHTS, may_be_null=True),
    )
    instead = f"{put(f'{own}.classes', 'NULL')} {put(f'{own}.targets', 's->targets')} "
    targets = (
        Change(f"{name}.targets beside classes", put(f"{own}.targets", "s->targets"), ARGUMENT),
        Change(f"{name}.targets instead of classes", instead),
        Change(f"{name}.targets with NaN", f"{instead}s->targets[0] = (real)NAN;"),
        Change(f"{name}.targets with infinity", f"{instead}s->targets[0] = (real)INFINITY;"),
    )
    changes = (
        null(name),
        *struct_changes(own, "glia_samples"),
        *row_changes(f"{own}.rows", "real"),
        *(change for field in fields for change in field.changes),
        *targets,
    )
    read_instead = Argument(f"{own}.targets", size=f"{OUTPUTS} * sizeof(real)", element="real", instead=instead)
    return Argument(name, changes, parts=(*fields, read_instead))


OPTIONS = (
    null("options"),
    *struct_changes("own_options", "glia_options"),
    *values("own_options.seed", OK, largest="UINT64_MAX"),
    *values("own_options.threads", ARGUMENT, negative="-1", least="INT32_MIN"),
    *values("own_options.threads", OK, zero="0", largest="INT32_MAX"),
    *values("own_options.kernels", TEXT, unknown='"abacus"', empty='""', not_utf8='"\\xff"'),
    *values("own_options.kernels", OK, NULL="NULL"),
    *values("own_options.input_size", SHAPE, other="99", largest="SIZE_MAX"),
    *values("own_options.output_size", SHAPE, other="99", largest="SIZE_MAX"),
    *values("own_options.input_size", OK, right="SCENE_INPUTS"),
    *values("own_options.output_size", OK, right="SCENE_OUTPUTS"),
    Change("options.allocate alone", "s->own_options.allocate = scene_allocate;", ARGUMENT),
    Change("options.release alone", "s->own_options.release = scene_release;", ARGUMENT),
)
# Fields of which every value is good, or that the changes above reach.
FIELDS = {
    "glia_options": {"struct_size", "seed", "threads", "kernels", "user", "allocate", "release", "parallel_for"}
    | {"input_size", "output_size"},
    "glia_samples": {"struct_size", "rows", "inputs", "targets", "classes", "row_weights"},
    "glia_tensor": {"struct_size", "name", "values", "rank", "shape", "is_trained"},
}

ARCHITECTURE = text(
    "architecture",
    bad=BAD_TEXTS
    + with_numbers("input {}, dense 2", "input 3, dense {}, dense 2", "input 3, dropout {}")
    + [
        "",
        "input 3",
        "input 3, input 3",
        "input 0, dense 2",
        "input 3, dense 1 1",
        "input 3, dense 2 tahn",
        "input 3, dropout 1",
        "input 3, leaky_relu slope=nan",
        "input 18446744073709551616, dense 1",
    ]
    + [
        ("dense 3", SHAPE),
        ("dense 1, input 3", SHAPE),
        ("input , dense 1", SHAPE),
        ("input 3, dense , dense 2", SHAPE),
        ("input 3, softmax, step, dense 1", SHAPE),
        ("input 1, softmax", SHAPE),
    ],
    good=["input 3, identity", "input 3, dense 2 # comment"],
    others=values("architecture", SHAPE, uncountable="SCENE_UNCOUNTABLE", widest="SCENE_WIDEST"),
)
PATH_TO_WRITE = text("path", IO, ["", "missing/folder", ".", "/", LONG])

ARGUMENTS = {
    ("glia_net *", "net"): pointer("net"),
    ("const glia_net *", "net"): pointer("net"),
    ("glia_net **", "net"): pointer("made"),
    ("glia_net **", "copy"): pointer("made"),
    ("const char *", "architecture"): ARCHITECTURE,
    ("uint64_t", "seed"): whole("seed", "uint64_t"),
    ("uint32_t", "stream"): whole("stream", "uint32_t"),
    ("uint64_t", "pass"): whole("pass", "uint64_t"),
    ("uint64_t", "index"): whole("at", "uint64_t"),
    ("const glia_options *", "options"): Argument("options", OPTIONS),
    ("const char *", "loss"): text(
        "loss_text",
        bad=[
            *BAD_TEXTS,
            "",
            "cross_entropy reduction=none",
            *with_numbers("cross_entropy l2={}", "cross_entropy l1={}"),
        ]
        + [("binary_cross_entropy", SHAPE), ("perceptron", SHAPE)],
        good=["mse", "cross_entropy reduction=sum l1=0"],
    ),
    ("const char *", "optimizer"): text(
        "optimizer",
        bad=[
            *BAD_TEXTS,
            "",
            "sgd momentum=1e400",
            "adam beta1=1",
            "sgd nesterov=maybe",
            "sgd learning_rate=1 learning_rate=1",
        ]
        + with_numbers(
            "sgd learning_rate={}", "sgd momentum={}", "adam beta2={}", "adam epsilon={}", "adamw weight_decay={}"
        ),
        good=["sgd learning_rate=0", "adamw"],
    ),
    ("double", "learning_rate"): rate("learning_rate", "0", "1e-300"),
    ("int32_t", "threads"): Argument(
        "threads",
        values("threads", ARGUMENT, negative="-1", least="INT32_MIN")
        + values("threads", OK, zero="0", largest="INT32_MAX"),
    ),
    ("size_t", "rows"): Argument("rows", row_changes("rows", "real")),
    ("const float *", "inputs"): array("inputs", INPUTS, "real", unusual(OK)),
    ("float *", "outputs"): room("outputs", OUTPUTS, "real"),
    ("const float *", "targets"): array("targets", OUTPUTS, "real", unusual(OK)),
    ("const int32_t *", "classes"): array("classes", "SCENE_ROWS", "int32_t", BAD_CLASSES),
    ("const float *", "row_weights"): array("row_weights", "SCENE_ROWS", "real", BAD_WEIGHTS),
    ("double *", "loss"): room("loss", "1", "double"),
    ("const float *", "output_gradient"): array("output_gradient", OUTPUTS, "real", unusual(OK)),
    ("float *", "input_gradient"): room("input_gradient", INPUTS, "real"),
    ("const glia_samples *", "batch"): samples("samples"),
    ("const glia_samples *", "samples"): samples("samples"),
    ("const glia_samples *", "training"): samples("samples"),
    ("const glia_samples *", "validation"): samples("validation"),
    ("const char *", "options"): text(
        "options_text",
        bad=[
            *BAD_TEXTS,
            "epochs=0",
            "batch=0",
            "epochs=1.5",
            "epochs=18446744073709551616",
            "shuffle=maybe",
            "epochs=1 epochs=1",
            "batch=4294967296",
        ]
        + with_numbers("epochs={}", "batch={}", "patience={}"),
        good=["", "batch=all", "batch=4294967295", "patience=1"],
    ),
    ("glia_progress_fn *", "progress"): pointer("progress"),
    ("void *", "user"): pointer("user"),
    ("const char *", "metrics"): text("metrics", bad=[*BAD_TEXTS, "", "loss,", "loss loss"], good=["mse, mae"]),
    ("double *", "values"): room("values", "2", "double"),
    ("const char *", "metric"): text("metric", ARGUMENT, [*BAD_TEXTS, ""]),
    ("size_t *", "count"): pointer("count"),
    ("size_t", "index"): index("index"),
    ("glia_tensor *", "view"): pointer("view", *struct_changes("own_view", "glia_tensor")),
    ("char *", "buffer"): pointer("buffer"),
    ("void *", "buffer"): pointer("buffer"),
    ("size_t", "capacity"): Argument(
        "capacity", values("capacity", ARGUMENT, zero="0", one="1") + values("capacity", OK, largest="SIZE_MAX")
    ),
    ("size_t *", "needed"): pointer("needed"),
    ("const char *", "key"): text("key", ARGUMENT, ["", "glia.", "glia.key", "\\xff"], [LONG]),
    ("const char *", "value"): text("value", ARGUMENT, ["\\xff"], ["", LONG]),
    ("const char *", "path"): PATH_TO_WRITE,
    ("const void *", "bytes"): array(
        "bytes", "s->size", "unsigned char", [("a wrong byte", "~copy[s->size - 1]", FORMAT)]
    ),
    ("size_t", "size"): Argument("size", values("size", FORMAT, zero="0", one="1", eight="8", largest="SIZE_MAX")),
    ("glia_status", "status"): Argument(
        "status", values("status", OK, negative="-1", least="INT32_MIN", largest="INT32_MAX")
    ),
    ("const char *", "message"): text("message", good=["", "two\nlines", "\\xff", LONG]),
}

FOR_ONE_CALL = {
    # which answers with the number that it is given
    ("glia_error_set", "status"): Argument(
        "status",
        tuple(
            Change(f"status {number}", put("status", number), number)
            for number in ("-1", "INT32_MIN", "INT32_MAX", "2", "11")
        ),
    ),
}
# What a call reads that was lent to an earlier one: the inputs of the forward.
BORROWED = {
    f"glia_net_{name}": [("const float *", "inputs")] for name in ("backward", "backward_classes", "backward_from")
}

# Every call in every one of these; what is not named here is good, and the first state that is good is where a call's
# other cases begin.
STATES = ("new", "forward", "backward", "stepped", "zeroed", "fitted", "without_optimizer", "diverged")
NOT_PENDING = {state: STATE for state in STATES if state not in ("forward", "backward")}
IN_STATE = {
    "glia_net_backward": NOT_PENDING,
    "glia_net_backward_classes": NOT_PENDING,
    "glia_net_backward_from": NOT_PENDING,
    "glia_net_step": {state: STATE for state in STATES if state not in ("backward", "zeroed")},
    "glia_net_set_learning_rate": {"without_optimizer": STATE},
    "glia_net_train": {"without_optimizer": STATE},
    "glia_net_fit": {"without_optimizer": STATE, "diverged": DIVERGED},
    "glia_net_history": {state: ARGUMENT for state in STATES if state != "fitted"},
    "glia_net_save": {"diverged": DIVERGED},
    "glia_net_save_memory": {"diverged": DIVERGED},
}

NOT_FINITE = ("NaN", "infinity", "-infinity")
UNREAD_BY_ADAPT = [f"samples.classes {what}" for what in ("NULL", *(f"has {name}" for name, _, _ in BAD_CLASSES))]

# What the header says beside the rules.
BESIDE_THE_RULES = {
    # Room may be NULL if there is none, and here there is.
    ("glia_net_summary", "buffer NULL"): ARGUMENT,
    ("glia_net_save_memory", "buffer NULL"): ARGUMENT,
    # adapt learns from inputs, which have to be finite, and reads nothing else but the weights of the rows.
    **{("glia_net_adapt", f"samples.inputs has {what}"): ARGUMENT for what in NOT_FINITE},
    **{("glia_net_adapt", what): OK for what in (*UNREAD_BY_ADAPT, "samples.targets beside classes")},
    # fit looks at what comes of numbers that are not finite; infinite inputs may well have finite outputs.
    **{("glia_net_fit", f"samples.inputs has {what}"): DIVERGED for what in NOT_FINITE},
    **{("glia_net_fit", f"{data}.targets with NaN"): DIVERGED for data in ("samples", "validation")},
    **{("glia_net_fit", f"{data}.targets with infinity"): DIVERGED for data in ("samples", "validation")},
    ("glia_net_fit", "validation.inputs has NaN"): DIVERGED,
    # No network has these keys.
    ("glia_net_metadata", f"key {c_name(LONG)}"): ARGUMENT,
}

# Answers that do not mean that nothing has changed: fit has trained until then.
LEAVES_TRACES = {("glia_net_fit", DIVERGED)}

# Code instead of the plain call.
SPECIAL_CALLS = {
    "glia_net_destroy": "glia_net_destroy(s->net); s->own_net = s->net == NULL ? s->own_net : NULL; return 0;",
}


def is_ours(call):
    """What depends on the number type is compiled for both, under the names for float."""
    return call.library == "glia" and not call.name.startswith("glia64_")
