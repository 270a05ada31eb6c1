# SPDX-License-Identifier: MIT
"""The picture of the rooms in docs/architecture.md shows the includes as they are."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "docs"))

import rooms


class Rooms(unittest.TestCase):
    def test_picture_is_that_of_today(self):
        drawn = subprocess.run([sys.executable, "-B", ROOT / "docs/rooms.py"], check=True, capture_output=True).stdout
        is_same = (ROOT / "docs/images/rooms.svg").read_bytes() == drawn
        self.assertTrue(is_same, "docs/rooms.py > docs/images/rooms.svg draws it anew")

    def test_arrows_are_the_includes_between_rooms(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            for path, text in {
                "include/glia/glia.h": "#include <stdint.h>\n",
                "lib/base/size.h": "",
                "lib/net/x86/dense.c": '#include "base/size.h"\n  # include "net/layer.h"\n#include "../layer.h"\n',
                "lib/net/layer.h": "/* no #include */\n#include <size.h>\n",
                "src/main.c": "#include <glia/glia.h>\n",
                "src/notes.txt": '#include "../lib/base/size.h"\n',
            }.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            self.assertEqual(rooms.arrows(root), [("lib/net", "lib/base"), ("src", "include/glia")])

    def test_each_arrow_is_drawn(self):
        pairs = rooms.arrows(rooms.ROOT)
        self.assertIn(("lib/model", "lib/train"), pairs)
        self.assertEqual(rooms.draw(pairs).count("<path class="), len(pairs))


if __name__ == "__main__":
    unittest.main()
