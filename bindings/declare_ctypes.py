# SPDX-License-Identifier: MIT
"""For Python's ctypes: the structs, and for each library the result and arguments of its calls."""

NUMBERS = {
    "int32_t": "ctypes.c_int32",
    "uint32_t": "ctypes.c_uint32",
    "uint64_t": "ctypes.c_uint64",
    "size_t": "ctypes.c_size_t",
    "float": "ctypes.c_float",
    "double": "ctypes.c_double",
    "char": "ctypes.c_char",
}

HEAD = '''"""Made by bindings/declare.py: the interface of glia for ctypes."""
import ctypes
'''

TAIL = '''

def declare(library, calls):
    """Give the library's functions their types."""
    for name, (result, *arguments) in calls.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments


def layout():
    """(name, size of a struct or place of a field), in the order of the headers."""
    for struct in STRUCTS:
        yield struct.__name__, ctypes.sizeof(struct)
        for name, _ in struct._fields_:
            yield f"{struct.__name__}.{name}", getattr(struct, name).offset
'''


def declarations(api):
    libraries = sorted({call.library for call in api.calls})
    return "\n".join(
        [
            HEAD,
            *(f"{name} = {value}" for name, value in api.constants.items()),
            *(line for struct in api.structs for line in struct_lines(api, struct)),
            "",
            "",
            f"STRUCTS = [{', '.join(struct.name for struct in api.structs)}]",
            *(f"{callback.name} = {prototype(api, callback)}" for callback in api.callbacks),
            "CALLS = {",
            *(line for library in libraries for line in library_lines(api, library)),
            "}",
            TAIL,
        ]
    )


def struct_lines(api, struct):
    yield from ("", "", f"class {struct.name}(ctypes.Structure):", "    _fields_ = [")
    for field in struct.fields:
        yield f'        ("{field.name}", {spell(api, field)}),'
    yield "    ]"


def library_lines(api, library):
    yield f'    "{library}": {{'
    for call in api.calls:
        if call.library == library:
            types = [spell_type(api, call.returns), *(spell(api, parameter) for parameter in call.parameters)]
            yield f'        "{call.name}": ({", ".join(types)},),'
    yield "    },"


def prototype(api, function):
    types = [spell_type(api, function.returns), *(spell(api, parameter) for parameter in function.parameters)]
    return f"ctypes.CFUNCTYPE({', '.join(types)})"


def spell(api, variable):
    if variable.function:
        return prototype(api, variable.function)
    spelling = spell_type(api, variable.type)
    return f"{spelling} * {variable.count}" if variable.count else spelling


def spell_type(api, type_):
    role = api.role_of_type(type_)
    if role == "nothing":
        return "None"
    if role == "text":
        return "ctypes.c_char_p"
    if role == "number":
        return NUMBERS[api.plain(type_).name]
    if role == "handle" or type_.name == "void":
        return "ctypes.c_void_p"
    if role == "function":
        return type_.name
    if role == "new handle":
        return "ctypes.POINTER(ctypes.c_void_p)"
    return f"ctypes.POINTER({NUMBERS.get(type_.name, type_.name)})"
