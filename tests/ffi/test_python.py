# SPDX-License-Identifier: MIT
"""examples/python: glia.py on NumPy arrays, and its declarations against the description of the interface.

    test_python.py INSTALLED

Answers 77, which ctest counts as skipped, where there is no NumPy.
"""
import contextlib
import ctypes
import io
import os
import pathlib
import pickle
import sys
import tempfile
import threading
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "bindings"), str(ROOT / "examples" / "python")]

try:
    import numpy as np
except ImportError:
    print("skipped: NumPy is not installed (Debian: python3-numpy)")
    sys.exit(77)

os.environ["GLIA_LIBRARY"] = str(next(pathlib.Path(sys.argv.pop(1)).rglob("libglia.so")))

import declare
import glia
import moons

MOONS = "input 2, dense 8 tanh, dense 2 softmax"


def make_net(**options):
    return glia.Net(MOONS, seed=3, optimizer="adam learning_rate=0.02", **options)


class Declarations(unittest.TestCase):
    def setUp(self):
        self.made = {}
        exec(declare.declarations("ctypes"), self.made)

    def is_same(self, ours, theirs):
        """The same for the processor. What we do not use of a struct may be plain pointers to us."""
        if ours is None or theirs is None:
            return ours is theirs
        if issubclass(ours, ctypes.Structure):
            return issubclass(theirs, ctypes.Structure) and self.has_same_fields(ours, theirs)
        if hasattr(ours, "contents") and hasattr(theirs, "contents"):
            return self.is_same(ours._type_, theirs._type_)
        if ours is ctypes.c_void_p:
            return ctypes.sizeof(theirs) == ctypes.sizeof(ours) and theirs is not ctypes.c_size_t
        if hasattr(ours, "_argtypes_") and hasattr(theirs, "_argtypes_"):
            return self.is_same_function(ours, theirs)
        return ours is theirs

    def is_same_function(self, ours, theirs):
        types = (ours._restype_, *ours._argtypes_), (theirs._restype_, *theirs._argtypes_)
        return len(types[0]) == len(types[1]) and all(map(self.is_same, *types))

    def has_same_fields(self, ours, theirs):
        names = [name for name, _ in ours._fields_], [name for name, _ in theirs._fields_]
        types = [type_ for _, type_ in ours._fields_], [type_ for _, type_ in theirs._fields_]
        return names[0] == names[1] and all(map(self.is_same, *types))

    def test_calls_are_those_of_the_headers(self):
        for name, ours in glia._CALLS.items():
            theirs = self.made["CALLS"]["glia"][name]
            self.assertEqual(len(ours), len(theirs), name)
            for our_type, their_type in zip(ours, theirs):
                self.assertTrue(self.is_same(our_type, their_type), f"{name}: {our_type} is not {their_type}")

    def test_a_wrong_declaration_is_seen(self):
        samples, wrong = self.made["glia_samples"], glia.Samples._fields_[::-1]
        reversed_samples = type("Reversed", (ctypes.Structure,), {"_fields_": wrong})
        self.assertFalse(self.is_same(ctypes.POINTER(reversed_samples), ctypes.POINTER(samples)))
        self.assertFalse(self.is_same(ctypes.c_int32, ctypes.c_size_t))
        self.assertFalse(self.is_same(ctypes.POINTER(ctypes.c_float), ctypes.POINTER(ctypes.c_double)))

    def test_constants_are_those_of_the_headers(self):
        self.assertEqual(glia._STOPPED, self.made["GLIA_STOPPED"])


class Net(unittest.TestCase):
    def setUp(self):
        self.points, self.classes = moons.make_moons(rows=100, noise=0.15, seed=1)

    def test_fit_learns_and_keeps_its_history(self):
        net = make_net()
        history = net.fit(self.points, self.classes, epochs=100, batch=20)
        self.assertEqual(set(history), {"loss", "accuracy"})
        self.assertEqual(history["loss"].shape, (100,))
        self.assertLess(history["loss"][-1], history["loss"][0])
        self.assertGreater(net.evaluate(self.points, self.classes)["accuracy"], 0.9)
        np.testing.assert_array_equal(net.history["loss"], history["loss"])

    def test_fit_takes_validation_and_settings(self):
        net = make_net()
        validation = self.points[:10], self.classes[:10]
        history = net.fit(self.points, self.classes, validation, epochs=3, batch="all", shuffle=False)
        self.assertEqual({len(values) for values in history.values()}, {3})
        self.assertIn("validation_accuracy", history)
        with self.assertRaisesRegex(glia.Error, "epoch"):
            net.fit(self.points, self.classes, epoch=3)

    def test_progress_stops_and_its_exceptions_come_through(self):
        net = make_net()
        seen = []

        def stop_at_second(progress):
            seen.append((progress.epoch, progress.is_epoch_end))
            return progress.epoch == 2

        net.fit(self.points, self.classes, epochs=5, batch=50, progress=stop_at_second)
        self.assertEqual(seen, [(1, 0), (1, 0), (1, 1), (2, 0)])
        with self.assertRaises(ZeroDivisionError):
            net.fit(self.points, self.classes, progress=lambda _: 1 // 0)

    def test_training_with_classes_equals_training_with_targets(self):
        first, second = make_net(), make_net()
        targets = np.eye(2)[self.classes]
        for _ in range(5):
            loss = first.train(self.points, self.classes)
            self.assertEqual(second.train(self.points, targets), loss)
        np.testing.assert_array_equal(first.parameters, second.parameters)

    def test_row_weights_weight_rows(self):
        weights = np.zeros(100)
        weights[:10] = 1
        some = make_net().train(self.points[:10], self.classes[:10])
        self.assertAlmostEqual(make_net().train(self.points, self.classes, weights), some, places=6)

    def test_predict_takes_any_layout(self):
        net = make_net()
        outputs = net.predict(self.points)
        self.assertEqual((outputs.shape, outputs.dtype), ((100, 2), np.float32))
        np.testing.assert_allclose(outputs.sum(axis=1), 1, rtol=1e-6)
        np.testing.assert_array_equal(net.predict(np.asfortranarray(self.points)), outputs)
        np.testing.assert_array_equal(net.predict(self.points[::2]), outputs[::2])
        np.testing.assert_array_equal(net.predict(self.points.tolist()), outputs)

    def test_predict_runs_in_threads(self):
        net = make_net()
        expected, results = net.predict(self.points), [None] * 8

        def run(i):
            results[i] = net.predict(self.points)

        threads = [threading.Thread(target=run, args=(i,)) for i in range(len(results))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for result in results:
            np.testing.assert_array_equal(result, expected)

    def test_saved_copied_and_pickled_nets_predict_the_same(self):
        net = make_net()
        net.fit(self.points, self.classes, epochs=5)
        net.set_metadata("classes", '["lower", "upper"]')
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "moons.glia"
            net.save(path)
            loaded = glia.Net.load(path)
            self.assertEqual(path.read_bytes(), net.to_bytes())
        for other in (loaded, net.copy(), pickle.loads(pickle.dumps(net)), glia.Net.from_bytes(net.to_bytes())):
            np.testing.assert_array_equal(other.predict(self.points), net.predict(self.points))
            self.assertEqual(other.metadata, {"classes": '["lower", "upper"]'})
        net.set_metadata("classes", None)
        self.assertEqual(net.metadata, {})

    def test_parameters_are_copied_out_and_in(self):
        net = make_net()
        parameters = net.parameters
        self.assertEqual(parameters.shape, (2 * 8 + 8 + 8 * 2 + 2,))
        parameters[:] = 0
        self.assertTrue(net.parameters.any())
        net.parameters = parameters
        np.testing.assert_array_equal(net.predict(self.points), np.full((100, 2), 0.5))
        with self.assertRaises(ValueError):
            net.parameters = parameters[1:]
        self.assertEqual(glia.Net("input 2, tanh").parameters.shape, (0,))

    def test_adapt_standardizes(self):
        net = glia.Net("input 2, standardize")
        net.adapt(self.points * 10 + 3)
        outputs = net.predict(self.points * 10 + 3)
        np.testing.assert_allclose(outputs.mean(axis=0), 0, atol=1e-5)
        np.testing.assert_allclose(outputs.std(axis=0), 1, rtol=1e-5)

    def test_options_reach_the_library(self):
        net = glia.Net("dense 4 relu, dense softmax", input_size=3, output_size=2, kernels="portable", threads=2)
        self.assertEqual((net.input_size, net.output_size), (3, 2))
        with self.assertRaisesRegex(glia.Error, "abacus"):
            make_net(kernels="abacus")
        with self.assertRaises(TypeError):
            make_net(colour="red")

    def test_settings_reach_the_library(self):
        net = make_net(loss="cross_entropy l2=0.5")
        net.set_learning_rate(0.25)
        self.assertIn("l2=0.5", str(net))
        self.assertIn("learning_rate=0.25", str(net))
        net.set_optimizer(None)
        with self.assertRaisesRegex(glia.Error, "optimizer"):
            net.train(self.points, self.classes)
        self.assertRegex(repr(net), "^glia.Net.*dense 8 tanh")

    def test_what_is_refused_is_an_error_with_its_message(self):
        with self.assertRaisesRegex(glia.Error, "tahn") as caught:
            glia.Net("input 2, dense 3 tahn")
        self.assertEqual(caught.exception.status, 3)
        net = make_net()
        with self.assertRaisesRegex(glia.Error, "class of row 99"):
            net.train(self.points, np.append(self.classes[:99], 2))
        with self.assertRaisesRegex(glia.Error, "rows is 0"):
            net.predict(np.empty((0, 2)))
        with self.assertRaises(glia.Error):
            glia.Net.load("/nowhere/at/all.glia")
        net.parameters = np.full(net.parameters.shape, np.nan)
        with self.assertRaisesRegex(glia.Error, "finite"):
            net.to_bytes()

    def test_arrays_of_a_wrong_shape_never_reach_the_library(self):
        net = make_net()
        for bad in (self.points[0], self.points[:, :1], self.points.ravel()):
            with self.assertRaises(ValueError):
                net.predict(bad)
        for bad in (self.classes[1:], self.classes[:, None], np.full(100, 2**32), np.zeros((100, 3)), np.zeros(100)):
            with self.assertRaises(ValueError):
                net.train(self.points, bad)
        with self.assertRaises(ValueError):
            net.train(self.points, self.classes, np.ones(99))

    def test_closed_nets_say_so(self):
        with make_net() as net:
            pass
        net.close()
        self.assertEqual(repr(net), "<closed glia.Net>")
        for call in (net.to_bytes, net.copy, lambda: net.predict(self.points), lambda: net.architecture):
            with self.assertRaisesRegex(ValueError, "closed"):
                call()


class Example(unittest.TestCase):
    def test_moons_are_told_apart(self):
        said, before = io.StringIO(), os.getcwd()
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(said):
            os.chdir(folder)
            self.addCleanup(os.chdir, before)
            moons.main()
            os.chdir(before)
        accuracy = float(said.getvalue().split("loaded: ")[1].split(" %")[0])
        self.assertGreaterEqual(accuracy, 95)


if __name__ == "__main__":
    unittest.main()
