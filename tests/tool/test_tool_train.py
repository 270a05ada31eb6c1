# SPDX-License-Identifier: MIT
"""glia train."""
import csv
import os
import re
import signal
import subprocess

from program_case import PROGRAM, ProgramCase, main, write_stripes

NET = "dense 8 tanh, dense softmax"


class Train(ProgramCase):
    def setUp(self):
        super().setUp()
        self.run_program("generate", "moons", "--rows", 60, "-o", "moons.csv")

    def train(self, *options, data="moons.csv", net=NET, **more):
        return self.run_program("train", data, "--net", net, "-o", "out.glia", *options, **more)

    def train_moons(self, *options, **more):
        return self.train("--target", "class", "--epochs", 3, *options, **more)

    def misuse_moons(self, *options, says, net=NET):
        self.assert_misused("train", "moons.csv", "--target", "class", "--net", net, "-o", "out.glia", *options,
                            says=says)
        self.assert_only_files("moons.csv")

    def metadata(self):
        return self.run_program("info", "out.glia").stdout

    def test_tutorial_reaches_a_low_loss(self):
        self.run_program("generate", "moons", "--rows", 200, "--noise", 0.2, "--seed", 0, "-o", "tutorial.csv")
        done = self.train("--target", "class", "--optimizer", "sgd learning_rate=0.01",
                          "--loss", "cross_entropy l2=0.01 reduction=sum", "--epochs", 20000, "--batch", "all",
                          "--report-every", 1000, "--seed", 1, data="tutorial.csv", net="dense 3 tanh, dense softmax")
        reports = re.findall(r"^epoch +(\d+)/20000  loss (\S+)", done.stderr, re.M)
        self.assertEqual([int(epoch) for epoch, _ in reports], list(range(1000, 20001, 1000)))
        # The tutorial's own net ends near 0.0711 a point; a sum over 200 points is reported here.
        self.assertLess(float(reports[-1][1]), 200 * 0.09)

    def test_widths_come_from_the_data(self):
        self.train_moons(net="dense 3 tanh, dense softmax")
        self.assertRegex(self.metadata(), r"input 2, dense 3 tanh.*, dense 2 softmax")

    def test_widths_that_fit_may_be_given(self):
        for net in ["input 2, dense 2 softmax", "dense 2 sigmoid", "dense 1 sigmoid", "dense 1 tanh", "dense 1 step"]:
            self.train_moons(net=net)

    def test_widths_that_do_not_fit_are_misuse(self):
        for net in ["input 3, dense softmax", "dense 3 softmax", "dense 3 sigmoid", "dense 1 softmax"]:
            self.misuse_moons(net=net, says=["--net", "moons.csv has 2 inputs a row and 2 classes",
                                             '"dense 16 relu, dense softmax" would fit'])

    def test_layers_that_cannot_give_the_targets_are_misuse(self):
        self.write("numbers.csv", "x,y\n1,0.5\n2,-2.5\n")
        for net, problem in [("dense softmax", "width of 2"), ("dense 2", "width 2"),
                             ("dense tanh", "tanh in the last layer never gives -2.5"),
                             ("dense sigmoid", "never gives -2.5"), ("dense relu", "never gives -2.5")]:
            self.assert_misused("train", "numbers.csv", "--target", "y", "--net", net, "-o", "out.glia",
                                says=["--net", problem, "numbers.csv has 1 input a row and a number to predict",
                                      '"dense 16 relu, dense" would fit'])
        self.train("--target", "y", "--epochs", 1, data="numbers.csv", net="dense 4 relu, dense leaky_relu")

    def test_one_class_fails(self):
        self.write("one.csv", "x,class\n1,a\n2,a\n")
        self.assert_fails("train", "one.csv", "--target", "class", "--net", NET, "-o", "out.glia",
                          says=["one.csv", "'a'"])

    def test_texts_that_are_not_understood_are_misuse(self):
        self.misuse_moons(net="dense 3 tanhh, dense softmax", says=["--net", "tanhh", "leaky_relu"])
        self.misuse_moons("--loss", "hinge", says=["--loss", "hinge", "cross_entropy"])
        self.misuse_moons("--loss", "perceptron", says=["--loss", "perceptron"])
        self.misuse_moons("--optimizer", "adam learning_rate=nan", says=["--optimizer", "nan"])
        self.misuse_moons("--batch", "some", says=["--batch", "'some'", "all"])
        self.misuse_moons("--batch", "0", says=["--batch", "'0'"])
        self.misuse_moons("--batch", "5 shuffle=no", says="--batch")
        self.misuse_moons("--target-type", "names", says=["target_type", "names", "numbers"])
        self.misuse_moons("--csv", "header=perhaps", says=["header", "perhaps"])
        for fraction in ["0", "1", "1.5", "-0.5", "nan", "inf"]:
            self.misuse_moons("--validation", fraction, says="--validation")

    def test_what_is_needed_is_asked_for(self):
        self.assert_misused("train", "moons.csv", "--net", NET, "-o", "out.glia", says="--target")
        self.assert_misused("train", "moons.csv", "--target", "class", "-o", "out.glia", says="--net")
        self.assert_misused("train", "moons.csv", "--target", "class", "--net", NET, says="-o")

    def test_data_is_not_written_over(self):
        before = self.read("moons.csv")
        self.misuse_moons("-o", "moons.csv", says=["moons.csv", "is read"])
        self.misuse_moons("--log", "./moons.csv", says=["moons.csv", "is read"])
        self.assertEqual(self.read("moons.csv"), before)

    def test_network_on_standard_output_is_misuse(self):
        self.misuse_moons("-o", "-", says=["standard output", "-o"])

    def test_output_that_cannot_be_written_is_found_before_training(self):
        os.mkfifo("pipe")
        for output in ["nowhere/out.glia", ".", "pipe"]:
            self.assert_fails("train", "moons.csv", "--target", "class", "--net", NET, "--epochs", 1000000000,
                              "-o", output, says=output.split("/")[0])
        self.assert_fails("train", "moons.csv", "--target", "class", "--net", NET, "--epochs", 1000000000,
                          "-o", "out.glia", "--log", "nowhere/log.csv", says="nowhere")

    def test_damaged_data_fails_with_file_and_line(self):
        self.write("bad.csv", "x1,x2,class\n1,2,0\n3,,1\n")
        self.assert_fails("train", "bad.csv", "--target", "class", "--net", NET, "-o", "out.glia", says="bad.csv:3:")
        self.assert_fails("train", "none.csv", "--target", "class", "--net", NET, "-o", "out.glia", says="none.csv")
        self.assert_fails("train", "moons.csv", "--target", "label", "--net", NET, "-o", "out.glia", says="label")
        self.assert_only_files("moons.csv", "bad.csv")

    def test_same_seed_gives_the_same_file(self):
        files = []
        for seed in [4, 4, 5]:
            self.train_moons("--seed", seed, "--validation", 0.2, "--standardize")
            files.append(self.read_bytes("out.glia"))
        self.assertEqual(files[0], files[1])
        self.assertNotEqual(files[0], files[2])

    def test_reports_go_to_standard_error(self):
        done = self.train_moons("--validation", 0.25)
        self.assertEqual(done.stdout, "")
        number = r"\d[\d.e+-]*"
        self.assertRegex(done.stderr, rf"(?m)^epoch 1/3  loss {number}  accuracy {number}"
                                      rf"  validation loss {number}  validation accuracy {number}$")
        self.assertIn("out.glia", done.stderr.splitlines()[-1])

    def test_reports_come_as_often_as_asked_and_at_the_end(self):
        done = self.train_moons("--epochs", 7, "--report-every", 3)
        self.assertEqual(re.findall(r"^epoch (\d+)/7", done.stderr, re.M), ["3", "6", "7"])

    def test_quiet_prints_nothing(self):
        for option in ["-q", "--quiet"]:
            done = self.train_moons(option, "--validation", 0.25, "--patience", 1)
            self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_log_has_a_row_an_epoch(self):
        self.train_moons("--log", "log.csv", "--validation", 0.25)
        with open("log.csv", newline="", encoding="utf-8") as log:
            rows = list(csv.DictReader(log))
        self.assertEqual(list(rows[0]), ["epoch", "loss", "accuracy", "validation_loss", "validation_accuracy"])
        self.assertEqual([row["epoch"] for row in rows], ["1", "2", "3"])
        self.assertTrue(all(0 <= float(row["validation_accuracy"]) <= 1 for row in rows))
        self.train_moons("--log", "log.csv")
        self.assertEqual(self.read("log.csv").splitlines()[0], "epoch,loss,accuracy")
        self.assertEqual(self.train_moons("--log", "-").stdout, self.read("log.csv"))
        self.assert_only_files("moons.csv", "out.glia", "log.csv")

    def test_patience_ends_training_early(self):
        done = self.train_moons("--epochs", 100000, "--patience", 2, "--validation", 0.3, "--optimizer",
                                "adam learning_rate=0.5")
        self.assertRegex(done.stderr, r"stopped after \d+ epochs")
        self.assertRegex(done.stderr, r"weights are those of epoch \d+")

    def test_validation_may_be_a_file(self):
        self.write("other.csv", "class,extra,x2,x1\n0,9,0.5,0.5\n1,9,-0.5,1\n")
        done = self.train_moons("--validation", "other.csv")
        self.assertIn("60 rows of 2 classes to learn from, 2 to validate with", done.stderr)
        self.assertIn("validation loss", done.stderr)
        self.assert_fails("train", "moons.csv", "--target", "class", "--net", NET, "-o", "no.glia",
                          "--validation", "20%", says=["--validation", "'20%'", "neither"])
        self.write("other.csv", "class,x2\n0,0.5\n")
        self.assert_fails("train", "moons.csv", "--target", "class", "--net", NET, "-o", "no.glia", "--validation",
                          "other.csv", says=["other.csv", "x1"])

    def test_standardize_learns_from_the_training_rows(self):
        self.write("wide.csv", "a,b,class\n" + "".join(f"{1e4 + i},{i % 2},{i % 2}\n" for i in range(40)))
        done = self.train("--target", "class", "--standardize", "--epochs", 60,
                          "--optimizer", "adam learning_rate=0.05", data="wide.csv",
                          net="input 2, dense 8 tanh, dense softmax")
        self.assertIn("input 2, standardize, dense 8 tanh", self.metadata())
        self.assertIn("accuracy 1.00000", done.stderr.splitlines()[-2])

    def test_divergence_fails_and_saves_nothing(self):
        self.write("numbers.csv", "x,y\n" + "".join(f"{i},{i * 1000}\n" for i in range(20)))
        self.assert_fails("train", "numbers.csv", "--target", "y", "--target-type", "numbers", "--net", "dense", "-q",
                          "--optimizer", "sgd learning_rate=1000", "--epochs", 100, "-o", "out.glia",
                          says="learning rate")
        self.assert_only_files("moons.csv", "numbers.csv")

    def test_text_classes_keep_their_names(self):
        self.write("names.csv", 'x,kind of thing\n1,"a, b"\n2,"say ""so"""\n3,plain\n4,"a, b"\n')
        self.train("--target", "kind of thing", data="names.csv")
        self.assertIn(r'["a, b","plain","say \"so\""]', self.metadata())

    def test_regression_on_whole_numbers(self):
        self.write("numbers.csv", "x,y\n" + "".join(f"{i / 10},{i}\n" for i in range(20)))
        done = self.train("--target", "y", "--target-type", "numbers", "--epochs", 5, data="numbers.csv",
                          net="dense 4 relu, dense")
        self.assertNotIn("accuracy", done.stderr)
        self.assertRegex(self.metadata(), r"dense 1 identity")

    def test_headerless_file(self):
        self.write("bare.csv", "1;2;0\n2;1;1\n3;4;0\n")
        self.train("--csv", "header=no delimiter=;", "--target", 3, "--epochs", 2, data="bare.csv")

    def test_idx_plain_and_gzip_give_the_same_network(self):
        files = []
        for compress in [False, True]:
            write_stripes("images", "labels", compress=compress)
            self.train("--labels", "labels", "--epochs", 2, "--validation", "images", "--validation-labels", "labels",
                       data="images")
            files.append(self.read_bytes("out.glia"))
        self.assertEqual(files[0], files[1])
        self.assertRegex(self.metadata(), r"input 16, dense 8 tanh.*, dense 4 softmax")

    def test_idx_needs_labels(self):
        write_stripes("images", "labels")
        self.assert_misused("train", "images", "--net", NET, "-o", "out.glia", says="--labels")
        self.assert_misused("train", "images", "--target", "class", "--net", NET, "-o", "out.glia", says="IDX")
        self.assert_misused("train", "images", "--labels", "labels", "--validation", "images", "--net", NET, "-o",
                            "out.glia", says="--validation-labels")

    def test_damaged_idx_fails(self):
        write_stripes("images", "labels")
        whole = self.read_bytes("images")
        for damaged in [whole[:-1], whole + b"x", whole[:10]]:
            with open("images", "wb") as file:
                file.write(damaged)
            self.assert_fails("train", "images", "--labels", "labels", "--net", NET, "-o", "out.glia", says="images")

    def test_interrupt_saves_what_has_been_learnt(self):
        arguments = [PROGRAM, "train", "moons.csv", "--target", "class", "--net", NET, "-o", "out.glia", "--epochs",
                     "1000000000", "--report-every", "10"]
        with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
            while not process.stderr.readline().startswith("epoch"):
                pass
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
            self.assertEqual(process.wait(timeout=60), 0)
        self.assertIn("interrupted", rest)
        self.run_program("info", "out.glia")

    def test_failed_save_keeps_the_old_file(self):
        self.train_moons()
        before = self.read_bytes("out.glia")
        self.assert_misused("train", "moons.csv", "--target", "class", "--net", "dense 7 softmax", "-o", "out.glia")
        self.assertEqual(self.read_bytes("out.glia"), before)
        self.assertEqual(sorted(os.listdir()), ["moons.csv", "out.glia"])


if __name__ == "__main__":
    main()
