# SPDX-License-Identifier: MIT
"""Make the matrix of misuse as C: every call of a header in every state, and with each of its arguments wrong in each
way.

    matrix.py CONTRACT > FILE

CONTRACT is contract_net or contract_data. The calls are those of bindings/api.json; one that the contract does not know
how to misuse is an error, and so is an answer that the header does not document.
"""
import importlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "bindings"))

from changes import OK, overlaps
from interface import Interface

HEAD = """/* SPDX-License-Identifier: MIT */
/* Made by tests/misuse/matrix.py from the description of the interface. */
#include "misuse/{scene}"

#include <math.h>
"""


class Matrix:
    def __init__(self, contract):
        self.contract = contract
        self.api = Interface()
        self.changes = {}  # code of a change: name of its function
        self.cases = []
        self.unused = set(contract.BESIDE_THE_RULES)
        self.calls = [call for call in self.api.calls if contract.is_ours(call)]
        for call in self.calls:
            self.add_call(call)
        for struct in self.api.structs:
            known = contract.FIELDS.get(struct.name)
            fields = {field.name for field in struct.fields}
            if known is not None and known != fields:
                sys.exit(f"{struct.name}: the contract does not know {sorted(fields ^ known)}")
        if self.unused:
            sys.exit(f"no such cases: {sorted(self.unused)}")

    def arguments(self, call):
        for parameter in call.parameters:
            argument = self.contract.FOR_ONE_CALL.get((call.name, parameter.name))
            argument = argument or self.contract.ARGUMENTS.get((str(parameter.type), parameter.name))
            if argument is None:
                sys.exit(f"{call.name}: the contract does not know how to misuse {parameter}")
            yield parameter, argument

    def add_call(self, call):
        in_state = self.contract.IN_STATE.get(call.name, {})
        good = [state for state in self.contract.STATES if state not in in_state]
        for state in self.contract.STATES:
            self.add_case(call, f"in state {state}", state, None, in_state.get(state, OK))
        for parameter, argument in self.arguments(call):
            for change in argument.changes:
                is_allowed = change.name.endswith(" NULL") and parameter.is_optional and change is argument.changes[0]
                self.add_case(call, change.name, good[0], change, OK if is_allowed else change.expected)
        for written, read in self.pairs(call):
            for change in overlaps(written, read):
                self.add_case(call, change.name, good[0], change, change.expected)

    def pairs(self, call):
        """What is written, with what is read."""
        written, read = [], [self.contract.ARGUMENTS[key] for key in self.contract.BORROWED.get(call.name, ())]
        for parameter, argument in self.arguments(call):
            if argument.parts:
                read += argument.parts
            elif argument.size is not None:
                (read if parameter.type.is_const else written).append(argument)
        return [(ours, theirs) for ours in written for theirs in read]

    def add_case(self, call, name, state, change, expected):
        for key in ((call.name, name), ("", name)):
            if key in self.contract.BESIDE_THE_RULES:
                self.unused.discard(key)
                expected = self.contract.BESIDE_THE_RULES[key]
                break
        if expected is None:
            return
        is_refused = expected.startswith("GLIA_ERR_")
        leaves_all = is_refused and (call.name, expected) not in self.contract.LEAVES_TRACES
        if self.is_status(call):
            if is_refused and expected not in call.statuses:
                sys.exit(f"{call.name}, {name}: {expected} is not documented")
        else:
            expected = "0" if is_refused or self.api.role_of_type(call.returns) == "nothing" else "1"
        function = self.function(change) if change else "NULL"
        harmless = int(bool(change) and change.is_harmless and not is_refused)
        fields = [
            f'"{call.name}: {name}"',
            f"call_{call.name}",
            f"scene_{state}",
            function,
            expected,
            str(int(leaves_all)),
            str(harmless),
        ]
        self.cases.append("    {" + ", ".join(fields) + "},")

    def is_status(self, call):
        return call.returns.name == "glia_status"

    def function(self, change):
        return self.changes.setdefault(change.code, f"change_{len(self.changes)}")

    def call_text(self, call):
        arguments = ", ".join(argument.passed() for _, argument in self.arguments(call))
        made = f"{call.name}({arguments})"
        role = self.api.role_of_type(call.returns)
        if call.name in self.contract.SPECIAL_CALLS:
            body = self.contract.SPECIAL_CALLS[call.name]
        elif self.is_status(call):
            body = f"return {made};"
        elif role == "nothing":
            body = f"{made}; return 0;"
        else:
            body = f"return {made} != 0;"
        unused = "" if call.parameters else "(void)s; "
        return f"static int32_t call_{call.name}(scene *s)\n{{\n    {unused}{body}\n}}\n"

    def text(self):
        changes = [f"static void {name}(scene *s)\n{{\n    {code}\n}}\n" for code, name in self.changes.items()]
        return "\n".join(
            [
                HEAD.format(scene=self.contract.SCENE),
                *map(self.call_text, self.calls),
                *changes,
                "static const matrix_case cases[] = {",
                *self.cases,
                "};",
                "",
                "int main(void)",
                "{",
                "    return matrix_run(cases, COUNT_OF(cases));",
                "}",
                "",
            ]
        )


def main():
    print(Matrix(importlib.import_module(sys.argv[1])).text(), end="")


if __name__ == "__main__":
    main()
