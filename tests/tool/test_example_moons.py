# SPDX-License-Identifier: MIT
"""examples/moons.c: the tutorial's run."""
import math
import re

from program_case import ProgramCase, main


class Moons(ProgramCase):
    def run_example(self, *arguments):
        """The losses of both nets by iteration, and both accuracies."""
        text = self.run_program(*arguments).stdout
        halves = text.split("A hidden layer of three")
        report = re.compile(r"^Loss after iteration (\d+): (\d+\.\d{6})$", re.M)
        losses = [[(int(at), float(loss)) for at, loss in report.findall(half)] for half in halves]
        return losses, [float(share) for share in re.findall(r"^Accuracy.*: (\S+) %$", text, re.M)]

    def check(self, losses, accuracies):
        for of_net in losses:
            self.assertEqual([at for at, _ in of_net], list(range(0, 20000, 1000)))
        # The tutorial's net ends near 0.071 and 97 %; a straight line cannot.
        self.assertLess(losses[1][-1][1], 0.09)
        self.assertGreater(losses[0][-1][1], 0.2)
        self.assertGreater(accuracies[1], 95)
        self.assertLess(accuracies[0], 92)

    def test_generated_points(self):
        self.check(*self.run_example())
        self.assert_only_files("moons.csv", "moons.glia")

    def test_points_of_a_file(self):
        rows = []
        for i in range(200):
            angle, label = math.pi * (i // 2) / 99, i % 2
            x, y = math.cos(angle), math.sin(angle)
            dx, dy = 0.2 * math.sin(12.9898 * i), 0.2 * math.sin(78.233 * i)
            rows.append((dx + (1 - x if label else x), dy + (0.5 - y if label else y), label))
        self.write("points.csv", "x1,x2,class\n" + "".join("%r,%r,%d\n" % row for row in rows))
        self.check(*self.run_example("points.csv"))
        self.assert_only_files("points.csv", "moons.glia")

    def test_missing_file_fails(self):
        self.assertIn("none.csv", self.run_program("none.csv", status=1).stderr)


if __name__ == "__main__":
    main()
