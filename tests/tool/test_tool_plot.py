# SPDX-License-Identifier: MIT
"""glia plot."""
import os
import shutil
import struct
import unittest
import xml.etree.ElementTree

from program_case import main
from trained_case import TrainedCase


class PlotBoundary(TrainedCase):
    def plot(self, *arguments, **options):
        return self.run_program("plot", "boundary", "model.glia", *arguments, **options)

    def with_gnuplot(self, script):
        """An environment where gnuplot is this shell script."""
        os.mkdir("programs")
        self.write("programs/gnuplot", "#!/bin/sh\n" + script + "\n")
        os.chmod("programs/gnuplot", 0o755)
        return {**os.environ, "PATH": os.path.abspath("programs") + ":/usr/bin:/bin"}

    def assert_png(self, path):
        content = self.read_bytes(path)
        self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">II", content[16:24]), (900, 700))
        self.assertEqual(content[-8:-4], b"IEND")
        self.assertGreater(len(content), 10000)

    def svg_text(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        self.assertEqual((root.get("width"), root.get("height")), ("900", "700"))
        return "\n".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text"))

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_png(self):
        self.train_moons()
        done = self.plot("moons.csv", "-o", "picture.png")
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        self.assert_png("picture.png")
        self.assert_only_files("model.glia", "moons.csv", "picture.png")

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_svg_has_names_and_legend(self):
        self.train_moons()
        self.plot("moons.csv", "-o", "picture.svg")
        text = self.svg_text("picture.svg")
        for words in ["model.glia", "100 points of moons.csv", "x1", "x2", "class 0", "class 1", "p = 0.5",
                      "probability of class 1"]:
            self.assertIn(words, text)

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_more_classes_whose_names_gnuplot_must_not_read(self):
        names = ["it's `touch run`", '"@x ^2, {/=40 big}"', '"a\nb"', "$HOME %s <&>"]
        rows = "".join(f"{i % 7},{i // 20},{names[i // 20]}\n" for i in range(80))
        self.write("odd.csv", "'a\" `touch run`,b_1,c\n".replace('"', "") + rows)
        self.train("odd.csv", "--target", "c")
        done = self.plot("odd.csv", "-o", "picture.svg")
        self.assertEqual(done.stderr, "")
        text = self.svg_text("picture.svg")
        for words in ["it's `touch run`", "@x ^2, {/=40 big}", "a b", "$HOME %s <&>", "'a `touch run`", "b_1"]:
            self.assertIn(words, text)
        self.assertNotIn("run", os.listdir())

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_data_without_classes_and_without_extent(self):
        self.train_moons()
        self.write("one.csv", "x1,x2\n1,2\n")
        self.assertEqual(self.plot("one.csv", "-o", "picture.png").stderr, "")
        self.assert_png("picture.png")

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_nets_with_other_outputs(self):
        for net in ["dense 1 sigmoid", "dense 1 tanh", "dense 1 step", "dense 2 identity"]:
            self.train_moons(net="dense 4 tanh, " + net)
            self.assertEqual(self.plot("moons.csv", "-o", "picture.png").stderr, "")
            self.assert_png("picture.png")

    @unittest.skipUnless(shutil.which("gnuplot"), "gnuplot is not installed")
    def test_one_class_everywhere_draws_no_line(self):
        self.train_moons(epochs=1)
        self.write("far.csv", "x1,x2,class\n1000,1000,1\n1000.1,1000.1,1\n")
        self.assertEqual(self.plot("far.csv", "-o", "picture.png").stderr, "")

    def test_name_must_say_the_format(self):
        self.train_moons()
        self.assert_misused("plot", "boundary", "model.glia", "moons.csv", says="-o")
        self.assert_misused("plot", "boundary", "model.glia", "moons.csv", "-o", "a.gif",
                            says=["a.gif", ".png", ".svg"])

    def test_other_than_two_inputs_is_misuse(self):
        self.train_numbers()
        self.assert_misused("plot", "boundary", "model.glia", "numbers.csv", "-o", "a.png", says="has 1 input;")

    def test_numbers_have_no_boundary(self):
        self.write("plane.csv", "a,b,y\n1,2,3.5\n2,1,4.5\n")
        self.train("plane.csv", "--target", "y", net="dense", epochs=1)
        self.assert_misused("plot", "boundary", "model.glia", "plane.csv", "-o", "a.png",
                            says=["model.glia", "predicts numbers"])

    def test_missing_gnuplot_says_what_to_install(self):
        self.train_moons()
        self.assert_fails("plot", "boundary", "model.glia", "moons.csv", "-o", "a.png",
                          says=["gnuplot", "install"], env={**os.environ, "PATH": "/nowhere"})
        self.assert_only_files("model.glia", "moons.csv")

    def test_failing_gnuplot_leaves_nothing(self):
        self.train_moons()
        for script in ["exit 3", "kill -9 $$"]:
            environment = self.with_gnuplot("echo half a picture; " + script)
            self.assert_fails("plot", "boundary", "model.glia", "moons.csv", "-o", "a.png", says="gnuplot",
                              env=environment)
            shutil.rmtree("programs")
            self.assert_only_files("model.glia", "moons.csv")

    def test_damaged_model_fails(self):
        self.train_moons()
        self.damage("model.glia")
        self.assert_fails("plot", "boundary", "model.glia", "moons.csv", "-o", "a.png", says="model.glia")


if __name__ == "__main__":
    main()
