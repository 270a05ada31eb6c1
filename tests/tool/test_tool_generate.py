# SPDX-License-Identifier: MIT
"""glia generate."""
import os

from program_case import ProgramCase, main


class Generate(ProgramCase):
    def test_moons_have_header_rows_and_both_classes(self):
        self.run_program("generate", "moons", "--rows", 51, "--noise", 0.1, "--seed", 7, "-o", "moons.csv")
        lines = self.read("moons.csv").splitlines()
        self.assertEqual(lines[0], "x1,x2,class")
        self.assertEqual(len(lines), 52)
        classes = [line.split(",")[2] for line in lines[1:]]
        self.assertEqual((classes.count("0"), classes.count("1")), (25, 26))

    def test_no_noise_keeps_to_the_circles(self):
        text = self.run_program("generate", "moons", "--noise", 0).stdout
        for x, y, label in (map(float, line.split(",")) for line in text.splitlines()[1:]):
            distance = x * x + y * y if label == 0 else (1 - x) ** 2 + (0.5 - y) ** 2
            self.assertAlmostEqual(distance, 1, places=12)

    def test_defaults_are_200_rows_and_seed_0(self):
        done = self.run_program("generate", "moons")
        self.assertEqual(len(done.stdout.splitlines()), 201)
        explicit = self.run_program("generate", "moons", "--rows", 200, "--noise", 0.2, "--seed", 0)
        self.assertEqual(done.stdout, explicit.stdout)

    def test_seed_decides(self):
        first, again, other = (self.run_program("generate", "moons", "--seed", seed).stdout for seed in [5, 5, 6])
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)

    def test_output_goes_to_standard_output_or_the_file_alike(self):
        self.run_program("generate", "moons", "-o", "moons.csv")
        self.assertEqual(self.read("moons.csv"), self.run_program("generate", "moons").stdout)
        self.assertEqual(self.read("moons.csv"), self.run_program("generate", "moons", "-o", "-").stdout)
        self.assert_only_files("moons.csv")

    def test_unknown_generator_is_misuse(self):
        self.assert_misused("generate", "suns", says=["suns", "moons"])

    def test_file_that_cannot_be_written_leaves_nothing(self):
        self.assert_fails("generate", "moons", "-o", "nowhere/moons.csv", says="nowhere/moons.csv")
        os.mkdir("folder")
        self.assert_fails("generate", "moons", "-o", "folder", says="folder")
        self.assert_misused("generate", "moons", "-o", "", says="empty")
        self.assert_only_files("folder")


if __name__ == "__main__":
    main()
