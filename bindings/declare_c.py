# SPDX-License-Identifier: MIT
"""For C, which has the headers: a source that does not compile unless the description says what they say."""


def declarations(api):
    return "\n".join(
        [
            "/* Made by bindings/declare.py: the description of the interface agrees with the headers. */",
            "#include <inttypes.h>",
            "#include <stdio.h>",
            "",
            "#include <glia/io.h>",
            "",
            *(f'_Static_assert({name} == {value}, "{name}");' for name, value in api.constants.items()),
            *(field_check(struct, field) for struct in api.structs for field in struct.fields),
            *(f"typedef {type_} {name};" for name, type_ in api.aliases.items()),
            *(f"typedef struct {name} {name};" for name in api.handles),
            *(f"typedef {callback};" for callback in api.callbacks),
            *(f"{call};" for call in api.calls),
            "",
            "void glia_layout(void);",
            "void glia_layout(void)",
            "{",
            *(line for struct in api.structs for line in layout(struct)),
            f'    printf("calls {len(api.calls)}\\n");',
            "}",
            "",
        ]
    )


def field_check(struct, field):
    """The field has this type: a selection by the type of a pointer to it."""
    declaration = str(field)
    pointer = declaration.replace(
        f"(*{field.name})" if field.function else field.name, "(**)" if field.function else "(*)"
    )
    return f'_Static_assert(_Generic(&((struct {struct.name} *)0)->{field.name}, {pointer}: 1), "{field.name}");'


def layout(struct):
    yield f'    printf("layout {struct.name} %zu\\n", sizeof(struct {struct.name}));'
    for field in struct.fields:
        yield f'    printf("layout {struct.name}.{field.name} %zu\\n", offsetof(struct {struct.name}, {field.name}));'
