# SPDX-License-Identifier: MIT
"""The manual pages tell what the tool does: a page for each command, with the options that --help has and no others,
and examples that run.

    test_man.py INSTALLED SCRATCH

INSTALLED is where glia is installed, SCRATCH a folder for what the examples make.
"""
import os
import pathlib
import re
import sys
import unittest

import test_snippets
from markdown import Page

MAN = test_snippets.ROOT / "docs" / "man"
INSTALLED, SCRATCH = map(os.path.abspath, sys.argv[1:3])
COMMAND_LINE = re.compile(r"^  ([a-z]+)   ", re.M)
HELP_OPTION = re.compile(r"^ +(?:(-\w), )?(--[a-z-]+)", re.M)
PAGE_OPTION = re.compile(r"^(?:\*(-\w)\*, )?\*(--[a-z-]+)\*", re.M)


def runner_for(page):
    return test_snippets.Runner(page, INSTALLED, os.path.join(SCRATCH, page.path.stem))


class Manual(unittest.TestCase):
    def setUp(self):
        self.pages = {path.name.removesuffix(".1.scd"): Page(path) for path in MAN.glob("*.scd")}
        self.runner = runner_for(self.pages["glia"])

    def help_of(self, *command):
        return self.runner.call(["glia", *command, "--help"])

    def options_of(self, *command):
        """The options of a command, and of its own commands where it has some."""
        text = self.help_of(*command)
        found = set(HELP_OPTION.findall(text))
        for name in COMMAND_LINE.findall(text):
            found |= self.options_of(*command, name)
        return found

    def test_every_command_has_a_page(self):
        names = COMMAND_LINE.findall(self.help_of())
        self.assertEqual(set(self.pages), {"glia", *(f"glia-{name}" for name in names)})
        overview = self.pages["glia"].path.read_text(encoding="utf-8")
        for name in names:
            self.assertIn(f"*glia-{name}*(1)", overview)

    def test_pages_have_the_options_of_help(self):
        for name in COMMAND_LINE.findall(self.help_of()):
            page = self.pages[f"glia-{name}"].path.read_text(encoding="utf-8")
            options = page.partition("# OPTIONS")[2].partition("\n# ")[0]
            self.assertEqual(set(PAGE_OPTION.findall(options)), self.options_of(name), name)

    def test_examples_run(self):
        for name, page in self.pages.items():
            self.assertTrue(page.blocks, name)
            runner = runner_for(page)
            for block in page.blocks:
                with self.subTest(page=name, line=block.line):
                    try:
                        runner.run_sh(block)
                    except test_snippets.Missing as what:
                        print(f"{page.path}:{block.line}: not run without {what}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
