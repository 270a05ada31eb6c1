# SPDX-License-Identifier: MIT
"""glia info."""
import os

from program_case import main
from trained_case import TrainedCase


class Info(TrainedCase):
    def test_tells_layers_names_and_kernels(self):
        self.train_three_classes()
        text = self.run_program("info", "model.glia").stdout
        for words in ["model.glia: whole and valid", "input 2, dense 8 tanh", "dense 3 softmax"]:
            self.assertIn(words, text)
        for line in ["loss       cross_entropy l1=0 l2=0 reduction=mean",
                     "optimizer  adam learning_rate=0.05 beta1=0.9 beta2=0.999 epsilon=1e-8",
                     r'classes    ["high","low, cold","say \"mid\""]', 'columns    ["wide","tall"]', "target     band"]:
            self.assertEqual(text.splitlines().count(line), 1, text)
        self.assertRegex(text, r"(?m)^kernels    \w+$")

    def test_reads_the_whole_file(self):
        self.train_moons()
        whole = self.read_bytes("model.glia")
        for damaged in [whole[:-1], whole + b"\0", whole[:8], b"", whole[:-1] + bytes([whole[-1] ^ 1])]:
            with open("model.glia", "wb") as file:
                file.write(damaged)
            self.assert_fails("info", "model.glia", says="model.glia")

    def test_what_is_no_model_fails(self):
        self.run_program("generate", "moons", "-o", "moons.csv")
        os.mkdir("folder")
        for path in ["moons.csv", "folder", "none.glia"]:
            self.assert_fails("info", path, says=path)
        self.assert_fails("info", "moons.csv", says="give a model")

    def test_text_of_others_is_one_line_without_commands_to_the_terminal(self):
        self.write("odd.csv", 'x,"a\x1b[2J\nb"\n1,u\n2,v\n')
        self.train("odd.csv", "--target", "a\x1b[2J\nb", epochs=1)
        text = self.run_program("info", "model.glia").stdout
        self.assertIn("target     a [2J b\n", text)
        self.assertNotIn("\x1b", text)

    def test_full_disk_is_reported(self):
        self.train_moons()
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assert_fails("info", "model.glia", says="No space", stdout=full)


if __name__ == "__main__":
    main()
