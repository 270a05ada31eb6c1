# SPDX-License-Identifier: MIT
"""The tutorial's job as the tutorial has it, with numpy (Debian: python3-numpy). Microseconds a pass.

Settings: type=float64 (or float32)."""
import sys
import time

import numpy as np

PASSES = 5000
LEARNING_RATE = 0.01
L2 = 0.01


def make_moons(random, number):
    angle = np.linspace(0, np.pi, 100)
    upper, lower = np.c_[np.cos(angle), np.sin(angle)], np.c_[1 - np.cos(angle), 0.5 - np.sin(angle)]
    points = np.concatenate([upper, lower]) + 0.2 * random.randn(200, 2)
    return points.astype(number), np.repeat([0, 1], 100)


def train(x, y, w1, b1, w2, b2):
    rate, l2 = x.dtype.type(LEARNING_RATE), x.dtype.type(L2)
    rows = np.arange(len(x))
    for _ in range(PASSES):
        hidden = np.tanh(x.dot(w1) + b1)
        scores = np.exp(hidden.dot(w2) + b2)
        d_scores = scores / np.sum(scores, axis=1, keepdims=True)
        d_scores[rows, y] -= 1
        d_hidden = d_scores.dot(w2.T) * (1 - hidden * hidden)
        d_w2, d_b2 = hidden.T.dot(d_scores) + l2 * w2, np.sum(d_scores, axis=0, keepdims=True)
        d_w1, d_b1 = x.T.dot(d_hidden) + l2 * w1, np.sum(d_hidden, axis=0, keepdims=True)
        w1 -= rate * d_w1
        b1 -= rate * d_b1
        w2 -= rate * d_w2
        b2 -= rate * d_b2


def main():
    settings = dict(word.split("=", 1) for word in sys.argv[1:])
    number = np.dtype(settings.get("type", "float64"))
    random = np.random.RandomState(0)
    x, y = make_moons(random, number)
    w1 = (random.randn(2, 3) / np.sqrt(2)).astype(number)
    w2 = (random.randn(3, 2) / np.sqrt(3)).astype(number)
    b1, b2 = np.zeros((1, 3), number), np.zeros((1, 2), number)
    begin = time.perf_counter()
    train(x, y, w1, b1, w2, b2)
    print(f"pass\t{1e6 * (time.perf_counter() - begin) / PASSES:.9g}")


main()
