# SPDX-License-Identifier: MIT
"""Two moons through ctypes, without NumPy."""
import ctypes

from glia_ctypes import CALLS, GLIA_OK, declare, glia_samples, layout

PASSES = 2000

glia = ctypes.CDLL("libglia.so")
declare(glia, CALLS["glia"])
io = ctypes.CDLL("libglia-io.so")
declare(io, CALLS["glia-io"])


def check(status):
    if status != GLIA_OK:
        raise RuntimeError(glia.glia_error_message().decode())


def train(path, points):
    net, loss = ctypes.c_void_p(), ctypes.c_double()
    check(glia.glia_net_create(net, b"input 2, dense 3 tanh, dense 2 softmax", 3))
    check(glia.glia_net_set_loss(net, b"cross_entropy l2=0.01 reduction=sum"))
    check(glia.glia_net_set_optimizer(net, b"sgd learning_rate=0.01"))
    for _ in range(PASSES):
        check(glia.glia_net_forward(net, points.inputs, points.rows, None))
        check(glia.glia_net_backward_classes(net, points.classes, None, loss))
        check(glia.glia_net_step(net))
    print("loss", loss.value)
    check(glia.glia_net_save(net, path))
    glia.glia_net_destroy(net)


def use(path, points):
    net, accuracy = ctypes.c_void_p(), ctypes.c_double()
    probabilities = (ctypes.c_float * (2 * points.rows))()
    check(glia.glia_net_load(net, path, None))
    check(glia.glia_net_evaluate(net, points, b"accuracy", accuracy))
    print("accuracy", accuracy.value)
    check(glia.glia_net_predict(net, points.inputs, points.rows, probabilities))
    for row in range(points.rows):
        print("row", probabilities[2 * row], probabilities[2 * row + 1])
    glia.glia_net_destroy(net)


for name, place in layout():
    print("layout", name, place)
print("calls", sum(map(len, CALLS.values())))
print("version", glia.glia_version().decode())
print(
    "refused", glia.glia_net_create(ctypes.c_void_p(), b"input 2, dense 3 tahn", 3), glia.glia_error_message().decode()
)

data, points = ctypes.c_void_p(), glia_samples(ctypes.sizeof(glia_samples))
check(io.glia_data_generate(data, b"moons rows=200 noise=0.2", 0))
check(io.glia_data_samples(data, points))
train(b"moons.glia", points)
use(b"moons.glia", points)
io.glia_data_destroy(data)
