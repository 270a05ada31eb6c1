# SPDX-License-Identifier: MIT
"""What the tests of programs share: a folder of their own, running the program, data files in many forms."""
import gzip
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1))


class ProgramCase(unittest.TestCase):
    """Each test runs in an empty folder, which is gone afterwards."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def run_program(self, *arguments, status=0, **options):
        """Run the program and check its exit status."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "timeout": 120, **options}
        done = subprocess.run([PROGRAM, *map(str, arguments)], check=False, **options)
        self.assertEqual(done.returncode, status, f"{arguments}: {done.stderr}")
        return done

    def assert_fails(self, *arguments, says=(), **options):
        """The files or the system are at fault: status 1 and a message."""
        return self.assert_refused(1, arguments, says, options)

    def assert_misused(self, *arguments, says=(), **options):
        """The command line is at fault: status 2, a message, and where to read more."""
        done = self.assert_refused(2, arguments, says, options)
        self.assertIn("--help", done.stderr)
        return done

    def assert_refused(self, status, arguments, says, options):
        done = self.run_program(*arguments, status=status, **options)
        if done.stdout is not None:
            self.assertEqual(done.stdout, "")
        for words in [says] if isinstance(says, str) else says:
            self.assertIn(words, done.stderr)
        self.assertTrue(done.stderr.startswith("glia"), done.stderr)
        return done

    def write(self, name, text):
        pathlib.Path(name).write_text(text, encoding="utf-8")
        return name

    def read(self, name):
        return pathlib.Path(name).read_text(encoding="utf-8")

    def read_bytes(self, name):
        return pathlib.Path(name).read_bytes()

    def assert_only_files(self, *names):
        """Nothing else was left behind."""
        self.assertEqual(sorted(os.listdir()), sorted(names))


def write_idx(name, shape, values, compress=False):
    """An IDX file of unsigned bytes."""
    content = struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape) + bytes(values)
    pathlib.Path(name).write_bytes(gzip.compress(content) if compress else content)


def write_stripes(images, labels, rows=60, side=4, compress=False):
    """Pictures of one bright line, whose place is the class: easy to learn."""
    pixels = []
    for row in range(rows):
        pixels += [255 if at // side == row % side else row % 7 for at in range(side * side)]
    write_idx(images, (rows, side, side), pixels, compress)
    write_idx(labels, (rows,), [row % side for row in range(rows)], compress)


def main():
    unittest.main(verbosity=1)
