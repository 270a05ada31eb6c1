# SPDX-License-Identifier: MIT
"""For Rust: extern "C", without crates."""

NUMBERS = {
    "int32_t": "i32",
    "uint32_t": "u32",
    "uint64_t": "u64",
    "size_t": "usize",
    "float": "f32",
    "double": "f64",
    "char": "c_char",
    "void": "c_void",
}

TEMPLATE = """// Made by bindings/declare.py: the interface of glia for Rust.
#![allow(dead_code, non_camel_case_types)]
use std::os::raw::{{c_char, c_void}};

{types}

{blocks}

/// (name, size of a struct or place of a field), in the order of the headers.
pub fn layout() -> Vec<(&'static str, usize)> {{
    let mut places = Vec::new();
{layout}
    places
}}

/// The address of every call.
pub fn calls() -> Vec<*const ()> {{
    vec![
{calls}
    ]
}}
"""


def declarations(api):
    libraries = sorted({call.library for call in api.calls})
    types = [
        *(f"pub const {name}: i32 = {value};" for name, value in api.constants.items()),
        *(f"pub type {name} = {spell_type(api, type_)};" for name, type_ in api.aliases.items()),
        *(f"#[repr(C)]\npub struct {name} {{\n    _private: [u8; 0],\n}}" for name in api.handles),
        *(struct_text(api, struct) for struct in api.structs),
        *(f"pub type {callback.name} = {pointer_to(api, callback)};" for callback in api.callbacks),
    ]
    return TEMPLATE.format(
        types="\n".join(types),
        blocks="\n\n".join(block(api, library) for library in libraries),
        layout="\n".join(layout(struct) for struct in api.structs),
        calls="\n".join(f"        {call.name} as *const ()," for call in api.calls),
    )


def struct_text(api, struct):
    fields = "\n".join(f"    pub {field.name}: {spell(api, field)}," for field in struct.fields)
    return f"#[repr(C)]\n#[derive(Clone, Copy)]\npub struct {struct.name} {{\n{fields}\n}}"


def block(api, library):
    calls = "\n".join(
        f"    pub fn {call.name}({parameters(api, call)}){result(api, call)};"
        for call in api.calls
        if call.library == library
    )
    return f'#[link(name = "{library}")]\nextern "C" {{\n{calls}\n}}'


def layout(struct):
    """Places are differences of addresses: the macro that tells them is younger than some compilers in use."""
    lines = [
        "    {",
        f"        let zero: {struct.name} = unsafe {{ std::mem::zeroed() }};",
        "        let begin = std::ptr::addr_of!(zero) as usize;",
        f'        places.push(("{struct.name}", std::mem::size_of::<{struct.name}>()));',
    ]
    for field in struct.fields:
        place = f"std::ptr::addr_of!(zero.{field.name}) as usize - begin"
        lines.append(f'        places.push(("{struct.name}.{field.name}", {place}));')
    return "\n".join([*lines, "    }"])


def parameters(api, function):
    return ", ".join(f"{parameter.name}: {spell(api, parameter)}" for parameter in function.parameters)


def result(api, function):
    role = api.role_of_type(function.returns)
    return "" if role == "nothing" else f" -> {spell_type(api, function.returns)}"


def pointer_to(api, function):
    return f'Option<unsafe extern "C" fn({parameters(api, function)}){result(api, function)}>'


def spell(api, variable):
    if variable.function:
        return pointer_to(api, variable.function)
    spelling = spell_type(api, variable.type)
    return f"[{spelling}; {variable.count}]" if variable.count else spelling


def spell_type(api, type_):
    if api.role_of_type(type_) == "function":
        return type_.name
    name = NUMBERS.get(type_.name, type_.name)
    if type_.stars == 0:
        return name
    return "*mut " * (type_.stars - 1) + ("*const " if type_.is_const else "*mut ") + name
