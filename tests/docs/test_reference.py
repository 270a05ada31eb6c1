# SPDX-License-Identifier: MIT
"""docs/reference.md names every public call once, and nothing that is not there."""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Reference(unittest.TestCase):
    def test_every_call_has_its_line(self):
        interface = json.loads((ROOT / "bindings/api.json").read_text(encoding="utf-8"))
        calls = [call["name"] for call in interface["calls"] if not call["name"].startswith("glia64_")]
        text = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
        self.assertCountEqual(re.findall(r"^\| `(\w+)` \|", text, re.M), calls)


if __name__ == "__main__":
    unittest.main()
