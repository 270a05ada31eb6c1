# SPDX-License-Identifier: MIT
"""What a page shows is true: every fenced block of it is run, in their order and in one folder, with what is installed.

    test_snippets.py PAGE INSTALLED SCRATCH

PAGE is a path from the root of the tree, INSTALLED where glia is installed, SCRATCH the folder. What a block is written
in says what becomes of it:

    c       with a `main`: a program, compiled with every warning an error, and run; else a fragment, which stands in
            fragment.c.in
    cpp     a program of C++17, likewise
    sh      run by the shell. The compiler, CMake and pkg-config find glia, its tool is on the PATH, and the folder
            `glia` is its source; CONTRIBUTING.md is for those who are in that folder, and has a copy of its headers
    python  run by Python, which finds examples/python/glia.py
    cmake   a CMakeLists.txt, configured and built
    json    read
    text    the output of the block before it; `...` alone on a line stands for any lines, and numbers with a decimal
            point may differ by a hundredth of them or one in the last digit, since processors round differently

A first line such as `/* xor.c */` or `# xor.py` names the file that the block is, and blocks behind it may use the
file; `/* xor.c, with data.c */` is compiled with another that is there already. A comment `<!-- not run: why -->` right
above a fence is the only way around, and the test prints the reason. Code may not be shown by indentation. If a block
takes what is not installed, the others are run all the same; the answer is then 77, which ctest counts as skipped.
"""
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from markdown import Page, Refused

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
TIMEOUT_SECONDS = 280
FILE_NAME = re.compile(r"^(?:/\*|//|#) (?P<name>[\w.-]+\.\w+)(?:, with (?P<other>[\w.-]+\.c))?(?: \*/)?$")
HAS_MAIN = re.compile(r"^int main\(", re.M)
DECIMAL = re.compile(r"(-?\b\d+\.\d+(?:e[+-]?\d+)?\b)")
TOLERANCE = 0.01
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
LIBRARIES = ["-lglia-io", "-lglia", "-lm", "-lpthread"]

NEEDS = {"glia plot": ("gnuplot", "gnuplot-nox"), "pkg-config": ("pkg-config", "pkg-config")}  # of a shell, by words


class Failed(Exception):
    """A block is not as the page says."""


class Missing(Exception):
    """A block takes something that is not installed here."""


class Runner:
    """Runs the blocks of a page."""

    def __init__(self, page, installed, folder):
        self.page = page
        self.folder = pathlib.Path(folder)
        self.environment = environment(pathlib.Path(installed))
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / "glia").symlink_to(ROOT)
        if page.path.name == "CONTRIBUTING.md":
            for name in ["bindings", "cmake", "include"]:
                shutil.copytree(ROOT / name, self.folder / name)

    def run(self, block):
        """What the block prints."""
        kind = getattr(self, f"run_{block.language}", None)
        if kind is None:
            raise Failed(f"what is a block of {block.language or 'nothing'}?")
        return kind(block)

    def call(self, command, errors=None):
        """What the command prints; the test fails with it if the command does."""
        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors or subprocess.PIPE,
                text=True,
                errors="replace",
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except FileNotFoundError as error:
            raise Missing(command[0]) from error
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{command}: still running after {TIMEOUT_SECONDS} seconds") from error
        if done.returncode != 0:
            raise Failed(f"{done.stdout}{done.stderr or ''}{' '.join(map(str, command))}: {done.returncode}")
        return done.stdout

    def write(self, block, ending, text=None):
        """The names of the file that the block names or that is named for its line, now written, and of the others."""
        match = FILE_NAME.match(block.lines[0]) if block.lines else None
        name = match["name"] if match else f"line{block.line}{ending}"
        (self.folder / name).write_text(text or block.text, encoding="utf-8")
        return [name, match["other"]] if match and match["other"] else [name]

    def compile_and_run(self, compiler, sources):
        program = self.folder / f"{sources[0]}.program"
        self.call([*compiler, *WARNINGS, *sources, "-o", program.name, *LIBRARIES])
        return self.call([program])

    def run_c(self, block):
        text = block.text
        if HAS_MAIN.search(text) is None:
            frame = (HERE / "fragment.c.in").read_text(encoding="utf-8")
            text = frame.replace("FRAGMENT\n", f'#line {block.line} "{self.page.path.name}"\n{text}')
        compiler = [self.environment["CC"], "-std=c11", "-D_POSIX_C_SOURCE=200809L"]
        return self.compile_and_run(compiler, self.write(block, ".c", text))

    def run_cpp(self, block):
        return self.compile_and_run([self.environment["CXX"], "-std=c++17"], self.write(block, ".cpp"))

    def run_sh(self, block):
        for words, (program, package) in NEEDS.items():
            if words in block.text and shutil.which(program) is None:
                raise Missing(f"{program} (Debian: {package})")
        return self.call(["sh", "-eu", *self.write(block, ".sh")], errors=subprocess.STDOUT)

    def run_python(self, block):
        if "import glia" in block.text and not has_numpy(self.environment):
            raise Missing("NumPy (Debian: python3-numpy)")
        return self.call([sys.executable, "-B", "-W", "error", *self.write(block, ".py")])

    def run_cmake(self, block):
        (self.folder / "CMakeLists.txt").write_text(block.text, encoding="utf-8")
        build = f"build-line{block.line}"
        self.call(["cmake", "-S", ".", "-B", build])
        self.call(["cmake", "--build", build])
        return ""

    def run_json(self, block):
        try:
            json.loads(block.text)
        except ValueError as error:
            raise Failed(error) from error
        return ""


def environment(installed):
    """How the machine would look if glia were installed for all."""
    lib = next(installed.rglob("libglia.so")).parent
    return {
        **os.environ,
        "CC": os.environ.get("CC") or "cc",
        "CXX": os.environ.get("CXX") or "c++",
        "PATH": f"{installed}/bin:{os.environ['PATH']}",
        "CPATH": f"{installed}/include",
        "LIBRARY_PATH": str(lib),
        "LD_LIBRARY_PATH": str(lib),
        "PKG_CONFIG_PATH": str(lib / "pkgconfig"),
        "CMAKE_PREFIX_PATH": str(installed),
        "PYTHONPATH": str(ROOT / "examples" / "python"),
        "GLIA_LIBRARY": str(lib / "libglia.so"),
        "LC_ALL": "C.UTF-8",
    }


def has_numpy(variables):
    command = [sys.executable, "-c", "import numpy"]
    return subprocess.run(command, env=variables, capture_output=True, check=False).returncode == 0


def expectation(text):
    """A pattern for the text of an output, in which numbers with a decimal point are groups; and these numbers."""
    parts, numbers = [], []
    for line in text.splitlines():
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
            continue
        for piece in DECIMAL.split(line.rstrip()):
            is_number = DECIMAL.fullmatch(piece) is not None
            parts.append(DECIMAL.pattern if is_number else re.escape(piece))
            numbers += [piece] if is_number else []
        parts.append(r"[ \t]*\n")
    return re.compile("".join(parts)), numbers


def is_close(shown, printed):
    """Whether two numbers are the same but for rounding."""
    digits, _, exponent = shown.partition("e")
    last_digit = 10.0 ** (int(exponent or 0) - len(digits.partition(".")[2]))
    shown, printed = float(shown), float(printed)
    return abs(shown - printed) <= max(TOLERANCE * abs(shown), 1.01 * last_digit)


def compare(shown, printed):
    if printed and not printed.endswith("\n"):
        printed += "\n"
    pattern, numbers = expectation(shown)
    match = pattern.fullmatch(printed)
    if match is None or not all(map(is_close, numbers, match.groups())):
        lines = difflib.unified_diff(shown.splitlines(), printed.splitlines(), "shown", "printed", lineterm="")
        raise Failed("\n".join(lines))


def test(runner):
    """Run every block; how many were run, and what went wrong or was missing, as (line, text)."""
    failures, missing, count, printed = [], [], 0, None
    for line in runner.page.indented_code():
        failures.append((line, "code without a fence, which no test runs"))
    for block in runner.page.blocks:
        if block.not_run is not None:
            print(f"{runner.page.path}:{block.line}: not run: {block.not_run}")
            printed = None
            continue
        try:
            if block.language != "text":
                printed = None
                printed = runner.run(block)
            elif printed is None:
                raise Failed("the output of nothing: the block before it was not run")
            else:
                compare(block.text, printed)
            count += 1
        except Failed as failure:
            failures.append((block.line, failure))
        except Missing as what:
            missing.append((block.line, what))
    return count, failures, missing


def main():
    name, installed, scratch = sys.argv[1:]
    try:
        page = Page(ROOT / name)
    except Refused as refusal:
        sys.exit(str(refusal))
    count, failures, missing = test(Runner(page, os.path.abspath(installed), os.path.abspath(scratch)))
    for line, what in failures:
        print(f"{page.path}:{line}: {what}")
    for line, what in missing:
        print(f"{page.path}:{line}: not run without {what}")
    print(f"{count} of {len(page.blocks)} blocks are as shown")
    sys.exit(1 if failures else SKIPPED if missing else 0)


if __name__ == "__main__":
    main()
