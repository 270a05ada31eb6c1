#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Two moons in Python: a network learns to part points that no straight line can; it is saved, loaded and used."""
import numpy as np

import glia


def make_moons(rows, noise, seed):
    """Points of two half circles, [rows][2], and which of them each is from."""
    random = np.random.default_rng(seed)
    classes = random.integers(0, 2, rows)
    angles = random.uniform(0, np.pi, rows)
    first = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    points = np.where(classes[:, None] == 0, first, [1, 0.5] - first)
    return points + random.normal(0, noise, points.shape), classes


def main():
    points, classes = make_moons(rows=400, noise=0.15, seed=1)
    training, test = slice(0, 300), slice(300, 400)

    with glia.Net("input 2, dense 8 tanh, dense 2 softmax", seed=3, optimizer="adam learning_rate=0.02") as net:
        history = net.fit(points[training], classes[training], (points[test], classes[test]), epochs=200, patience=50)
        print(f"Loss: {history['loss'][0]:.3f} after the first epoch, {history['loss'][-1]:.3f} after the last")
        net.save("moons.glia")

    net = glia.Net.load("moons.glia")
    right = net.predict(points[test]).argmax(axis=1) == classes[test]
    print(f"Accuracy, saved and loaded: {100 * right.mean():.1f} %")


if __name__ == "__main__":
    main()
