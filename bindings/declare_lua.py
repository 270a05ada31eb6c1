# SPDX-License-Identifier: MIT
"""For LuaJIT's FFI, which reads C."""

TEMPLATE = """-- Made by bindings/declare.py: the interface of glia for LuaJIT.
local ffi = require 'ffi'

ffi.cdef [[
{declarations}
]]

local glia = {{lib = ffi.load 'glia', io = ffi.load 'glia-io'}}

glia.calls = {{
{calls}
}}

glia.structs = {{
{structs}
}}

return glia
"""


def declarations(api):
    lines = [
        *(f"static const int {name} = {value};" for name, value in api.constants.items()),
        *(f"typedef {type_} {name};" for name, type_ in api.aliases.items()),
        *(f"typedef struct {name} {name};" for name in api.handles),
        *(struct_text(struct) for struct in api.structs),
        *(f"typedef {callback};" for callback in api.callbacks),
        *(f"{call};" for call in api.calls),
    ]
    calls = [f"  {{'{call.name}', '{call.library}'}}," for call in api.calls]
    structs = [
        f"  {{'{struct.name}', {', '.join(repr(field.name) for field in struct.fields)}}}," for struct in api.structs
    ]
    return TEMPLATE.format(declarations="\n".join(lines), calls="\n".join(calls), structs="\n".join(structs))


def struct_text(struct):
    return f"typedef struct {struct.name} {{ {' '.join(f'{field};' for field in struct.fields)} }} {struct.name};"
