# SPDX-License-Identifier: MIT
"""For Ruby's Fiddle, whose reader of C knows numbers and takes every pointer for void *."""

TEMPLATE = """# Made by bindings/declare.py: the interface of glia for Fiddle.
require 'fiddle/import'

module Glia
  extend Fiddle::Importer
  dlload 'libglia.so', 'libglia-io.so'

{aliases}
{constants}

{structs}

  STRUCTS = {{
{names}
  }}.freeze

  CALLS = [
{calls}
  ].each {{ |prototype| extern prototype }}

  # [name, size of a struct or place of a field], in the order of the headers.
  def self.layout
    STRUCTS.flat_map do |name, struct|
      places = struct.malloc(Fiddle::RUBY_FREE).to_ptr.instance_variable_get(:@offset)
      [[name, struct.size]] + struct.members.zip(places).map {{ |field, place| ["#{{name}}.#{{field}}", place] }}
    end
  end
end
"""


def declarations(api):
    return TEMPLATE.format(
        aliases="\n".join(f"  typealias '{name}', '{type_}'" for name, type_ in api.aliases.items()),
        constants="\n".join(f"  {name} = {value}" for name, value in api.constants.items()),
        structs="\n".join(
            f"  {constant(struct.name)} = struct([{', '.join(repr(spell(field)) for field in struct.fields)}])"
            for struct in api.structs
        ),
        names="\n".join(f"    '{struct.name}' => {constant(struct.name)}," for struct in api.structs),
        calls="\n".join(f"    '{prototype(call)}'," for call in api.calls),
    )


def constant(name):
    """Ruby's constants begin with a capital: GliaSamples."""
    return "".join(word.capitalize() for word in name.split("_"))


def spell(variable):
    return f"void *{variable.name}" if variable.function else str(variable)


def prototype(call):
    parameters = ", ".join(map(spell, call.parameters)) or "void"
    return f"{call.returns} {call.name}({parameters})"
