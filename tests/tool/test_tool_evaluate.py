# SPDX-License-Identifier: MIT
"""glia evaluate."""
import json

from program_case import main
from trained_case import TrainedCase


class Evaluate(TrainedCase):
    def evaluate_json(self, *arguments):
        return json.loads(self.run_program("evaluate", "model.glia", *arguments, "--json").stdout)

    def test_json_is_one_object_and_nothing_else(self):
        self.train_moons()
        done = self.run_program("evaluate", "model.glia", "moons.csv", "--json")
        self.assertEqual(done.stderr, "")
        self.assertEqual(done.stdout.count("\n"), 1)
        found = json.loads(done.stdout)
        self.assertEqual(set(found), {"loss", "accuracy", "rows"})
        self.assertEqual(found["rows"], 100)
        self.assertGreater(found["accuracy"], 0.9)
        self.assertGreater(found["loss"], 0)

    def test_table_says_the_same(self):
        self.train_moons()
        found = self.evaluate_json("moons.csv")
        table = self.run_program("evaluate", "model.glia", "moons.csv").stdout
        self.assertRegex(table, r"(?m)^rows +100$")
        self.assertIn(f"{100 * found['accuracy']:.2f} %", table)
        self.assertIn(f"{found['loss']:.6g}", table)

    def test_columns_may_stand_in_any_order_among_others(self):
        self.train_moons()
        rows = [line.split(",") for line in self.read("moons.csv").splitlines()]
        self.write("mixed.csv", "".join(f"{c},text,{y},{x}\n" for x, y, c in rows))
        self.assertEqual(self.evaluate_json("mixed.csv"), self.evaluate_json("moons.csv"))

    def test_regression_has_errors_instead_of_accuracy(self):
        self.train_numbers()
        found = self.evaluate_json("numbers.csv")
        self.assertIsNone(found["accuracy"])
        self.assertEqual(found["rows"], 50)
        self.assertLess(found["mse"], 0.1)
        self.assertAlmostEqual(found["loss"] / found["mse"], 1, delta=1e-6)  # one is computed in float, one in double
        self.assertRegex(self.run_program("evaluate", "model.glia", "numbers.csv").stdout, r"(?m)^mae ")

    def test_idx_plain_and_gzip(self):
        for compress in [False, True]:
            self.train_stripes(compress)
            self.assertEqual(self.evaluate_json("images", "--labels", "labels")["accuracy"], 1)

    def test_idx_without_labels_is_misuse(self):
        self.train_stripes()
        self.assert_misused("evaluate", "model.glia", "images", says="--labels")

    def test_data_without_the_target_fails(self):
        self.train_moons()
        self.write("blind.csv", "x1,x2\n1,2\n")
        self.assert_fails("evaluate", "model.glia", "blind.csv", says=["blind.csv", "class"])

    def test_unknown_class_fails(self):
        self.train_moons()
        self.write("strange.csv", "x1,x2,class\n1,2,7\n")
        self.assert_fails("evaluate", "model.glia", "strange.csv", says=["strange.csv:2:", "7"])

    def test_data_of_another_kind_fails(self):
        self.train_stripes()
        self.write("pixels.csv", ",".join(f"p{i}" for i in range(16)) + ",class\n" + "255," * 16 + "1\n")
        self.assert_fails("evaluate", "model.glia", "pixels.csv", "--target", "class", says="model.glia by 255")

    def test_damaged_and_missing_files_fail(self):
        self.train_moons()
        self.assert_fails("evaluate", "none.glia", "moons.csv", says="none.glia")
        self.assert_fails("evaluate", "model.glia", "none.csv", says="none.csv")
        self.damage("model.glia")
        self.assert_fails("evaluate", "model.glia", "moons.csv", "--json", says="model.glia")

    def test_full_disk_is_reported(self):
        self.train_moons()
        for options in [[], ["--json"]]:
            with open("/dev/full", "w", encoding="utf-8") as full:
                self.assert_fails("evaluate", "model.glia", "moons.csv", *options, says="No space", stdout=full)


if __name__ == "__main__":
    main()
