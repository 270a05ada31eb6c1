# SPDX-License-Identifier: MIT
"""glia predict."""
import csv
import io
import os
import stat
import unittest

from program_case import main
from trained_case import TrainedCase


class Predict(TrainedCase):
    def predict(self, *arguments):
        text = self.run_program("predict", "model.glia", *arguments).stdout
        return list(csv.DictReader(io.StringIO(text)))

    def test_classes_and_probabilities(self):
        self.train_moons()
        rows = self.predict("moons.csv")
        self.assertEqual(len(rows), 100)
        self.assertEqual(list(rows[0]), ["class", "p_0", "p_1"])
        truth = [line[-1] for line in self.read("moons.csv").splitlines()[1:]]
        right = sum(row["class"] == label for row, label in zip(rows, truth))
        self.assertGreater(right, 90)
        for row in rows:
            self.assertAlmostEqual(float(row["p_0"]) + float(row["p_1"]), 1, places=6)
            self.assertEqual(row["class"], "1" if float(row["p_1"]) > float(row["p_0"]) else "0")

    def test_one_output_gives_both_probabilities(self):
        self.train_moons(net="dense 8 tanh, dense 1 sigmoid")
        for row in self.predict("moons.csv"):
            self.assertAlmostEqual(float(row["p_0"]) + float(row["p_1"]), 1, places=6)
            self.assertEqual(row["class"], str(int(float(row["p_1"]) >= 0.5)))

    def test_outputs_that_are_no_probabilities_are_scores(self):
        self.train_moons(net="dense 8 tanh, dense 1 tanh")
        rows = self.predict("moons.csv")
        self.assertEqual(list(rows[0]), ["class", "score_0", "score_1"])
        for row in rows:
            self.assertEqual(row["class"], str(int(float(row["score_1"]) >= 0.5)))

    def test_class_names_with_commas_and_quotes(self):
        self.train_three_classes()
        self.write("new.csv", "wide,tall\n5,0\n5,1\n5,2\n")
        rows = self.predict("new.csv")
        self.assertEqual([row["band"] for row in rows], ["low, cold", 'say "mid"', "high"])
        self.assertEqual(list(rows[0]), ["band", "p_high", "p_low, cold", 'p_say "mid"'])

    def test_target_column_and_order_of_columns_do_not_matter(self):
        self.train_moons()
        rows = [line.split(",") for line in self.read("moons.csv").splitlines()]
        self.write("mixed.csv", "".join(f"{y},{x},-\n" for x, y, _ in rows))
        self.assertEqual(self.predict("mixed.csv"), self.predict("moons.csv"))

    def test_regression_gives_the_numbers(self):
        self.train_numbers()
        self.write("new.csv", "x\n0.5\n")
        (row,) = self.predict("new.csv")
        self.assertAlmostEqual(float(row["y"]), 2.5, delta=0.3)

    def test_idx(self):
        self.train_stripes()
        rows = self.predict("images")
        self.assertEqual([row["class"] for row in rows[:5]], ["0", "1", "2", "3", "0"])

    def test_output_file_is_what_standard_output_gets(self):
        self.train_moons()
        self.run_program("predict", "model.glia", "moons.csv", "-o", "out.csv")
        self.assertEqual(self.read("out.csv"), self.run_program("predict", "model.glia", "moons.csv").stdout)
        self.assertEqual(stat.S_IMODE(os.stat("out.csv").st_mode), stat.S_IMODE(os.stat("moons.csv").st_mode))
        self.assert_only_files("model.glia", "moons.csv", "out.csv")

    def test_link_stays_one(self):
        self.train_moons()
        self.write("real.csv", "old")
        os.symlink("real.csv", "out.csv")
        self.run_program("predict", "model.glia", "moons.csv", "-o", "out.csv")
        self.assertTrue(os.path.islink("out.csv"))
        self.assertEqual(len(self.read("real.csv").splitlines()), 101)

    def test_files_that_are_read_are_not_written_over(self):
        self.train_moons()
        model, moons = self.read_bytes("model.glia"), self.read("moons.csv")
        os.symlink("moons.csv", "link.csv")
        for output in ["model.glia", "moons.csv", "./moons.csv", "link.csv"]:
            self.assert_misused("predict", "model.glia", "moons.csv", "-o", output, says=[output, "is read"])
        self.assertEqual((self.read_bytes("model.glia"), self.read("moons.csv")), (model, moons))

    def test_read_only_folder_fails(self):
        self.train_moons()
        os.mkdir("locked", 0o555)
        self.assert_fails(
            "predict", "model.glia", "moons.csv", "-o", "locked/out.csv", says=["locked", "Permission"], **self.nobody()
        )

    def nobody(self):
        """How the program runs without root's rights, since root may write to any folder."""
        if os.geteuid() != 0:
            return {}
        for name in [".", "model.glia", "moons.csv"]:
            os.chmod(name, 0o755)
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
        try:
            self.run_program("--version", **nobody)
        except PermissionError:
            self.skipTest("root may write to any folder, and nobody else may run the program here")
        return nobody

    def test_device_is_written_to_and_stays_one(self):
        self.train_moons()
        self.assert_fails("predict", "model.glia", "moons.csv", "-o", "/dev/full", says=["/dev/full", "No space"])
        os.mkfifo("pipe")
        reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
        self.run_program("predict", "model.glia", "moons.csv", "-o", "pipe")
        self.assertTrue(os.read(reader, 100).startswith(b"class,p_0,p_1\n"))
        os.close(reader)
        self.assertTrue(stat.S_ISFIFO(os.stat("pipe").st_mode))

    def test_full_disk_is_reported(self):
        self.train_moons()
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assert_fails("predict", "model.glia", "moons.csv", says="No space", stdout=full)

    def test_failure_leaves_the_old_file_and_nothing_else(self):
        self.train_moons()
        self.write("out.csv", "old")
        self.write("bad.csv", "x1,x2\n1,2\n1,two\n")
        self.assert_fails("predict", "model.glia", "bad.csv", "-o", "out.csv", says=["bad.csv:3:", "two"])
        self.assertEqual(self.read("out.csv"), "old")
        self.assert_only_files("bad.csv", "model.glia", "moons.csv", "out.csv")

    def test_folder_that_is_not_there_fails(self):
        self.train_moons()
        self.assert_fails("predict", "model.glia", "moons.csv", "-o", "nowhere/out.csv", says="nowhere")
        self.assert_misused("predict", "model.glia", "moons.csv", "-o", "", says="empty")
        self.assert_fails("predict", "model.glia", "moons.csv", "-o", "/proc/out.csv", says="/proc/out.csv")

    def test_data_that_does_not_fit_fails(self):
        self.train_moons()
        self.write("one.csv", "x1\n1\n")
        self.assert_fails("predict", "model.glia", "one.csv", says=["one.csv", "x2"])
        self.train_stripes()
        self.assert_fails("predict", "model.glia", "moons.csv", "--target", "class", says=["2", "16"])

    def test_answers_that_are_not_finite_fail(self):
        self.train_numbers()
        self.write("huge.csv", "x\n1\n3e38\n")
        self.assert_fails("predict", "model.glia", "huge.csv", says=["huge.csv", "row 2"])


if __name__ == "__main__":
    main()
