# SPDX-License-Identifier: MIT
"""glia in other languages: a program of each trains, saves, loads and predicts with what is installed, and its numbers
are those of the C program, bit for bit.

    test_ffi.py LANGUAGE INSTALLED SCRATCH

INSTALLED is where glia is installed, SCRATCH a folder for what the languages make. `c` goes first: it writes what the
others are compared with. Tools are found on the PATH; without them the answer is 77, which ctest counts as skipped.
Compilers of C and C++ may be named by CC and CXX.
"""
import os
import pathlib
import shlex
import shutil
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIPPED = 77
DEFAULT_COMPILERS = {"CC": "cc", "CXX": "c++"}


class Language:
    """How a language runs its program.

    steps         commands, the last of which prints; {names} are those of Run.names
    needs         programs, each with the package of Debian and Ubuntu that brings it
    source        the program, in this folder unless it is a path from the root
    declarations  the file that bindings/declare.py fills; a language that reads the C headers has none
    """

    def __init__(self, steps, needs, source, declarations=None):
        self.steps = steps
        self.needs = needs
        self.source = source
        self.declarations = declarations


C_FLAGS = "-Wall -Wextra -Wpedantic -Werror -I{include} -L{lib}"
LIBRARIES = "-lglia-io -lglia"
LANGUAGES = {
    "c": Language(
        [f"{{CC}} -std=c11 {C_FLAGS} moons_in_c.c declarations.c {LIBRARIES} -o moons", "./moons"],
        {},
        "moons_in_c.c",
        "declarations.c",
    ),
    "cxx": Language(
        [f"{{CXX}} -std=c++17 {C_FLAGS} moons.cpp {LIBRARIES} -o moons", "./moons"],
        {"{CXX}": "g++"},
        "examples/moons.cpp",
    ),
    "ctypes": Language(["{python} -B -W error moons_in_ctypes.py"], {}, "moons_in_ctypes.py", "glia_ctypes.py"),
    "lua": Language(["luajit moons_in_lua.lua"], {"luajit": "luajit"}, "moons_in_lua.lua", "glia.lua"),
    "ruby": Language(["ruby -w moons_in_ruby.rb"], {"ruby": "ruby"}, "moons_in_ruby.rb", "glia.rb"),
    "node": Language(["node moons_in_node.js"], {"node": "nodejs"}, "moons_in_node.js", "glia.js"),
    "rust": Language(
        ["rustc --edition 2018 -D warnings -L {lib} moons_in_rust.rs -o moons", "./moons"],
        {"rustc": "rustc"},
        "moons_in_rust.rs",
        "glia.rs",
    ),
    "go": Language(["go build -o moons moons_in_go.go", "./moons"], {"go": "golang", "gcc": "gcc"}, "moons_in_go.go"),
    "fortran": Language(
        [f"gfortran -std=f2018 -L{{lib}} glia.f90 moons_in_fortran.f90 {LIBRARIES} -o moons", "./moons"],
        {"gfortran": "gfortran"},
        "moons_in_fortran.f90",
        "glia.f90",
    ),
}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


class Run:
    """One language's program, in a folder of its own."""

    def __init__(self, name, installed, scratch):
        self.name = name
        self.language = LANGUAGES[name]
        self.folder = pathlib.Path(scratch) / name
        lib = next(pathlib.Path(installed).rglob("libglia.so")).parent
        self.names = {"include": f"{installed}/include", "lib": lib, "python": sys.executable}
        for variable, default in DEFAULT_COMPILERS.items():
            self.names[variable] = os.environ.get(variable) or default
        self.environment = {
            **os.environ,
            "LD_LIBRARY_PATH": str(lib),
            "CGO_CFLAGS": f"-I{installed}/include",
            "CGO_LDFLAGS": f"-L{lib} {LIBRARIES}",
            "GOCACHE": str(self.folder / "go-cache"),
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GO111MODULE": "off",
        }

    def find_tools(self):
        for tool, package in self.language.needs.items():
            tool = tool.format(**self.names)
            if shutil.which(tool) is None:
                skip(f"{tool} is not installed (Debian: {package})")
        if self.name == "node" and self.call("node -e 'require(\"koffi\")'", stderr=subprocess.DEVNULL).returncode != 0:
            skip("node does not find koffi: npm install koffi, and NODE_PATH names its node_modules")

    def prepare(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        source = self.language.source
        shutil.copy(ROOT / source if "/" in source else HERE / source, self.folder)
        if self.language.declarations:
            declare = [sys.executable, "-B", str(ROOT / "bindings" / "declare.py"), self.name]
            with open(self.folder / self.language.declarations, "wb") as file:
                subprocess.run(declare, check=True, stdout=file)

    def call(self, command, **options):
        words = shlex.split(command.format(**self.names))
        return subprocess.run(words, check=False, cwd=self.folder, env=self.environment, **options)

    def output(self):
        """What the program prints; the test fails with it if the program does."""
        for step in self.language.steps:
            done = self.call(step, stdout=subprocess.PIPE, text=True)
            if done.returncode != 0:
                sys.exit(f"{done.stdout}{step}: {done.returncode}")
        return done.stdout


def meaning(line):
    """A line as it is compared: numbers as what they are read as, those of a row as float."""
    key, *words = line.split()
    if key == "row":
        return key, [struct.pack("<f", float(word)) for word in words]
    if key in ("loss", "accuracy"):
        return key, [struct.pack("<d", float(word)) for word in words]
    return key, words


def meanings(text, knows_declarations):
    lines = map(meaning, text.splitlines())
    return [line for line in lines if knows_declarations or line[0] not in ("layout", "calls")]


def compare(actual, expected, knows_declarations):
    actual, expected = meanings(actual, knows_declarations), meanings(expected, knows_declarations)
    for ours, theirs in zip(actual, expected):
        if ours != theirs:
            sys.exit(f"{ours} should be {theirs}")
    if len(actual) != len(expected):
        sys.exit(f"{len(actual)} lines should be {len(expected)}")
    print(f"{len(actual)} lines are those of C")


def main():
    name, installed, scratch = sys.argv[1:]
    run = Run(name, os.path.abspath(installed), os.path.abspath(scratch))
    run.prepare()
    run.find_tools()
    output = run.output()
    expected = pathlib.Path(scratch) / "expected.txt"
    if name == "c":
        expected.write_text(output, encoding="utf-8")
    else:
        compare(output, expected.read_text(encoding="utf-8"), run.language.declarations is not None)


if __name__ == "__main__":
    main()
