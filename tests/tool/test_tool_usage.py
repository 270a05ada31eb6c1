# SPDX-License-Identifier: MIT
"""The command line of glia: help, version, and wrong use."""
from program_case import ProgramCase, main

COMMANDS = [["generate"], ["train"], ["evaluate"], ["predict"], ["info"], ["plot", "boundary"]]


class Usage(ProgramCase):
    def test_version_is_printed(self):
        self.assertRegex(self.run_program("--version").stdout, r"^glia \d+\.\d+\.\d+\n$")

    def test_help_lists_every_command(self):
        for option in ["--help", "-h"]:
            help_text = self.run_program(option).stdout
            for command in COMMANDS:
                self.assertIn(f"\n  {command[0]} ", help_text)

    def test_help_of_every_command_goes_to_standard_output(self):
        for command in COMMANDS + [["plot"]]:
            for option in ["--help", "-h"]:
                done = self.run_program(*command, option)
                self.assertIn(f"Usage: glia {' '.join(command)} ", done.stdout)
                self.assertEqual(done.stderr, "")

    def test_nothing_to_do_is_misuse(self):
        self.assert_misused(says="generate, train, evaluate, predict, info, plot")
        self.assert_misused("plot", says="boundary")

    def test_unknown_command_is_misuse(self):
        self.assert_misused("trian", says=["'trian'", "train"])
        self.assert_misused("plot", "bondary", says=["'bondary'", "boundary"])

    def test_unknown_option_is_misuse(self):
        for command in COMMANDS:
            self.assert_misused(*command, "--bogus", says=["--bogus", "unknown option"])

    def test_option_without_value_is_misuse(self):
        self.assert_misused("generate", "moons", "--rows", says="--rows")

    def test_missing_and_surplus_arguments_are_misuse(self):
        for command in COMMANDS:
            self.assert_misused(*command, says=f"argument is missing; usage: glia {' '.join(command)} ")
            self.assert_misused(*command, "a", "b", "c", says="one argument too many")

    def test_count_out_of_range_is_misuse(self):
        for value in ["-1", "0", "1.5", "1e3", "nan", "", " 5", "0x10", "18446744073709551616"]:
            self.assert_misused("generate", "moons", "--rows", value, says=["--rows", f"'{value}'"])
        self.assert_misused("generate", "moons", "--seed", "-1", says="--seed")
        for option in ["--epochs", "--patience", "--threads", "--report-every"]:
            for value in ["-3", "0", "x"]:
                self.assert_misused("train", "a.csv", option, value, says=[option, f"'{value}'"])

    def test_number_out_of_range_is_misuse(self):
        for value in ["-0.1", "nan", "inf", "1e999", "x", "0.1x", ""]:
            self.assert_misused("generate", "moons", "--noise", value, says=["--noise", f"'{value}'"])

    def test_full_disk_is_reported(self):
        for arguments in [["--help"], ["--version"], ["train", "--help"], ["generate", "moons"]]:
            with open("/dev/full", "w", encoding="utf-8") as full:
                self.assert_fails(*arguments, says="No space left", stdout=full)


if __name__ == "__main__":
    main()
