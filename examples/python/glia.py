# SPDX-License-Identifier: MIT
"""glia for Python: neural networks on NumPy arrays. One file to copy; it takes NumPy and the shared library of glia.

    net = glia.Net("input 2, dense 8 tanh, dense 1 sigmoid", seed=42, optimizer="adam learning_rate=0.05")
    net.fit(inputs, classes, epochs=500)
    probabilities = net.predict(inputs)
    net.save("xor.glia")

Inputs are [rows][input_size]. What is wanted of them is either classes, whole numbers [rows], or targets, numbers
[rows][output_size]. Numbers become float32. The texts that name layers, losses and optimizers are those of glia.h; what
the library refuses is an Error with its message. Calls that only look at a network may run in several threads.
"""
import ctypes
import ctypes.util
import os
from ctypes import POINTER, c_char, c_char_p, c_double, c_float, c_int32, c_size_t, c_uint64, c_void_p, sizeof

import numpy as np

_STOPPED = 1  # the largest status that is no failure
_RECORDS = ("loss", "accuracy", "validation_loss", "validation_accuracy")


class Error(Exception):
    """A call failed; `status` is the number that glia.h has for the reason."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t),
        ("seed", c_uint64),
        ("threads", c_int32),
        ("kernels", c_char_p),
        ("user", c_void_p),
        ("allocate", c_void_p),
        ("release", c_void_p),
        ("parallel_for", c_void_p),
        ("input_size", c_size_t),
        ("output_size", c_size_t),
    ]


class Samples(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t),
        ("rows", c_size_t),
        ("inputs", POINTER(c_float)),
        ("targets", POINTER(c_float)),
        ("classes", POINTER(c_int32)),
        ("row_weights", POINTER(c_float)),
    ]


class Progress(ctypes.Structure):
    """What fit() tells its progress function."""

    _fields_ = [
        ("struct_size", c_size_t),
        ("epoch", c_size_t),
        ("batch", c_size_t),
        ("batches", c_size_t),
        ("loss", c_double),
        ("validation_loss", c_double),
        ("is_epoch_end", c_int32),
    ]


ProgressFunction = ctypes.CFUNCTYPE(c_int32, c_void_p, POINTER(Progress))

_CALLS = {  # the result, then the arguments
    "glia_version": (c_char_p,),
    "glia_error_message": (c_char_p,),
    "glia_net_create_with": (c_int32, POINTER(c_void_p), c_char_p, POINTER(Options)),
    "glia_net_copy": (c_int32, POINTER(c_void_p), c_void_p),
    "glia_net_destroy": (None, c_void_p),
    "glia_net_set_loss": (c_int32, c_void_p, c_char_p),
    "glia_net_set_optimizer": (c_int32, c_void_p, c_char_p),
    "glia_net_set_learning_rate": (c_int32, c_void_p, c_double),
    "glia_net_train": (c_int32, c_void_p, POINTER(Samples), POINTER(c_double)),
    "glia_net_predict": (c_int32, c_void_p, POINTER(c_float), c_size_t, POINTER(c_float)),
    "glia_net_adapt": (c_int32, c_void_p, POINTER(Samples)),
    "glia_net_fit": (c_int32, c_void_p, *2 * [POINTER(Samples)], c_char_p, ProgressFunction, c_void_p),
    "glia_net_evaluate": (c_int32, c_void_p, POINTER(Samples), c_char_p, POINTER(c_double)),
    "glia_net_history": (POINTER(c_double), c_void_p, c_char_p, POINTER(c_size_t)),
    "glia_net_parameters": (POINTER(c_float), c_void_p, POINTER(c_size_t)),
    "glia_net_input_size": (c_size_t, c_void_p),
    "glia_net_output_size": (c_size_t, c_void_p),
    "glia_net_architecture": (c_char_p, c_void_p),
    "glia_net_summary": (c_int32, c_void_p, POINTER(c_char), c_size_t, POINTER(c_size_t)),
    "glia_net_set_metadata": (c_int32, c_void_p, c_char_p, c_char_p),
    "glia_net_metadata": (c_char_p, c_void_p, c_char_p),
    "glia_net_metadata_key": (c_char_p, c_void_p, c_size_t),
    "glia_net_save": (c_int32, c_void_p, c_char_p),
    "glia_net_load": (c_int32, POINTER(c_void_p), c_char_p, POINTER(Options)),
    "glia_net_save_memory": (c_int32, c_void_p, c_void_p, c_size_t, POINTER(c_size_t)),
    "glia_net_load_memory": (c_int32, POINTER(c_void_p), c_void_p, c_size_t, POINTER(Options)),
}


def _load_library():
    library = ctypes.CDLL(os.environ.get("GLIA_LIBRARY") or ctypes.util.find_library("glia") or "libglia.so")

    def check(status, function, arguments):
        if status > _STOPPED:
            raise Error(status, library.glia_error_message().decode())
        return status

    for name, (result, *arguments) in _CALLS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
        if result is c_int32:
            function.errcheck = check
    return library


_glia = _load_library()
version = _glia.glia_version().decode()


def _pointer(array, kind=c_float):
    return None if array is None else array.ctypes.data_as(POINTER(kind))


def _floats(array, shape, what):
    """The array as float32, one after the other; a shape of None is any."""
    array = np.ascontiguousarray(array, np.float32)
    if array.ndim != len(shape) or any(wanted not in (None, is_) for is_, wanted in zip(array.shape, shape)):
        raise ValueError(f"{what} should be {list(shape)}, not {list(array.shape)}")
    return array


def _bytes(text):
    return None if text is None else text.encode()


def _setting(value):
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


class Net:
    """A network. Freed with the object, by close(), or at the end of a `with`."""

    _handle = None

    def __init__(self, architecture, seed=0, *, loss=None, optimizer=None, **options):
        """`options`: threads, kernels, input_size, output_size, as in glia_options."""
        self._create(_glia.glia_net_create_with, architecture.encode(), seed=seed, **options)
        if loss is not None:
            self.set_loss(loss)
        if optimizer is not None:
            self.set_optimizer(optimizer)

    @classmethod
    def load(cls, path, **options):
        """The network of a file."""
        return cls.__new__(cls)._create(_glia.glia_net_load, os.fsencode(path), **options)

    @classmethod
    def from_bytes(cls, content, **options):
        """The network that to_bytes() made."""
        return cls.__new__(cls)._create(_glia.glia_net_load_memory, bytes(content), len(content), **options)

    def _create(self, call, *arguments, seed=0, threads=0, kernels=None, input_size=0, output_size=0):
        options = Options(sizeof(Options), seed, threads, _bytes(kernels))
        options.input_size, options.output_size = input_size, output_size
        handle = c_void_p()
        call(handle, *arguments, options)
        self._handle = handle
        return self

    def copy(self):
        copy, handle = Net.__new__(Net), c_void_p()
        _glia.glia_net_copy(handle, self._net)
        copy._handle = handle
        return copy

    @property
    def _net(self):
        if self._handle is None:
            raise ValueError("the network is closed")
        return self._handle

    def close(self):
        """Free the network now."""
        handle, self._handle = self._handle, None
        _glia.glia_net_destroy(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()

    def __reduce__(self):
        return Net.from_bytes, (self.to_bytes(),)

    def __repr__(self):
        return "<closed glia.Net>" if self._handle is None else f"glia.Net({self.architecture!r})"

    def __str__(self):
        return self._filled(_glia.glia_net_summary)[:-1].decode()

    def set_loss(self, loss):
        _glia.glia_net_set_loss(self._net, loss.encode())

    def set_optimizer(self, optimizer):
        """None drops the optimizer and its state: the network to ship."""
        _glia.glia_net_set_optimizer(self._net, _bytes(optimizer))

    def set_learning_rate(self, learning_rate):
        _glia.glia_net_set_learning_rate(self._net, learning_rate)

    def _samples(self, inputs, wanted=None, row_weights=None):
        inputs = _floats(inputs, (None, self.input_size), "inputs")
        rows, targets, classes = len(inputs), None, None
        wanted = None if wanted is None else np.asarray(wanted)
        if wanted is not None and wanted.dtype.kind in "biu":
            classes = np.ascontiguousarray(wanted, np.int32)
            if classes.shape != (rows,) or (classes != wanted).any():
                raise ValueError(f"classes should be {rows} numbers of 32 bits")
        elif wanted is not None:
            targets = _floats(wanted, (rows, self.output_size), "targets")
        if row_weights is not None:
            row_weights = _floats(row_weights, (rows,), "row_weights")
        pointers = _pointer(inputs), _pointer(targets), _pointer(classes, c_int32), _pointer(row_weights)
        samples = Samples(sizeof(Samples), rows, *pointers)
        samples.arrays = inputs, targets, classes, row_weights  # which live as long
        return samples

    def train(self, inputs, wanted, row_weights=None):
        """One step on one batch; the loss before it."""
        loss = c_double()
        _glia.glia_net_train(self._net, self._samples(inputs, wanted, row_weights), loss)
        return loss.value

    def fit(self, inputs, wanted, validation=None, *, row_weights=None, progress=None, **options):
        """Train for some epochs; the history.

        `validation` is a pair of inputs and what is wanted. `options` are those of glia_net_fit(): epochs=20,
        batch=32, shuffle=False, patience=5. `progress` is called with a Progress after every batch and every epoch; if
        it answers with something true, the fit ends.
        """
        text = " ".join(f"{name}={_setting(value)}" for name, value in options.items())
        raised = []

        def report(_, told):
            try:
                return bool(progress(told.contents))
            except BaseException as error:  # must not pass through C
                raised.append(error)
                return True

        _glia.glia_net_fit(
            self._net,
            self._samples(inputs, wanted, row_weights),
            None if validation is None else self._samples(*validation),
            text.encode(),
            ProgressFunction() if progress is None else ProgressFunction(report),
            None,
        )
        if raised:
            raise raised[0]
        return self.history

    @property
    def history(self):
        """What the last fit recorded: an array for each of loss, accuracy, ..., a number an epoch."""
        count, records = c_size_t(), {}
        for name in _RECORDS:
            values = _glia.glia_net_history(self._net, name.encode(), count)
            if values:
                records[name] = np.array(values[: count.value])
        return records

    def adapt(self, inputs, row_weights=None):
        """Let standardize layers learn from the data."""
        _glia.glia_net_adapt(self._net, self._samples(inputs, None, row_weights))

    def predict(self, inputs):
        """Outputs, [rows][output_size]."""
        inputs = _floats(inputs, (None, self.input_size), "inputs")
        outputs = np.empty((len(inputs), self.output_size), np.float32)
        _glia.glia_net_predict(self._net, _pointer(inputs), len(inputs), _pointer(outputs))
        return outputs

    def evaluate(self, inputs, wanted, metrics=("loss", "accuracy"), row_weights=None):
        """The value of each metric."""
        values = (c_double * len(metrics))()
        samples = self._samples(inputs, wanted, row_weights)
        _glia.glia_net_evaluate(self._net, samples, ", ".join(metrics).encode(), values)
        return dict(zip(metrics, values))

    @property
    def parameters(self):
        """A copy of all that is trained, in one array; assign to it to change them."""
        count = c_size_t()
        values = _glia.glia_net_parameters(self._net, count)
        return np.array(values[: count.value], np.float32)

    @parameters.setter
    def parameters(self, values):
        count = c_size_t()
        to = _glia.glia_net_parameters(self._net, count)
        values = _floats(values, (count.value,), "parameters")
        ctypes.memmove(to, values.ctypes.data, values.nbytes)

    @property
    def input_size(self):
        return _glia.glia_net_input_size(self._net)

    @property
    def output_size(self):
        return _glia.glia_net_output_size(self._net)

    @property
    def architecture(self):
        return _glia.glia_net_architecture(self._net).decode()

    @property
    def metadata(self):
        """The texts that are saved with the network, a copy."""
        texts = {}
        while (key := _glia.glia_net_metadata_key(self._net, len(texts))) is not None:
            texts[key.decode()] = _glia.glia_net_metadata(self._net, key).decode()
        return texts

    def set_metadata(self, key, value):
        """Keep a text with the network; None removes it."""
        _glia.glia_net_set_metadata(self._net, key.encode(), _bytes(value))

    def save(self, path):
        _glia.glia_net_save(self._net, os.fsencode(path))

    def to_bytes(self):
        """What save() writes."""
        return self._filled(_glia.glia_net_save_memory)

    def _filled(self, call):
        """The bytes that a call fills once it has the room it asks for."""
        needed = c_size_t()
        try:
            call(self._net, None, 0, needed)
        except Error:  # which says how much room it takes
            pass
        buffer = ctypes.create_string_buffer(needed.value)
        call(self._net, buffer, needed, None)
        return buffer.raw
