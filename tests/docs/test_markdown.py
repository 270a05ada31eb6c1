# SPDX-License-Identifier: MIT
"""The tests of the documentation see what they are to see: nothing that a page shows is passed over, nothing wrong is
taken for right."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import test_snippets
from markdown import Page, Refused

HERE = pathlib.Path(__file__).resolve().parent


class OnePage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def write(self, text, name="page.md"):
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def page(self, text):
        return Page(self.write(text))


class Blocks(OnePage):
    def test_blocks_have_language_text_and_line(self):
        page = self.page("Words.\n\n```c\nint x;\n```\n\n- item\n\n  ```sh\n  true\n    false\n  ```\n")
        found = [(block.language, block.text, block.line) for block in page.blocks]
        self.assertEqual(found, [("c", "int x;\n", 4), ("sh", "true\n  false\n", 10)])

    def test_reason_belongs_to_the_next_fence_only(self):
        page = self.page("<!-- not run: it is slow -->\n```sh\na\n```\n```sh\nb\n```\n")
        self.assertEqual([block.not_run for block in page.blocks], ["it is slow", None])

    def test_what_no_test_would_look_at_is_refused(self):
        for text in (
            "```c\nint x;\n",
            "```c hidden\nint x;\n```\n",
            "<!-- not run: why -->\n\n```c\nint x;\n```\n",
            "  ```sh\n  true\nfalse\n  ```\n",
        ):
            with self.assertRaises(Refused, msg=text):
                self.page(text)

    def test_indented_code_is_found_and_lists_are_not(self):
        text = "Words.\n\n    code;\n    more;\n\n- item\n\n    still the item\n\nWords\n    that go on\n\n    code;\n"
        self.assertEqual(list(self.page(text).indented_code()), [3, 13])

    def test_links_are_found_but_in_code(self):
        text = "[a](one.md) `[b](two.md)` ![c](three.png \"title\")\n\n[d]: four.md\n\n```c\na[0](five);\n```\n"
        page = self.page(text)
        self.assertEqual([target for _, target in page.links()], ["one.md", "three.png", "four.md"])

    def test_link_over_two_lines_is_refused(self):
        with self.assertRaises(Refused):
            list(self.page("A [link\nto](one.md) it.\n").links())

    def test_anchors_are_those_of_the_headings(self):
        page = self.page("# One call, `two` threads\n\n## What?\n\n## What?\n")
        self.assertEqual(page.anchors(), {"one-call-two-threads", "what", "what-1"})


class Links(OnePage):
    def follow(self, *arguments):
        command = [sys.executable, "-B", HERE / "test_links.py", self.root, *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True).stderr

    def test_links_that_lead_nowhere_are_told(self):
        self.write("# Here\n\n[a](page.md#here) [b](gone.md) [c](page.md#there) [d](../out.md) [e](https://x.org/y)\n")
        complaints = self.follow()
        for target in ("gone.md", "page.md#there", "../out.md"):
            self.assertIn(target, complaints)
        self.assertEqual(len(complaints.splitlines()), 3)

    def test_pages_that_nobody_finds_or_tests_are_told(self):
        (self.root / "docs").mkdir()
        self.write("Words.\n")
        self.write("```sh\ntrue\n```\n", "docs/lost.md")
        self.assertIn("docs/lost.md cannot be reached", self.follow("--from", "page.md"))
        self.assertIn("docs/lost.md: tests/docs/CMakeLists.txt lacks it", self.follow("--tested", "page.md"))


class Comparing(unittest.TestCase):
    def assert_same(self, shown, printed):
        test_snippets.compare(shown, printed)

    def assert_other(self, shown, printed):
        with self.assertRaises(test_snippets.Failed, msg=f"{shown!r} {printed!r}"):
            test_snippets.compare(shown, printed)

    def test_text_is_the_same_to_the_letter(self):
        self.assert_same("one\ntwo\n", "one\ntwo")
        self.assert_same("one \n", "one\n")
        self.assert_other("one\n", "one\ntwo\n")
        self.assert_other("one.\n", "ones\n")
        self.assert_other("", "one\n")

    def test_dots_stand_for_lines(self):
        self.assert_same("one\n...\nfour\n", "one\ntwo\nthree\nfour\n")
        self.assert_same("...\n", "")
        self.assert_other("one\n...\nfour\n", "one\ntwo\n")

    def test_decimals_may_be_rounded_and_whole_numbers_not(self):
        self.assert_same("loss 0.123456\n", "loss 0.123999\n")
        self.assert_same("loss 0.01\n", "loss 0.02\n")
        self.assert_other("loss 0.12\n", "loss 0.14\n")
        self.assert_other("loss 0.123456\n", "loss 0.125\n")
        self.assert_other("97 of 100\n", "96 of 100\n")


class Running(OnePage):
    def run_page(self, text):
        """The failures of a page, as lines; nothing is installed."""
        runner = test_snippets.Runner.__new__(test_snippets.Runner)
        runner.page, runner.folder = self.page(text), self.root
        runner.environment = {"PATH": "/usr/bin:/bin"}
        return [line for line, _ in test_snippets.test(runner)[1]]

    def test_right_page_passes(self):
        self.assertEqual(self.run_page("```sh\necho a\n```\n\nprints\n\n```text\na\n```\n\n```json\n{}\n```\n"), [])

    def test_each_wrong_block_is_told(self):
        for text, line in (
            ("```sh\necho a\n```\n```text\nb\n```\n", 5),
            ("```text\nb\n```\n", 2),
            ("```sh\nfalse\n```\n", 2),
            ("```json\n{\n```\n", 2),
            ("```basic\n10 GOTO 10\n```\n", 2),
            ("```\nwords\n```\n", 2),
            ("Words.\n\n    code\n", 3),
            ("<!-- not run: why -->\n```sh\necho a\n```\n```text\na\n```\n", 6),
        ):
            self.assertEqual(self.run_page(text), [line], text)


if __name__ == "__main__":
    unittest.main()
