# SPDX-License-Identifier: MIT
"""examples/fashion_mnist.c on a few made-up pictures of the same form."""
import re

from program_case import ProgramCase, main, write_idx


def write_pictures(part, rows):
    """Ten kinds of pictures: a bright band at a height of its own."""
    pixels = []
    for row in range(rows):
        pixels += [200 if at // 28 // 2 == row % 10 else (at * row) % 30 for at in range(784)]
    write_idx(f"{part}-images-idx3-ubyte.gz", (rows, 28, 28), pixels, compress=True)
    write_idx(f"{part}-labels-idx1-ubyte.gz", (rows,), [row % 10 for row in range(rows)], compress=True)


class FashionMnist(ProgramCase):
    def test_learns_saves_and_loads(self):
        write_pictures("train", 1000)
        write_pictures("t10k", 50)
        text = self.run_program(".").stdout
        self.assertEqual(re.findall(r"^epoch (\d+): loss ", text, re.M), [str(i) for i in range(1, 11)])
        before, after = re.findall(r"accuracy.*: (\S+) %", text)
        self.assertEqual(before, after)
        self.assertGreater(float(before), 90)

    def test_missing_folder_fails(self):
        self.assertIn("nowhere", self.run_program("nowhere", status=1).stderr)


if __name__ == "__main__":
    main()
