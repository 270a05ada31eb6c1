# SPDX-License-Identifier: MIT
"""Running programs, pinned and by turns, and keeping what they report."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys

import plan

HERE = pathlib.Path(__file__).resolve().parent
FASHION = pathlib.Path("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz")
SECONDS_AT_MOST = 900
WEIGHT_BYTES = 4 * (784 * 128 + 128 + 128 * 10 + 10)


def has_feature(name):
    with contextlib.suppress(OSError):
        return f" {name} " in pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    return False


class Measurements:
    """What has been reported: for each (workload, case, contender, threads) a value a round, the median of samples, and
    perhaps the best of them and a limit measured beside."""

    def __init__(self):
        self.values = {}
        self.best = {}
        self.limits = {}

    def add(self, run, case, *numbers):
        key = (run.workload, case, run.contender, run.threads)
        for kind, number in zip((self.values, self.best, self.limits), numbers):
            kind.setdefault(key, []).append(number)

    def as_list(self):
        names = ("workload", "case", "contender", "threads")
        return [{**dict(zip(names, key)), "values": values, "best": self.best.get(key, []),
                 "limits": self.limits.get(key, [])} for key, values in self.values.items()]

    @classmethod
    def from_list(cls, items):
        made = cls()
        for item in items:
            key = (item["workload"], item["case"], item["contender"], item["threads"])
            for kind, name in ((made.values, "values"), (made.best, "best"), (made.limits, "limits")):
                if item[name]:
                    kind[key] = item[name]
        return made


class Runner:
    """Runs programs of a build folder; `missing` tells which could not run, and why."""

    def __init__(self, programs, scratch):
        self.programs = pathlib.Path(programs)
        self.model = pathlib.Path(scratch) / "model.glia"
        self.processors = sorted(os.sched_getaffinity(0))
        self.measurements = Measurements()
        self.missing = {}  # an ordered set

    def reason_to_leave_out(self, run):
        """Empty if the run can take place."""
        if run.threads > len(self.processors):
            return f"{run.threads} threads: there are not as many processors"
        if run.workload in plan.NEEDS_FASHION and run.program != "glia_wide" and not FASHION.exists():
            return "Fashion-MNIST: install dataset-fashion-mnist"
        packages = plan.PACKAGES.get(run.program)
        if run.program.endswith(".py"):
            return "" if self.can_import(run.program) else f"{run.contender}: install {packages}"
        if (self.programs / run.program).exists():
            return ""
        if run.program in plan.NEEDS_AVX2 and not has_feature("avx2"):
            return f"{run.program}: written for AVX2 and AVX-512, and this processor has neither"
        return f"{run.contender}: install {packages}" if packages else f"{run.program}: not built"

    @staticmethod
    def can_import(program):
        module = {"peer_numpy.py": "numpy", "peer_sklearn.py": "sklearn.neural_network"}[program]
        return subprocess.run(["/usr/bin/python3", "-c", f"import {module}"], stderr=subprocess.DEVNULL,
                              check=False).returncode == 0

    def select(self, runs):
        """Those that can take place; the others are noted."""
        possible = []
        for run in runs:
            reason = self.reason_to_leave_out(run)
            if reason:
                self.missing[reason] = None
            else:
                possible.append(run)
        return possible

    def environment(self, run):
        chosen = {name: str(run.threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        if has_feature("avx512f"):
            chosen["OPENBLAS_CORETYPE"] = "SkylakeX"  # OpenBLAS does not know every processor that has AVX-512
        return {**os.environ, **chosen, **run.environment}

    def command(self, run, number):
        settings = run.settings.format(seed=number, model=self.model).split()
        if run.program.endswith(".py"):
            return ["/usr/bin/python3", "-B", str(HERE / run.program), *settings]
        threads = self.environment(run)["OMP_NUM_THREADS"]
        return [str(self.programs / run.program), f"threads={threads}", *settings]

    @contextlib.contextmanager
    def neighbour(self, run):
        """A process that keeps the last of the run's processors busy."""
        if not run.beside_busy:
            yield
            return
        with subprocess.Popen([sys.executable, "-c", "while True: pass"],
                              preexec_fn=lambda: os.sched_setaffinity(0, self.processors[-1:])) as busy:
            try:
                yield
            finally:
                busy.kill()

    def run(self, run, number):
        """One run of round `number`."""
        processors = self.processors[-run.threads:]
        with self.neighbour(run):
            try:
                done = subprocess.run(self.command(run, number), env=self.environment(run), capture_output=True,
                                      text=True, timeout=SECONDS_AT_MOST, check=False,
                                      preexec_fn=lambda: os.sched_setaffinity(0, processors))
                trouble = done.stderr.strip().splitlines()[-1:] if done.returncode else []
                lines = done.stdout.splitlines()
            except subprocess.TimeoutExpired:
                trouble, lines = ["took too long"], []
        if trouble or not lines:
            self.missing[f"{run.contender}: {run.program} failed: {' '.join(trouble)}"] = None
        for line in lines:
            case, *numbers = line.split("\t")
            self.measurements.add(run, case, *map(float, numbers))

    def run_rounds(self, runs, rounds):
        runs = self.select(runs)
        if any("{model}" in run.settings for run in runs):
            subprocess.run([str(self.programs / "glia_memory"), f"save={self.model}"], check=True)
        for number in range(1, rounds + 1):
            workload = None
            for run in runs:
                if number > run.most_rounds:
                    continue
                if run.workload != workload:
                    workload = run.workload
                    print(f"round {number} of {rounds}: {workload}", file=sys.stderr, flush=True)
                self.run(run, number)

    def measure_sizes(self, runs, library):
        """Sizes of libraries, stripped, and memory less weights."""
        for run in self.select(run for run in runs if run.workload == "size"):
            file = library if run.contender == "glia" else self.library_of(run.program)
            if file is not None:
                self.measurements.add(run, "library", self.stripped_size(file))
            key = (run.workload, "memory", run.contender, run.threads)
            for value in self.measurements.values.get(key, ()):
                self.measurements.add(run, "memory less weights", value - WEIGHT_BYTES)

    def stripped_size(self, file):
        copy = self.model.with_name("stripped")
        if shutil.which("strip") is None:
            shutil.copy(file, copy)
        else:
            subprocess.run(["strip", "--strip-unneeded", "-o", str(copy), str(file)], check=True)
        return copy.stat().st_size

    def library_of(self, program):
        """The shared library that a peer's program is all about, found by the name of the peer."""
        name = {"peer_fann": "libfann", "peer_xnnpack": "libXNNPACK", "peer_onednn": "libdnnl",
                "peer_libtorch": "libtorch_cpu"}[program]
        listed = subprocess.run(["ldd", str(self.programs / program)], capture_output=True, text=True, check=False)
        for line in listed.stdout.splitlines():
            words = line.split()
            if words and words[0].startswith(name) and len(words) > 2:
                return pathlib.Path(words[2]).resolve()
        return None
