# SPDX-License-Identifier: MIT
"""What is measured: the runs of programs, and the rows of the table with what glia is to reach."""
from dataclasses import dataclass, field

PASSIVE = {"OMP_WAIT_POLICY": "passive"}

# What a program needs beyond a C compiler: Debian's packages, and AVX2 or more.
PACKAGES = {
    "limit_fashion_onednn": "libdnnl-dev",
    "limit_fashion_openblas": "libopenblas-dev",
    "limit_predict": "libdnnl-dev",
    "limit_wide_onednn": "libdnnl-dev",
    "limit_wide_openblas": "libopenblas-dev",
    "peer_dlib": "g++ libdlib-dev libopenblas-dev",
    "peer_fann": "libfann-dev",
    "peer_libtorch": "g++ libtorch-dev",
    "peer_numpy.py": "python3-numpy",
    "peer_onednn": "g++ libdnnl-dev",
    "peer_products_libxsmm": "libxsmm-dev libopenblas-dev",
    "peer_products_onednn": "libdnnl-dev",
    "peer_products_openblas": "libopenblas-dev",
    "peer_sklearn.py": "python3-sklearn",
    "peer_xnnpack": "libxnnpack-dev libpthreadpool-dev libcpuinfo-dev",
}
NEEDS_AVX2 = {"bound_xor", "limit_tutorial", "limit_xor", "limit_predict", "limit_elementary"}
NEEDS_FASHION = {"fashion", "accuracy", "neighbour"}
NOT_PACKAGED = "genann and KANN, small C libraries, are in no Debian release and are not measured."


@dataclass(frozen=True)
class Run:
    """A program, run once a round. {seed} in its settings is the round, from 1."""
    workload: str
    contender: str
    program: str
    settings: str = ""
    threads: int = 1
    environment: dict = field(default_factory=dict)
    most_rounds: int = 1000
    beside_busy: bool = False  # another process keeps one of its processors busy
    is_slow: bool = False


def gemm_runs():
    for threads in (1, 2):
        yield Run("gemm", "glia", "glia_products", threads=threads)
        yield Run("gemm", "oneDNN", "peer_products_onednn", threads=threads)
        yield Run("gemm", "OpenBLAS", "peer_products_openblas", threads=threads)
    yield Run("gemm", "libxsmm", "peer_products_libxsmm")


def tutorial_runs():
    yield Run("tutorial", "glia", "glia_tutorial")
    yield Run("tutorial", "limit", "limit_tutorial")
    yield Run("tutorial", "FANN", "peer_fann", "job=tutorial")
    yield Run("tutorial", "libtorch", "peer_libtorch", "job=tutorial")
    yield Run("tutorial", "numpy", "peer_numpy.py", "type=float64")
    yield Run("tutorial", "numpy, float", "peer_numpy.py", "type=float32")


def xor_runs():
    yield Run("xor", "glia", "glia_xor")
    yield Run("xor", "limit", "limit_xor")
    yield Run("xor", "limit, in three calls", "bound_xor")
    yield Run("xor", "FANN", "peer_fann", "job=xor")
    yield Run("xor", "libtorch", "peer_libtorch", "job=xor")


def fashion_runs():
    for threads in (1, 2):
        for batch in (128, 32):
            settings = f"batch={batch}"
            yield Run("fashion", "glia", "glia_fashion", settings, threads)
            yield Run("fashion", "limit, oneDNN", "limit_fashion_onednn", settings, threads)
            yield Run("fashion", "limit, OpenBLAS", "limit_fashion_openblas", settings, threads)
            yield Run("fashion", "glia, caller gathers", "glia_fashion", f"gathers=caller {settings}", threads)
            yield Run("fashion", "libtorch", "peer_libtorch", f"job=fashion {settings}", threads, PASSIVE)
            if threads == 1:
                yield Run("fashion", "scikit-learn", "peer_sklearn.py", f"job=fashion {settings} epochs=3")
            else:
                # The threads of OpenMP and of OpenBLAS get into each other's way: here only the latter has several.
                yield Run("fashion", "libtorch, OpenBLAS's threads", "peer_libtorch", f"job=fashion {settings}",
                          threads, {"OMP_NUM_THREADS": "1"})
            yield Run("fashion", "dlib", "peer_dlib", f"job=fashion {settings} epochs=3", threads)
    yield Run("fashion", "FANN", "peer_fann", "job=fashion")


def accuracy_runs():
    for contender, program, job in (
            ("glia", "glia_accuracy", ""),
            ("limit, oneDNN", "limit_fashion_onednn", "until=87"),
            ("limit, OpenBLAS", "limit_fashion_openblas", "until=87"),
            ("libtorch", "peer_libtorch", "job=accuracy"),
            ("dlib", "peer_dlib", "job=accuracy"),
            ("scikit-learn", "peer_sklearn.py", "job=accuracy")):
        yield Run("accuracy", contender, program, f"{job} seed={{seed}}", most_rounds=5)
    yield Run("accuracy", "FANN", "peer_fann", "job=accuracy seed={seed}", most_rounds=1, is_slow=True)


def wide_runs():
    for threads in (1, 2):
        yield Run("wide", "glia", "glia_wide", threads=threads)
        yield Run("wide", "limit, oneDNN", "limit_wide_onednn", threads=threads)
        yield Run("wide", "limit, OpenBLAS", "limit_wide_openblas", threads=threads, environment=PASSIVE)
        yield Run("wide", "oneDNN", "peer_onednn", "job=wide", threads)
        yield Run("wide", "libtorch", "peer_libtorch", "job=wide", threads, PASSIVE)


def predict_runs():
    yield Run("predict", "glia", "glia_predict")
    yield Run("predict", "limit", "limit_predict")
    yield Run("predict", "XNNPACK", "peer_xnnpack", "job=predict")
    yield Run("predict", "oneDNN", "peer_onednn", "job=predict")
    yield Run("predict", "FANN", "peer_fann", "job=predict")
    yield Run("predict", "libtorch", "peer_libtorch", "job=predict")


def elementary_runs():
    yield Run("elementary", "glia", "glia_elementary")
    yield Run("elementary", "limit", "limit_elementary")
    yield Run("elementary", "libmvec", "peer_libmvec")


def size_runs():
    yield Run("size", "glia", "glia_memory", "load={model}", most_rounds=3)
    yield Run("size", "FANN", "peer_fann", "job=memory", most_rounds=3)
    yield Run("size", "XNNPACK", "peer_xnnpack", "job=memory", most_rounds=3)
    yield Run("size", "oneDNN", "peer_onednn", "job=memory", most_rounds=3)
    yield Run("size", "libtorch", "peer_libtorch", "job=memory", most_rounds=3)


def variant_runs():
    """The same with another kernel set or number type."""
    for contender, suffix, setting in (("glia, AVX2", "", "kernels=avx2"), ("glia, double", "_double", "")):
        yield Run("gemm", contender, f"glia_products{suffix}", f"rows=128 {setting}")
        yield Run("tutorial", contender, f"glia_tutorial{suffix}", setting)
        yield Run("xor", contender, f"glia_xor{suffix}", setting)
        yield Run("fashion", contender, f"glia_fashion{suffix}", f"batch=128 {setting}")
        yield Run("wide", contender, f"glia_wide{suffix}", setting)
        yield Run("predict", contender, f"glia_predict{suffix}", setting)
        yield Run("elementary", contender, f"glia_elementary{suffix}", setting)


def extra_runs():
    yield Run("callers", "glia", "glia_callers", "callers=1")
    yield Run("callers", "glia", "glia_callers", "callers=2", threads=2)
    yield Run("cold", "glia", "glia_cold")
    for contender, is_busy in (("glia", False), ("glia beside a busy process", True)):
        yield Run("neighbour", contender, "glia_fashion", "batch=128", 2, beside_busy=is_busy)
        yield Run("neighbour", contender, "glia_wide", "", 2, beside_busy=is_busy)


def growth_runs(processors):
    threads = 1
    while threads <= processors:
        yield Run("growth", "glia", "glia_growth", threads=threads)
        threads *= 2


WORKLOADS = ("gemm", "tutorial", "xor", "fashion", "accuracy", "wide", "predict", "elementary", "size", "callers",
             "cold", "neighbour", "growth")


def all_runs(processors):
    """Those of a round, in order: what is compared lies close together."""
    runs = [*gemm_runs(), *tutorial_runs(), *xor_runs(), *fashion_runs(), *accuracy_runs(), *wide_runs(),
            *predict_runs(), *elementary_runs(), *size_runs(), *variant_runs(), *extra_runs(), *growth_runs(processors)]
    return sorted(runs, key=lambda run: WORKLOADS.index(run.workload))


@dataclass(frozen=True)
class Unit:
    name: str
    more_is_better: bool
    scale: float = 1.0  # what a program reports, times this, is in the unit


GIGAFLOPS = Unit("GFLOP/s", True)
ROWS = Unit("rows/s", True)
THOUSAND_ROWS = Unit("k rows/s", True, 1e-3)
MILLION_ROWS = Unit("M rows/s", True, 1e-6)
GIGA = Unit("G/s", True)
SECONDS = Unit("s", False)
MICROSECONDS = Unit("us", False)
NANOSECONDS = Unit("ns", False)
KILOBYTES = Unit("KB", False, 1e-3)
UNITS = {"gemm": GIGAFLOPS, "tutorial": MICROSECONDS, "xor": MILLION_ROWS, "fashion": THOUSAND_ROWS,
         "accuracy": SECONDS, "wide": ROWS, "predict": NANOSECONDS, "elementary": GIGA, "size": KILOBYTES,
         "callers": NANOSECONDS, "cold": MICROSECONDS, "neighbour": THOUSAND_ROWS}


@dataclass(frozen=True)
class Bar:
    """What is to be reached: `factor` times what `contender` does, or that many of the unit if it is None."""
    factor: float
    contender: str | None = "limit"


@dataclass(frozen=True)
class Row:
    title: str
    workload: str
    cases: tuple
    bars: tuple = ()
    threads: int = 1
    contender: str = "glia"
    against: str | None = None  # of rows without a bar: whom to compare with
    is_paired: bool = True  # round by round; else the medians


FORMS = ("forward", "weight gradient", "input gradient")


def products(shapes, forms=FORMS):
    return tuple(f"{form} {shape}" for shape in shapes.split() for form in forms)


WIDE_SHAPES = "256x2048x1024 256x2048x2048 256x1000x2048"

ROWS_WITH_BARS = (
    Row("products, 1 thread, n = 128, k = 784, m = 32, 128, 256", "gemm",
        products("32x128x784 128x128x784 256x128x784"), (Bar(0.94),)),
    Row("products, 1 thread, squares of 128, 256, 512", "gemm", products("128x128x128 256x256x256 512x512x512"),
        (Bar(0.94),)),
    Row("products, 1 thread, squares of 1024, 2048; 1024-2048-2048-1000 at batch 256", "gemm",
        products(f"1024x1024x1024 2048x2048x2048 {WIDE_SHAPES}"), (Bar(0.88),)),
    Row("products, 1 thread, n = 10, k = 128, m = 32, 128, 256", "gemm", products("32x10x128 128x10x128 256x10x128"),
        (Bar(0.57),)),
    Row("products, 2 threads, squares of 512 to 2048; 1024-2048-2048-1000 at batch 256", "gemm",
        products(f"512x512x512 1024x1024x1024 2048x2048x2048 {WIDE_SHAPES}", ("forward", "backward")), (Bar(0.85),), 2),
    Row("a pass of the tutorial's job: 2-3-2, 200 rows", "tutorial", ("pass",), (Bar(2.3),)),
    Row("exclusive or, 2-8-1, a row a step", "xor", ("steps",), (Bar(0.70),)),
    Row("Fashion-MNIST, 784-128-10, Adam: batch 128, `glia_net_fit`", "fashion", ("batch 128",),
        (Bar(0.9), Bar(2.0, "libtorch"))),
    Row("Fashion-MNIST, batch 128, the caller gathers the rows", "fashion", ("batch 128",), (Bar(0.82),),
        contender="glia, caller gathers"),
    Row("Fashion-MNIST, batch 32, `glia_net_fit`", "fashion", ("batch 32",), (Bar(0.9),)),
    Row("Fashion-MNIST, batch 128, `glia_net_fit`, 2 threads", "fashion", ("batch 128",), (Bar(0.9),), 2),
    Row("Fashion-MNIST: training until 87 of 100 test pictures are right", "accuracy", ("87 % right",),
        (Bar(1.6 / 1.42),), is_paired=False),
    Row("1024-2048-2048-1000, batch 256, SGD with momentum", "wide", ("batch 256",), (Bar(0.95),)),
    Row("1024-2048-2048-1000, 2 threads", "wide", ("batch 256",), (Bar(0.95),), 2),
    Row("a prediction, calls independent, 2-3-2", "predict", ("2-3-2 by 1",), (Bar(20 / 8),)),
    Row("a prediction, calls independent, 64-64-10", "predict", ("64-64-10 by 1",), (Bar(220 / 124),)),
    Row("a prediction, calls independent, 784-128-10", "predict", ("784-128-10 by 1",), (Bar(3.6 / 3.2),)),
    Row("a prediction from the last one's output, 2-3-2", "predict", ("2-3-2 chained",), (Bar(60 / 37),)),
    Row("predictions by 256, a row, 64-64-10", "predict", ("64-64-10 by 256",), (Bar(85 / 83),)),
    Row("predictions by 256, a row, 784-128-10", "predict", ("784-128-10 by 256",), (Bar(1.22 / 1.21),)),
    Row("exp over 4096 numbers", "elementary", ("exp",), (Bar(0.85),)),
    Row("sigmoid over 4096 numbers", "elementary", ("sigmoid",), (Bar(0.85),)),
    Row("tanh over 4096 numbers", "elementary", ("tanh",), (Bar(0.55),)),
    Row("libglia.so, stripped, every kernel set, float and double", "size", ("library",), (Bar(400, None),)),
    Row("memory of a process that loads 784-128-10 and predicts, less its weights", "size", ("memory less weights",),
        (Bar(150, None),)),
    Row("2 threads beside a busy process: Fashion-MNIST, batch 128", "neighbour", ("batch 128",), (Bar(0.45, "glia"),),
        2, "glia beside a busy process"),
    Row("2 threads beside a busy process: 1024-2048-2048-1000", "neighbour", ("batch 256",), (Bar(0.45, "glia"),), 2,
        "glia beside a busy process"),
)


def variant_rows(contender, name):
    """The main rows with another kernel set or number type, against glia as it is."""
    for title, workload, cases in (
            ("products 128x128x784", "gemm", products("128x128x784")),
            ("tutorial", "tutorial", ("pass",)),
            ("exclusive or", "xor", ("steps",)),
            ("Fashion-MNIST, batch 128", "fashion", ("batch 128",)),
            ("1024-2048-2048-1000", "wide", ("batch 256",)),
            ("prediction 2-3-2", "predict", ("2-3-2 by 1",)),
            ("prediction 784-128-10", "predict", ("784-128-10 by 1",)),
            ("784-128-10 by 256", "predict", ("784-128-10 by 256",)),
            ("exp, sigmoid, tanh", "elementary", ("exp", "sigmoid", "tanh"))):
        yield Row(f"{name}: {title}", workload, cases, contender=contender, against="glia")


ROWS_WITHOUT_BARS = (
    *variant_rows("glia, AVX2", "AVX2"),
    *variant_rows("glia, double", "double"),
    Row("products, n = 17, m = 128, k = 784", "gemm", products("128x17x784"), against="limit"),
    Row("products, n = 127, m = 128, k = 784", "gemm", products("128x127x784"), against="limit"),
    Row("products, n = 129, m = 128, k = 784", "gemm", products("128x129x784"), against="limit"),
    Row("products, n = 128, m = 128, k = 785", "gemm", products("128x128x785"), against="limit"),
    Row("exclusive or by hand, in three calls", "xor", ("steps",), contender="limit, in three calls", against="limit"),
    Row("Fashion-MNIST, batch 32, 2 threads", "fashion", ("batch 32",), threads=2, against="limit"),
    Row("the tutorial's pass with its loss", "tutorial", ("pass with its loss",)),
    Row("predictions 2-3-2 on one network, 1 caller", "callers", ("2-3-2",)),
    Row("predictions 2-3-2 on one network, 2 callers", "callers", ("2-3-2",), threads=2),
    Row("predictions 784-128-10 on one network, 1 caller", "callers", ("784-128-10",)),
    Row("predictions 784-128-10 on one network, 2 callers", "callers", ("784-128-10",), threads=2),
    Row("a prediction with cold weights, 784-128-10", "cold", ("784-128-10 cold weights",)),
    Row("create and first step, batch 128, 2-3-2", "cold", ("2-3-2 create and first step",)),
    Row("create and first step, batch 128, 784-128-10", "cold", ("784-128-10 create and first step",)),
)
