# SPDX-License-Identifier: MIT
"""What the tests of commands that use a network share: networks that are quickly trained."""
from program_case import ProgramCase, write_stripes

MOONS_NET = "dense 8 tanh, dense softmax"


class TrainedCase(ProgramCase):
    def train(self, data, *options, net=MOONS_NET, model="model.glia", epochs=30):
        self.run_program("train", data, "--net", net, "-q", "-o", model, "--optimizer", "adam learning_rate=0.05",
                         "--epochs", epochs, *options)

    def train_moons(self, **options):
        self.run_program("generate", "moons", "--rows", 100, "--noise", 0.1, "-o", "moons.csv")
        self.train("moons.csv", "--target", "class", **options)

    def train_three_classes(self):
        """Three bands in a plane; their names need quotes in CSV."""
        names = ['"low, cold"', '"say ""mid"""', "high"]
        rows = "".join(f"{i % 10},{i // 20},{names[i // 20]}\n" for i in range(60))
        self.write("bands.csv", "wide,tall,band\n" + rows)
        self.train("bands.csv", "--target", "band", epochs=80)

    def train_numbers(self):
        self.write("numbers.csv", "x,y\n" + "".join(f"{i / 50},{3 * i / 50 + 1}\n" for i in range(50)))
        self.train("numbers.csv", "--target", "y", net="dense", epochs=100)

    def train_stripes(self, compress=False):
        write_stripes("images", "labels", compress=compress)
        self.train("images", "--labels", "labels", net="dense 16 relu, dense softmax")

    def damage(self, name):
        """Flip one bit in the middle of a file."""
        content = bytearray(self.read_bytes(name))
        content[len(content) // 2] ^= 1
        with open(name, "wb") as file:
            file.write(content)
