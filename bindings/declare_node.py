# SPDX-License-Identifier: MIT
"""For Node.js with koffi, which reads C and wants to know which pointers carry something out."""

TEMPLATE = """// Made by bindings/declare.py: the interface of glia for koffi.
'use strict'
const koffi = require('koffi')

const glia = {{koffi, calls: {{}}, fields: {{}}}}
{constants}
{types}

const libraries = {{glia: koffi.load('libglia.so'), 'glia-io': koffi.load('libglia-io.so')}}
{calls}

module.exports = glia
"""


def declarations(api):
    types = [
        *(f"koffi.alias('{name}', '{type_}')" for name, type_ in api.aliases.items()),
        *(f"koffi.opaque('{name}')" for name in api.handles),
        *(struct_text(struct) for struct in api.structs),
        *(f"koffi.proto('{callback}')" for callback in api.callbacks),
    ]
    return TEMPLATE.format(
        constants="\n".join(f"glia.{name} = {value}" for name, value in api.constants.items()),
        types="\n".join(types),
        calls="\n".join(
            f"glia.calls.{call.name} = libraries['{call.library}'].func('{prototype(api, call)}')" for call in api.calls
        ),
    )


def struct_text(struct):
    fields = ", ".join(f"{field.name}: '{field_type(field)}'" for field in struct.fields)
    return f"glia.fields.{struct.name} = {{{fields}}}\n" f"koffi.struct('{struct.name}', glia.fields.{struct.name})"


def field_type(field):
    if field.function:
        return "void *"
    return f"{field.type}[{field.count}]" if field.count else str(field.type)


def prototype(api, call):
    parameters = ", ".join(direction(api, parameter) + str(parameter) for parameter in call.parameters)
    return f"{call.returns} {call.name}({parameters})"


def direction(api, parameter):
    role = api.role(parameter)
    if role == "struct" and not parameter.type.is_const:
        return "_Inout_ "
    is_result = role == "new handle" or role == "numbers" and not parameter.type.is_const
    return "_Out_ " if is_result else ""
