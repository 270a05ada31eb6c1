# SPDX-License-Identifier: MIT
"""Tests of what becomes of measurements: ratios, bars, tables, the blocks of a document."""
import pathlib
import tempfile
import unittest

import plan
import report
import tables
from running import Measurements


def measured(*items):
    made = Measurements()
    for workload, case, contender, *numbers in items:
        for kind, rounds in zip((made.values, made.best, made.limits), numbers):
            kind[(workload, case, contender, 1)] = rounds
    return made


RATE = plan.Row("rate", "fashion", ("batch 128",), (plan.Bar(0.9),))
TIME = plan.Row("time", "predict", ("2-3-2 by 1",), (plan.Bar(2.5),))


class ReportTest(unittest.TestCase):
    def test_rate_below_its_bar_is_not_reached(self):
        row = tables.row_of(measured(("fashion", "batch 128", "glia", [80e3]),
                                     ("fashion", "batch 128", "limit", [100e3])), RATE)
        self.assertEqual(tables.bar_lines([row])[0][2:], ("100", "–", "80", "0.80", "0.80", "0.9", "no"))

    def test_time_below_its_bar_is_reached(self):
        row = tables.row_of(measured(("predict", "2-3-2 by 1", "glia", [20]),
                                     ("predict", "2-3-2 by 1", "limit", [10])), TIME)
        self.assertEqual(tables.bar_lines([row])[0][2:], ("10", "–", "20", "2.00", "2.00", "at most 2.5", "yes"))

    def test_ratio_is_the_median_of_those_of_the_rounds(self):
        row = tables.row_of(measured(("fashion", "batch 128", "glia", [90, 50, 95]),
                                     ("fashion", "batch 128", "limit", [100, 50, 100])), RATE)
        self.assertAlmostEqual(row["bars"][0]["value"], 0.95)

    def test_best_samples_are_those_of_each(self):
        rate = tables.row_of(measured(("fashion", "batch 128", "glia", [80, 40, 85], [90, 60, 95]),
                                      ("fashion", "batch 128", "limit", [100, 50, 80], [100, 60, 90])), RATE)
        time = tables.row_of(measured(("predict", "2-3-2 by 1", "glia", [30, 28], [29, 20]),
                                      ("predict", "2-3-2 by 1", "limit", [10, 16])), TIME)
        self.assertEqual((tables.best_text(rate), tables.best_text(time)), ("0.95", "2.00"))
        self.assertEqual((tables.reached_text(rate), tables.reached_text(time)), ("by the best samples", "yes"))

    def test_row_whose_best_samples_miss_the_bar_is_not_reached(self):
        row = tables.row_of(measured(("fashion", "batch 128", "glia", [80], [85]),
                                     ("fashion", "batch 128", "limit", [100], [100])), RATE)
        self.assertEqual(tables.reached_text(row), "no")

    def test_limit_measured_beside_counts(self):
        row = tables.row_of(measured(("gemm", "forward 1x1x1", "glia", [90.0], [96.0], [100.0])),
                            plan.Row("product", "gemm", ("forward 1x1x1",), (plan.Bar(0.94),)))
        self.assertEqual(tables.bar_lines([row])[0][2:], ("100", "–", "90", "0.90", "0.96", "0.94", "by the best samples"))

    def test_best_limit_and_best_peer_are_shown(self):
        rates = {"glia": 95e3, "limit, a": 90e3, "limit, b": 100e3, "one": 20e3, "two": 30e3}
        row = tables.row_of(measured(*(("fashion", "batch 128", name, [rate]) for name, rate in rates.items())), RATE)
        self.assertEqual(tables.bar_lines([row])[0][2:4], ("100", "two 30"))

    def test_worst_case_decides(self):
        row = tables.row_of(measured(("elementary", "exp", "glia", [9]), ("elementary", "exp", "limit", [10]),
                                     ("elementary", "tanh", "glia", [5]), ("elementary", "tanh", "limit", [10])),
                            plan.Row("both", "elementary", ("exp", "tanh"), (plan.Bar(0.8),)))
        self.assertEqual(tables.ratio_text(row), "0.50 (tanh)")

    def test_peer_that_is_better_is_named(self):
        row = tables.row_of(measured(("fashion", "batch 128", "glia", [100e3]),
                                     ("fashion", "batch 128", "one", [150e3])), RATE)
        self.assertEqual([line[3] for line in tables.ahead_lines([row])], ["one"])

    def test_row_that_was_not_measured_is_left_out(self):
        self.assertEqual(tables.rows_of(measured(), plan.ROWS_WITH_BARS), [])

    def test_measurements_survive_the_file(self):
        before = measured(("gemm", "forward 1x1x1", "glia", [90.0], [96.0], [100.0]),
                          ("xor", "steps", "FANN", [1.0, 2.0]))
        after = Measurements.from_list(before.as_list())
        self.assertEqual((after.values, after.best, after.limits), (before.values, before.best, before.limits))

    def test_blocks_of_a_document_are_replaced(self):
        text = "a\n<!-- bench: bars -->\nold\n<!-- end -->\nb\n"
        self.assertEqual(report.fill(text, {"bars": "new"}), "a\n<!-- bench: bars -->\nnew\n<!-- end -->\nb\n")

    def test_only_pictures_that_are_there_are_shown(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(report.picture_lines(pathlib.Path(folder)), "Not measured yet.")
            name, text = list(report.pictures.TEXTS.items())[1]
            pathlib.Path(folder, name).touch()
            self.assertEqual(report.picture_lines(pathlib.Path(folder)), f"![{text}]({name})")

    def test_rows_name_cases_of_workloads_that_run(self):
        workloads = {run.workload for run in plan.all_runs(2)}
        for row in (*plan.ROWS_WITH_BARS, *plan.ROWS_WITHOUT_BARS):
            self.assertIn(row.workload, workloads)


if __name__ == "__main__":
    unittest.main()
