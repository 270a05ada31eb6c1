# SPDX-License-Identifier: MIT
"""For Fortran 2018: a module of bind(c) types and interfaces. What may be NULL is an optional argument."""

NUMBERS = {
    "int32_t": "integer(c_int32_t)",
    "uint32_t": "integer(c_int32_t)",
    "uint64_t": "integer(c_int64_t)",
    "size_t": "integer(c_size_t)",
    "float": "real(c_float)",
    "double": "real(c_double)",
}

TEMPLATE = """! Made by bindings/declare.py: the interface of glia for Fortran.
module glia
  use, intrinsic :: iso_c_binding
  implicit none

{constants}

{types}

  interface
{interfaces}
  end interface

contains

  !> Print the size of each struct, the places of its fields and the number of calls.
  subroutine glia_layout()
{variables}
    type(c_funptr) :: calls({count})
{layout}
{calls}
    print '(a,i0)', 'calls ', size(calls)
  end subroutine

  !> How far `field` lies behind `begin`.
  integer(c_intptr_t) function place(begin, field)
    type(c_ptr), intent(in) :: begin, field
    place = transfer(field, place) - transfer(begin, place)
  end function

end module
"""


def declarations(api):
    return TEMPLATE.format(
        constants="\n".join(f"  integer(c_int32_t), parameter :: {n} = {v}" for n, v in api.constants.items()),
        types="\n\n".join(struct_text(api, struct) for struct in api.structs),
        interfaces="\n".join(interface(api, call) for call in api.calls),
        variables="\n".join(f"    type({struct.name}), target :: a_{struct.name}" for struct in api.structs),
        layout="\n".join(layout(struct) for struct in api.structs),
        calls="\n".join(f"    calls({i}) = c_funloc({call.name})" for i, call in enumerate(api.calls, 1)),
        count=len(api.calls),
    )


def struct_text(api, struct):
    fields = "\n".join(f"    {field_text(api, field)}" for field in struct.fields)
    return f"  type, bind(c) :: {struct.name}\n{fields}\n  end type"


def field_text(api, field):
    role = api.role(field)
    if role == "number":
        return f"{number(api, field.type)} :: {field.name}" + (f"({field.count})" if field.count else "")
    return f"type({'c_funptr' if role == 'function' else 'c_ptr'}) :: {field.name}"


def interface(api, call):
    kind = "subroutine" if api.role_of_type(call.returns) == "nothing" else "function"
    names = ", ".join(parameter.name for parameter in call.parameters)
    lines = [f"{kind} {call.name}({names}) bind(c)", "  import"]
    if kind == "function":
        is_number = api.role_of_type(call.returns) == "number"
        lines.append(f"  {number(api, call.returns) if is_number else 'type(c_ptr)'} :: {call.name}")
    lines += [f"  {parameter_text(api, parameter)}" for parameter in call.parameters]
    return "\n".join("    " + line for line in [*lines, f"end {kind}"])


def parameter_text(api, parameter):
    role, name = api.role(parameter), parameter.name
    if role == "number":
        return f"{number(api, parameter.type)}, value :: {name}"
    if role == "function":
        return f"type(c_funptr), value :: {name}"
    if role == "handle" or parameter.type.name == "void":
        return f"type(c_ptr), value :: {name}"
    intent = "intent(in)" if parameter.type.is_const else "intent(inout)"
    optional = ", optional" if parameter.is_optional else ""
    if role == "new handle":
        return f"type(c_ptr), {intent}{optional} :: {name}"
    if role == "struct":
        return f"type({parameter.type.name}), {intent}{optional} :: {name}"
    if parameter.type.name == "char":
        return f"character(kind=c_char), {intent}{optional} :: {name}(*)"
    # A single number comes as size_t, everything else as an array.
    extent = "" if parameter.type.name == "size_t" else "(*)"
    return f"{NUMBERS[parameter.type.name]}, {intent}{optional} :: {name}{extent}"


def number(api, type_):
    return NUMBERS[api.plain(type_).name]


def layout(struct):
    name = f"a_{struct.name}"
    lines = [f"    print '(a,i0)', 'layout {struct.name} ', c_sizeof({name})"]
    for field in struct.fields:
        where = f"place(c_loc({name}), c_loc({name}%{field.name}))"
        lines.append(f"    print '(a,i0)', 'layout {struct.name}.{field.name} ', {where}")
    return "\n".join(lines)
