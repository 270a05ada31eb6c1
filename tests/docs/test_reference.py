# SPDX-License-Identifier: MIT
"""What is to be complete is: docs/reference.md names every public call, docs/layout.xml every page."""
import json
import pathlib
import re
import unittest

from markdown import pages

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


class Complete(unittest.TestCase):
    def test_every_call_has_its_line_in_the_reference(self):
        calls = [call["name"] for call in json.loads(read("bindings/api.json"))["calls"]]
        calls = [name for name in calls if not name.startswith("glia64_")]
        self.assertCountEqual(re.findall(r"^\| `(\w+)` \|", read("docs/reference.md"), re.M), calls)

    def test_every_page_is_in_the_tree_that_the_html_shows(self):
        titles = [read(name).partition("\n")[0].removeprefix("# ") for name in pages(ROOT) if name != "README.md"]
        places = {"page_" + re.sub("[^A-Za-z]", "_", title) for title in titles}  # as pages.sed names them
        self.assertEqual(len(places), len(titles), "two pages of one title")
        self.assertEqual(set(re.findall(r"@ref (page_\w+)", read("docs/layout.xml"))), places)


if __name__ == "__main__":
    unittest.main()
